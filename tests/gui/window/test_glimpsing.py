"""Samples in the data boxes on the canvas of the real window."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from engine.spec import edits
from gui import theme
from gui.window.main_window import MainWindow
from tests.gui.data.data_end import DataEnd


def settle(window: MainWindow, end: DataEnd, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.glimpsing.glimpses._timer.isActive())
    end.answer()


def test_a_data_box_shows_samples_of_its_set(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    (end,) = data_ends
    end.answer()
    item = window.canvas.canvas.nodes["data_1"]
    first = item.glimpse
    assert first is not None
    assert window.canvas.canvas.nodes["dense_1"].glimpse is None
    window.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "digits_8"}))
    assert item.glimpse is first  # until there is another one
    settle(window, end, qtbot)
    second = item.glimpse
    assert second is not first
    theme.theme.use("dark")
    assert item.glimpse is not second
    window.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "own"}))
    settle(window, end, qtbot)
    assert item.glimpse is None


def test_the_panel_is_a_tab_that_asks_when_it_is_seen(
    window: MainWindow, data_ends: list[DataEnd], qtbot: QtBot
) -> None:
    (end,) = data_ends
    end.answer()
    window.bottom.setCurrentWidget(window.received)
    (question,) = end.answer()
    assert question.whole  # type: ignore[union-attr]
    window.received.redraw.now()
    assert window.received.pages.currentWidget() is window.received.content
