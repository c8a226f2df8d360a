"""Enter leads from a box to its first option, Escape from there back to the drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.inspector.box_page import BoxPage
from gui.window.main_window import MainWindow


def test_enter_and_escape_lead_to_the_options_and_back(window: MainWindow, qtbot: QtBot) -> None:
    window.store.select(("dense_1",))
    window.right.setCurrentWidget(window.training_page)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    page = window.inspector.page
    assert window.right.currentWidget() is window.inspector and isinstance(page, BoxPage)
    editor = page.form.rows["units"].editor
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.canvas.hasFocus)
    assert window.store.selection == ("dense_1",)


def test_enter_means_nothing_while_no_box_is_selected(window: MainWindow) -> None:
    window.right.setCurrentWidget(window.training_page)
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.right.currentWidget() is window.training_page
