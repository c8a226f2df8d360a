"""The confusion matrix and what stands beside it: by mouse and keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

from engine import protocol
from gui import words
from gui.results.class_table import COLUMNS
from gui.results.page import ResultsPage
from gui.results.scores import class_scores, rates
from gui.run import Run
from tests.gui.other_end import OtherEnd
from tests.gui.results.feeding import NAMED, TRUE, classes, feed, told

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def fed(page: ResultsPage, engine: OtherEnd, qtbot: QtBot) -> ResultsPage:
    engine.heard()
    feed(page, engine, told(classes()), qtbot)
    return page


def place(page: ResultsPage, row: int, column: int) -> QPoint:
    return page.matrix.rect_of((row, column)).center().toPoint()


def test_scores_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(0)
    true, named = random.integers(0, 6, 500), random.integers(0, 5, 500)  # one is never named
    counts = confusion_matrix(true, named, labels=range(7))  # one never occurs
    found = class_scores(counts)
    wanted = precision_recall_fscore_support(true, named, labels=range(7), zero_division=0)
    for mine, theirs in zip(
        (found.precision, found.recall, found.f1, found.support), wanted, strict=True
    ):
        np.testing.assert_allclose(mine, theirs)
    for average, mean in (("macro", found.macro), ("weighted", found.weighted)):
        wanted_mean = f1_score(true, named, labels=range(7), average=average, zero_division=0)
        assert mean[2] == pytest.approx(wanted_mean)
    for mode, normalize in (("true", "true"), ("named", "pred")):
        shares = confusion_matrix(true, named, labels=range(7), normalize=normalize)
        np.testing.assert_allclose(rates(counts, mode), shares)


def test_the_engine_is_told_who_looks(page: ResultsPage, run: Run, engine: OtherEnd) -> None:
    assert engine.only(protocol.Watch) == protocol.Watch(True)
    page.hide()
    assert engine.only(protocol.Watch) == protocol.Watch(False)
    page.show()
    assert engine.only(protocol.Watch) == protocol.Watch(True)
    engine.die()
    engine.begin()
    assert protocol.Watch(True) in engine.heard()  # a new engine does not know yet


def test_a_hidden_page_asks_a_new_engine_for_nothing(page: ResultsPage, engine: OtherEnd) -> None:
    page.hide()
    engine.heard()
    engine.die()
    engine.begin()
    assert not [c for c in engine.heard() if isinstance(c, protocol.Watch)]


def test_counts_scores_and_mistakes_are_shown(fed: ResultsPage) -> None:
    assert fed.header.score.text() == "4 of 7 right (57.1 %)"
    assert fed.header.moment.text() == "after epoch 3"
    np.testing.assert_array_equal(fed.matrix.counts, confusion_matrix(TRUE, NAMED))
    rows = fed.table.scores.rows
    assert rows[2] == ["2", "100.0 %", "33.3 %", "50.0 %", "3"]
    assert [row[0] for row in rows[3:]] == ["Mean", "Weighted"]
    assert len(rows[0]) == len(COLUMNS)
    texts = [fed.examples.list.item(i).text() for i in range(fed.examples.list.count())]
    assert texts == ["2 → 0 · 95 %", "0 → 1 · 80 %", "2 → 0 · 50 %"]
    assert fed.examples.heading.text() == "Surest mistakes"


def test_a_click_on_a_square_asks_for_its_samples(
    fed: ResultsPage, run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    qtbot.mouseClick(fed.matrix, LEFT, pos=place(fed, 2, 0))
    assert engine.only(protocol.Watch) == protocol.Watch(True, (2, 0))
    feed(fed, engine, told(classes((2, 0))), qtbot)
    assert fed.examples.heading.text() == "2 taken for 0: 2"
    assert fed.examples.list.count() == 2
    assert "validation sample 7" in fed.examples.list.item(0).toolTip()
    qtbot.mouseClick(fed.examples.close_button, LEFT)
    assert engine.only(protocol.Watch) == protocol.Watch(True, None)


def test_the_keys_walk_choose_and_leave(
    fed: ResultsPage, run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    fed.matrix.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(fed.matrix, key)
    assert fed.matrix.at == (1, 2)  # not beyond the last
    assert fed.matrix.accessibleDescription() == "1 taken for 2: 0"
    qtbot.keyClick(fed.matrix, Qt.Key.Key_Return)
    assert engine.only(protocol.Watch).cell == (1, 2)
    qtbot.keyClick(fed.matrix, Qt.Key.Key_Escape)
    assert engine.only(protocol.Watch).cell is None


def test_the_card_tells_counts_and_both_shares(fed: ResultsPage, qtbot: QtBot) -> None:
    qtbot.mouseMove(fed.matrix, place(fed, 2, 0))
    told_there = fed.matrix.card.text()
    assert "2 taken for 0: 2" in told_there
    assert "66.7 %" in told_there  # of the three of class 2; and of the three named 0
    qtbot.mouseMove(fed.matrix, QPoint(1, 1))
    assert not fed.matrix.card.isVisible()


def test_squares_tell_shares_on_request(fed: ResultsPage, qtbot: QtBot) -> None:
    fed.header.mode.setFocus()
    qtbot.keyClick(fed.header.mode, Qt.Key.Key_Down)
    assert fed.matrix.mode == "true" and fed.matrix.written(2 / 3) == "67"
    qtbot.keyClick(fed.header.mode, Qt.Key.Key_Down)
    assert fed.matrix.mode == "named" and fed.matrix.written(0.001) == "<1"


def test_no_numbers_no_mistakes_and_no_results_are_said(
    fed: ResultsPage, run: Run, engine: OtherEnd, qtbot: QtBot
) -> None:
    feed(fed, engine, told(None), qtbot)
    assert fed.pages.currentWidget() is fed.broken
    feed(fed, engine, told(classes((0, 2))), qtbot)
    assert fed.examples.list.count() == 0
    run.reset()
    qtbot.waitUntil(lambda: fed.whole.currentIndex() == 0)


def test_results_of_an_earlier_run_are_not_taken(
    fed: ResultsPage, run: Run, engine: OtherEnd
) -> None:
    run.reset()
    engine.say(told(classes()))
    assert run.watched.results is None


def test_steps_are_told_as_such(fed: ResultsPage, engine: OtherEnd, qtbot: QtBot) -> None:
    feed(fed, engine, told(classes(steps=2)), qtbot)
    assert fed.header.score.text() == "8 of 14 steps right (57.1 %)"
    assert "step 1" in fed.examples.list.item(0).toolTip()


def test_in_chinese(fed: ResultsPage, qtbot: QtBot) -> None:
    words.set_language("zh_CN")
    qtbot.waitUntil(lambda: not fed.redraw.is_due)
    assert fed.examples.heading.text() == "置信度最高的错误"
    assert fed.table.scores.rows[-1][0] == "加权平均"
    assert fed.matrix.sentence((2, 0)) == "2 误判为 0：2"


@pytest.mark.parametrize("kind", ["csv", "png", "svg"])
def test_it_can_be_taken_away(
    fed: ResultsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = tmp_path / f"found.{kind}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    fed.header.actions_by_name[kind].trigger()
    if kind == "csv":
        lines = path.read_text("utf-8").splitlines()
        assert lines[:4] == ["true \\ predicted,0,1,2", "0,1,1,0", "1,0,2,0", "2,2,0,1"]
        assert lines[5].startswith("class,precision,recall")
    elif kind == "svg":
        assert "<svg" in path.read_text("utf-8") and "predicted class" in path.read_text("utf-8")
    else:
        assert path.read_bytes()[1:4] == b"PNG"


def test_only_what_is_seen_of_a_large_matrix_is_drawn(page: ResultsPage) -> None:
    page.matrix.show_counts(np.eye(100, dtype=int), str)
    rows, columns = page.matrix._seen(QRect(200, 100, 150, 60))
    assert 0 < len(rows) < 10 and 0 < len(columns) < 10
    for corner in ((rows[0], columns[0]), (rows[-1], columns[-1])):
        assert page.matrix.rect_of(corner).intersects(QRectF(200, 100, 150, 60))
    all_rows, all_columns = page.matrix._seen(page.matrix.rect())
    assert len(all_rows) == len(all_columns) == 100
