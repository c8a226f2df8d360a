"""Low and narrow panels, and long numbers: nothing is cut, nothing overlaps."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine import protocol
from gui import words
from gui.plots.curves import CurvesPanel
from gui.plots.graph import TICK_POINTS, Graph
from gui.plots.predictions import PredictionsPanel
from gui.run import Run
from gui.theme import font
from tests.gui.plots.feeding import (
    click_picture,
    plane,
    prepare,
    settle,
)


@pytest.mark.parametrize("loss", [0.0029324, 9.113e28, float("nan"), float("inf")])
def test_the_large_numbers_are_never_cut(
    curves: CurvesPanel, run: Run, qtbot: QtBot, loss: float
) -> None:
    prepare(run)
    run.handle(protocol.Progress(run.number, 0, 1, {"loss": np.array([loss])}, 1.0))
    record = {"validation_loss": loss, "validation_accuracy": 1.0}
    run.handle(protocol.EpochEnded(run.number, 0, record))
    settle(curves, qtbot)
    QApplication.processEvents()
    for value in curves.readings.values.values():
        assert value.fontMetrics().horizontalAdvance(value.text()) <= value.width()
    assert curves.readings.geometry().right() <= curves.content.width()


def test_in_a_low_panel_nothing_overlaps(trained: CurvesPanel, qtbot: QtBot) -> None:
    trained.resize(900, 170)
    qtbot.waitUntil(lambda: trained.is_low)
    QApplication.processEvents()
    trained.resize(900, 170)  # which it could not be before
    QApplication.processEvents()
    assert trained.height() == 170
    top = trained.closing.mapTo(trained, QPoint(0, 0)).y()
    readings: list[QLabel] = [*trained.readings.headings, *trained.readings.values.values()]
    widgets: list[QWidget] = [*trained.plots, *readings]
    for widget in widgets:
        assert widget.mapTo(trained, QPoint(0, widget.height())).y() <= top
        assert widget.height() >= widget.minimumSizeHint().height()
    assert not trained.plots[0].bottom.label.isVisible()
    assert trained.epoch_labels[0].text() == "Epoch ↑  Batch ↓"
    trained.resize(900, 340)
    qtbot.waitUntil(lambda: not trained.is_low)
    assert trained.plots[0].bottom.label.isVisible()
    assert trained.epoch_labels[0].text() == "Epoch"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_names_of_the_curves_are_never_cut(
    trained: CurvesPanel, qtbot: QtBot, language: str
) -> None:
    trained.resize(680, 260)
    words.set_language(language)
    settle(trained, qtbot)
    QApplication.processEvents()
    for button in trained.controls.legend.values():
        words_width = button.fontMetrics().horizontalAdvance(button.text())
        assert button.width() >= button.iconSize().width() + words_width + 12
    right = trained.controls.export.geometry().right()
    assert right <= trained.width() and trained.width() == 680


def test_a_narrow_window_keeps_the_plots_and_gives_up_the_numbers(
    trained: CurvesPanel, qtbot: QtBot
) -> None:
    trained.resize(680, 260)
    qtbot.waitUntil(lambda: not trained.readings.isVisible())
    assert trained.width() == 680
    qtbot.waitUntil(lambda: all(250 < plot.width() < 340 for plot in trained.plots))
    trained.resize(1200, 260)
    qtbot.waitUntil(trained.readings.isVisible)


def test_a_low_panel_uses_its_width_for_the_map(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    run.handle(plane())
    predictions.resize(1200, 220)
    settle(predictions, qtbot)
    map = predictions.map
    qtbot.waitUntil(lambda: map.width() > 1.8 * map.height())
    left, right, bottom, top = map.view
    assert left <= -1 and right >= 1 and bottom <= -1 and top >= 1
    predictions.resize(1200, 700)
    qtbot.waitUntil(lambda: map.width() < 1.1 * map.height())


def test_all_ten_probabilities_and_the_whole_picture_fit_into_a_low_panel(
    answered: PredictionsPanel, qtbot: QtBot
) -> None:
    answered.resize(1280, 228)
    click_picture(answered, 2)
    detail, bars = answered.detail, answered.detail.bars
    qtbot.waitUntil(lambda: detail.height() < 200)
    assert bars.height() <= detail.room.viewport().height()
    assert bars.row_height * 10 <= bars.height()
    assert detail.picture.height() >= detail.picture.width()
    assert not detail.room.verticalScrollBar().isVisible()


def test_where_there_is_no_room_the_probabilities_scroll(
    answered: PredictionsPanel, qtbot: QtBot
) -> None:
    answered.resize(900, 150)
    click_picture(answered, 2)
    qtbot.waitUntil(answered.detail.room.verticalScrollBar().isVisible)
    assert answered.detail.geometry().right() < answered.width()


def test_the_side_axis_is_as_wide_as_its_numbers_need(qtbot: QtBot) -> None:
    graph = Graph()
    qtbot.addWidget(graph)
    graph.resize(500, 260)
    graph.set_axis_words("x", "y")
    graph.recolour()
    graph.show()
    qtbot.waitExposed(graph)
    widths = []
    for top in (1.0, 600_000.0, 1.0):
        graph.show_range(0, 1, 0, top)
        graph.grab()
        widths.append(graph.side.fixedWidth)
    assert widths[0] == widths[2] < widths[1], widths
    letters = QFontMetricsF(font(TICK_POINTS))
    assert widths[1] >= letters.horizontalAdvance("600,000") + letters.height()
