"""Curves of classes and charts of numbers: what they show, say, and write to files."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sklearn.metrics import average_precision_score, roc_auc_score

from engine.protocol import Results
from engine.spec import edits
from gui import words
from gui.results.page import ResultsPage, is_series
from gui.results.plane import Plane, around, mark_text
from gui.results.scores import calibration_error
from gui.run import Run
from tests.gui.other_end import OtherEnd
from tests.gui.results.feeding import TRUE, classes, feed, numbers, told

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def curves(page: ResultsPage, engine: OtherEnd, qtbot: QtBot) -> ResultsPage:
    feed(page, engine, told(classes()), qtbot)
    qtbot.mouseClick(page.header.views["curves"], LEFT)
    qtbot.waitUntil(lambda: not page.redraw.is_due)
    return page


@pytest.fixture
def values(page: ResultsPage, engine: OtherEnd, qtbot: QtBot) -> ResultsPage:
    feed(page, engine, numbers(), qtbot)
    return page


def spot(chart: Plane, number: int) -> QPoint:
    return chart.place(*chart.spots[number].tolist()).toPoint()


def test_areas_of_the_chosen_class_are_those_of_scikit_learn(
    curves: ResultsPage, qtbot: QtBot
) -> None:
    assert curves.pages.currentWidget() is curves.curves_page
    assert curves.header.item.isVisible() and not curves.header.mode.isVisible()
    curves.header.item.setFocus()
    qtbot.keyClick(curves.header.item, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not curves.redraw.is_due)
    scores = [0.05, 0.8, 0.7, 0.9, 0.2, 0.25, 0.025]  # for class 1
    is_one = np.equal(TRUE, 1)
    assert curves.roc.words()[0] == f"ROC · area {roc_auc_score(is_one, scores):.3f}"
    average = average_precision_score(is_one, scores)
    assert curves.precision.words()[0] == f"Precision–recall · average precision {average:.3f}"
    assert curves.precision.share == pytest.approx(2 / 7)


def test_calibration_error_is_that_of_its_definition(curves: ResultsPage) -> None:
    sure = np.array([0.9, 0.8, 0.7, 0.9, 0.6, 0.5, 0.95])
    right = np.array([1, 0, 1, 1, 1, 0, 0])
    edges = np.linspace(0, 1, 11)
    places = [(sure > low) & (sure <= high) for low, high in pairwise(edges)]
    wanted = sum(
        kept.sum() / 7 * abs(right[kept].mean() - sure[kept].mean())
        for kept in places
        if kept.any()
    )
    assert curves.calibration.error == pytest.approx(wanted)
    assert calibration_error(np.zeros((10, 3))) == 0.0


def test_pointing_and_keys_tell_numbers(curves: ResultsPage, qtbot: QtBot) -> None:
    chart = curves.roc
    qtbot.mouseMove(chart, spot(chart, 0))
    assert chart.card.isVisible() and "Threshold 95.0 %" in chart.card.text()
    qtbot.mouseMove(chart, QPoint(1, 1))
    assert not chart.card.isVisible()
    calibration = curves.calibration
    calibration.setFocus()
    qtbot.keyClick(calibration, Qt.Key.Key_Right)
    assert calibration.at == 0 and "From 40 % to 50 %" in calibration.card.text()
    qtbot.keyClick(calibration, Qt.Key.Key_Right)
    assert "From 50 % to 60 %" in calibration.accessibleDescription()
    qtbot.keyClick(calibration, Qt.Key.Key_Escape)
    assert calibration.at is None and not calibration.card.isVisible()


def test_a_row_of_the_table_chooses_its_class(curves: ResultsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(curves.header.views["matrix"], LEFT)
    qtbot.waitUntil(lambda: curves.table.isVisible())
    place = curves.table.visualRect(curves.table.scores.index(2, 0)).center()
    qtbot.mouseClick(curves.table.viewport(), LEFT, pos=place)
    assert curves.header.chosen_item == 2


def test_numbers_are_drawn_over_true_ones_and_by_their_errors(
    values: ResultsPage, qtbot: QtBot
) -> None:
    assert values.pages.currentWidget() is values.values_page
    assert not values.header.views["curves"].isVisible()
    assert values.header.score.text().startswith("Off by 0.1")
    assert values.pairs.spots.shape == (50, 2) and values.errors.spots[:, 1].sum() == 50
    before = values.pairs.spots
    assert values.header.item.count() == 2
    values.header.item.setFocus()
    qtbot.keyClick(values.header.item, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not values.redraw.is_due)
    assert not np.array_equal(before, values.pairs.spots)
    qtbot.mouseMove(values.errors, spot(values.errors, 20))  # the bar around 0
    assert "Answers" in values.errors.card.text()


def test_only_a_series_is_drawn_over_time(
    values: ResultsPage, run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    assert not values.forecast.isVisible()
    run.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "sunspots"}))
    run.document = run.store.document  # as if it had been started with this drawing
    feed(values, engine, numbers(400), qtbot)
    assert values.forecast.isVisible() and len(values.forecast.spots) == 300
    values.forecast.setFocus()
    qtbot.keyClick(values.forecast, Qt.Key.Key_Right)
    assert "validation sample 1" in values.forecast.card.text()
    assert is_series("co2") and not is_series("iris") and not is_series("")


def test_one_sample_and_no_curve_are_drawn_too(
    page: ResultsPage, engine: OtherEnd, qtbot: QtBot
) -> None:
    feed(page, engine, numbers(1), qtbot)
    assert page.pairs.words()[0].endswith("R² –")
    page.grab()
    found = classes()
    found.curves[:], found.areas[:] = np.nan, np.nan  # as of a class that never occurs
    feed(page, engine, Results(1, 0, "classes", found, None), qtbot)
    page.header.views["curves"].click()
    qtbot.waitUntil(lambda: not page.redraw.is_due)
    page.grab()
    assert page.roc.words()[0] == "ROC · area –" and not len(page.roc.spots)


@pytest.mark.parametrize(
    ("view", "begins"),
    [("curves", "class,0"), ("values", "mean_absolute_error,")],
)
def test_numbers_can_be_taken_away(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    view: str,
    begins: str,
) -> None:
    page: ResultsPage = request.getfixturevalue(view)
    path = tmp_path / "found.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    page.header.actions_by_name["csv"].trigger()
    assert path.read_text("utf-8").startswith(begins)


def test_marks_have_as_many_digits_as_they_need() -> None:
    assert mark_text(0.25, 0.25, True) == "25 %"
    assert mark_text(-1.5, 0.5, False) == "−1.5"
    assert mark_text(20000, 5000, False) == "20,000"
    assert mark_text(1e-17, 0.05, False) == "0.00"
    assert around(np.zeros(0)) == (0.0, 1.0)


def test_charts_in_chinese(curves: ResultsPage, qtbot: QtBot) -> None:
    words.set_language("zh_CN")
    assert curves.roc.words()[1:] == ("假阳性率", "真阳性率")
    assert curves.calibration.accessibleName().startswith("校准")
