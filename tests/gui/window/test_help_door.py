"""F1 and ? open the help at what is selected; the shelf's card opens its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec import edits
from gui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def page(window: MainWindow) -> str:
    assert window.help_door.help is not None and window.help_door.help.isVisible()
    return window.help_door.help.page


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_keys_open_the_page_of_the_selected_data_box(window: MainWindow, key: Qt.Key) -> None:
    window.store.edit("", lambda d: edits.set_options(d, "data_1", {"dataset": "wine"}))
    window.store.select(("data_1",))
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, key)
    assert page(window) == "dataset/wine"


def test_without_a_data_box_it_begins_at_the_beginning(window: MainWindow) -> None:
    window.actions_table["help"].trigger()
    assert page(window) == "data"
    window.store.select(("conv2d_1",))
    window.actions_table["help"].trigger()
    assert page(window) == "data"


def test_a_question_mark_can_be_typed_in_a_search(window: MainWindow) -> None:
    window.left.setCurrentWidget(window.shelf)
    window.shelf.search.setFocus()
    QTest.keyClicks(window.shelf.search, "wine?")
    assert window.shelf.search.text() == "wine?"
    assert window.help_door.help is None


def test_the_question_mark_of_a_card_opens_the_page_of_the_set(window: MainWindow) -> None:
    window.left.setCurrentWidget(window.shelf)
    QTest.mouseClick(window.shelf.gallery.tiles["spirals"], LEFT)
    QTest.mouseClick(window.shelf.card.help, LEFT)
    assert page(window) == "dataset/spirals"


def test_the_window_for_painting_has_a_page_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    window.painting.use("painted")
    painting = window.painting.shown
    assert painting is not None
    qtbot.waitUntil(painting.isActiveWindow)
    QTest.keyClick(painting.surface, Qt.Key.Key_F1)
    assert page(window) == "painting"


def test_a_tile_of_the_shelf_has_the_page_of_its_set(window: MainWindow) -> None:
    window.left.setCurrentWidget(window.shelf)
    tile = window.shelf.gallery.tiles["circles"]
    QTest.mouseClick(tile, LEFT)
    QTest.keyClick(tile, Qt.Key.Key_F1)
    assert page(window) == "dataset/circles"


def test_the_panel_in_which_keys_are_typed_has_its_page(window: MainWindow, qtbot: QtBot) -> None:
    window.store.select(("data_1",))
    window.bottom.setCurrentWidget(window.received)
    window.received.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.received.setFocus()
    qtbot.waitUntil(window.received.hasFocus)
    QTest.keyClick(window.received, Qt.Key.Key_F1)
    assert page(window) == "data_panel"


def test_the_import_page_opens_the_page_about_its_form(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.import_data(tmp_path / "none.csv")
    dialog = window.own_data.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert page(window) == "data"  # nothing is known of the file yet
    dialog.reading.form = "sounds"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert page(window) == "recordings"
    help_window = window.help_door.help
    assert help_window is not None
    QTest.mouseClick(help_window.back, LEFT)  # it can be read while the dialog waits
    assert page(window) == "data"
    dialog.close()
