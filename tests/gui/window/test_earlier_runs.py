"""The page of runs in the window: by mouse and keys, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.document import Document
from engine.spec.files import read
from gui import words
from gui.runs.model import COLUMNS
from gui.runs.page import RunsPage
from gui.window.main_window import MainWindow
from tests.gui.other_end import OtherEnd, change_network, complete, set_training

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, engine: OtherEnd) -> RunsPage:
    """Two runs that are over, of two networks, and a third that has just ended."""
    window.panels.bring("runs")
    for change in (lambda run: None, change_network, lambda run: set_training(run, batch_size=16)):
        change(window.run)
        complete(window.run, engine)
        engine.heard()
    shown = window.earlier_runs.page
    shown.refresh()
    return shown


def cell(page: RunsPage, row: int, column: str) -> QPoint:
    index = page.model.index(row, COLUMNS.index(column))
    return page.table.visualRect(index).center()


def text(page: RunsPage, row: int, column: str) -> str:
    index = page.model.index(row, COLUMNS.index(column))
    return str(page.model.data(index))


def press(page: RunsPage, row: int, column: str = "name") -> None:
    QTest.mouseClick(page.table.viewport(), LEFT, pos=cell(page, row, column))


def test_the_present_run_is_first_and_changes_are_told(page: RunsPage) -> None:
    assert [text(page, row, "name")[:5] for row in range(3)] == ["Run 3", "Run 2", "Run 1"]
    assert text(page, 0, "name") == "Run 3, now"
    assert "Batch size" in text(page, 0, "changes") and "16" in text(page, 0, "changes")
    assert "5" in text(page, 1, "changes") and text(page, 2, "changes") == ""
    assert "1.0000" in text(page, 1, "result") or "1.000" in text(page, 1, "result")
    assert page.pages.currentIndex() == 1


def test_before_the_first_run_it_says_what_it_is_for(window: MainWindow) -> None:
    window.panels.bring("runs")
    assert window.earlier_runs.page.pages.currentIndex() == 0


def test_a_run_is_brought_back_with_its_weights_and_that_can_be_undone(
    window: MainWindow, engine: OtherEnd, page: RunsPage
) -> None:
    kept = window.store.document
    assert not page.buttons["restore"].isEnabled() and page.buttons["restore"].toolTip()
    press(page, 2)
    QTest.mouseClick(page.buttons["restore"], LEFT)
    first = window.filing.book.record(1)
    assert first is not None and window.store.document == first.document
    begun = [c for c in engine.heard() if isinstance(c, protocol.Start)]
    assert [c.state for c in begun] == [b"trained"]
    assert len(window.run.history.epochs) == 2
    assert [r.number for r in window.filing.book.records] == [1, 2, 3]  # the third was filed
    window.store.undo_stack.undo()
    assert window.store.document == kept


def test_curves_of_ticked_runs_are_drawn_beside(
    window: MainWindow, page: RunsPage, qtbot: QtBot
) -> None:
    box = cell(page, 1, "shown")
    QTest.mouseClick(page.table.viewport(), LEFT, pos=box)
    if not window.filing.book.overlaid:  # the sign is at the left of its cell in some styles
        area = page.table.visualRect(page.model.index(1, COLUMNS.index("shown")))
        QTest.mouseClick(page.table.viewport(), LEFT, pos=area.center() - QPoint(6, 0))
    assert window.filing.book.overlaid == {2}
    window.curves.draw()
    assert len(window.curves.others) == 1 and len(window.curves.plots[0]._others) == 1
    x, y = window.curves.plots[0]._others[0].getData()
    assert list(y) == [2.0, 1.0] and len(x) == 2
    window.curves._set_cursor(10, None)
    assert "Run 2" in window.curves.card.text()
    window.filing.book.overlay(2, False)
    window.curves.draw()
    assert window.curves.plots[0]._others == []


def test_a_star_a_note_and_forgetting(window: MainWindow, page: RunsPage) -> None:
    press(page, 2, "star")
    assert window.filing.book.records[0].is_starred
    page.model.setData(page.model.index(1, COLUMNS.index("note")), "too small")
    assert window.filing.book.records[1].note == "too small"
    press(page, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert [r.number for r in window.filing.book.records] == [1]
    assert window.notice.isVisible()
    QTest.mouseClick(window.notice._actions[0][0], LEFT)
    assert [r.number for r in window.filing.book.records] == [1, 2]


def test_a_run_is_compared_with_the_present_network(window: MainWindow, page: RunsPage) -> None:
    press(page, 2)
    QTest.mouseClick(page.buttons["compare"], LEFT)
    comparing = window.tabs.comparing
    assert window.centre.currentWidget() is comparing.page
    comparing.close()


def test_runs_are_saved_with_the_document(
    window: MainWindow, page: RunsPage, tmp_path: Path
) -> None:
    path = tmp_path / "net.layerwise"
    window.filing.path = path
    window.filing.save()
    window.filing.run.settle()
    assert [r.number for r in read(path).runs] == [1, 2]
    assert window.filing.open(path)
    assert [r.number for r in window.filing.book.records] == [1, 2]


def test_it_speaks_both_languages(page: RunsPage) -> None:
    words.set_language("zh_CN")
    assert text(page, 0, "name") == "第 3 次（当前）"
    assert page.buttons["restore"].text() == "恢复"
    for row in range(3):
        for column in range(len(COLUMNS)):
            index = page.model.index(row, column)
            shown = page.model.data(index, Qt.ItemDataRole.ToolTipRole)
            assert shown is not None


def test_what_can_be_taken_back_is_of_the_document_that_is_shown(
    window: MainWindow, page: RunsPage
) -> None:
    press(page, 1)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert window.notice.isVisible()
    window.store.open(Document())  # its runs are others
    assert not window.notice.isVisible()
