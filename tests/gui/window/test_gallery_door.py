"""The gallery is opened by its keys, and asks before anything unsaved is given up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.spec.files import read
from gui.example_files import path_of
from gui.window.main_window import MainWindow
from tests.gui.gestures import LEFT, NONE
from tests.gui.networks import chain
from tests.gui.other_end import change_network
from tests.gui.window.dialogs import Answers, click

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_it_opens_by_keys_and_asks_about_what_is_unsaved(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, CONTROL | SHIFT)
    gallery = window.ways.gallery
    qtbot.waitUntil(gallery.isVisible)
    change_network(window.run)
    drawn = window.store.document
    assert drawn != chain()
    card = gallery.grid.cards["iris"]
    for answer in ("Cancel", "Discard"):
        gallery.open_page()
        answers = Answers(click(answer))
        QTest.mouseDClick(card, LEFT, NONE, card.rect().center())
        answers.wait(qtbot)
        assert not gallery.isVisible()
        kept = answer == "Cancel"
        expected = drawn if kept else read(path_of("iris")).document
        assert window.store.document == expected
    assert window.filing.path is None
