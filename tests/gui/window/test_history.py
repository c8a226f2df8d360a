"""The list of steps: a click or an arrow key goes to one; names are in the present language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.spec import edits
from gui import theme, words
from gui.window.history import History
from gui.window.main_window import MainWindow
from gui.words import tr
from tests.gui.networks import chain

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def history(window: MainWindow) -> History:
    for units in (3, 4, 5):
        after = edits.set_options(window.store.document, "dense_1", {"units": units})
        window.store.edit(f"Units {units}", after)
    window.actions_table["history"].trigger()
    shown = window.ways.history
    assert shown is not None and shown.isVisible()
    return shown


def names(history: History) -> list[str]:
    return [history.list.item(i).text() for i in range(history.list.count())]


def units(window: MainWindow) -> object:
    return window.store.document.network.node("dense_1").options["units"]


def click(history: History, row: int) -> None:
    place = history.list.visualItemRect(history.list.item(row)).center()
    QTest.mouseClick(history.list.viewport(), LEFT, pos=place)


def test_all_steps_are_listed_and_the_last_is_marked(history: History) -> None:
    assert names(history) == [tr("history.start"), "Units 3", "Units 4", "Units 5"]
    assert history.list.currentRow() == 3


def test_a_click_goes_back_and_forward(window: MainWindow, history: History) -> None:
    click(history, 1)
    assert units(window) == 3 and history.list.currentRow() == 1
    assert history.list.item(2).foreground().color() == theme.colour("faint")
    click(history, 3)
    assert units(window) == 5
    click(history, 0)
    assert window.store.document == chain()


def test_arrow_keys_go_step_by_step_and_enter_closes(window: MainWindow, history: History) -> None:
    QTest.keyClick(history.list, Qt.Key.Key_Up)
    assert units(window) == 4
    QTest.keyClick(history.list, Qt.Key.Key_Return)
    assert not history.isVisible() and units(window) == 4


def test_it_follows_undo_and_new_edits(window: MainWindow, history: History) -> None:
    window.actions_table["undo"].trigger()
    assert history.list.currentRow() == 2
    window.store.edit("Other", lambda d: edits.set_options(d, "dense_1", {"units": 9}))
    assert names(history)[1:] == ["Units 3", "Units 4", "Other"]
    window.store.open(chain())
    assert names(history) == [tr("history.start")]


def test_steps_named_in_the_other_language_have_a_common_name(history: History) -> None:
    words.set_language("zh_CN")
    assert names(history) == [tr("history.start"), *[tr("history.step")] * 3]
    assert history.windowTitle() == tr("history.title")


def test_all_steps_can_be_forgotten(window: MainWindow, history: History) -> None:
    shown = window.store.document
    QTest.mouseClick(history.forget, LEFT)
    assert names(history) == [tr("history.start")] and window.store.document is shown
    assert not history.forget.isEnabled() and window.filing.is_modified
