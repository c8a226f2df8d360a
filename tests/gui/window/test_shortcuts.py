"""Ctrl+/ shows all keys, from the tables that make them, and finds one by its use or by the key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import theme, words
from gui.actions import TABLE
from gui.canvas import keys
from gui.outline import tree
from gui.window.main_window import MainWindow
from gui.window.shortcuts import MOUSE, OUTLINE, ShortcutsPage, entries

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: MainWindow) -> ShortcutsPage:
    QTest.keyClick(window, Qt.Key.Key_Slash, CONTROL)
    page = window.ways.shortcuts
    assert page is not None and page.isVisible()
    return page


def listed(page: ShortcutsPage) -> dict[str, str]:
    """Keys by name, as shown."""
    return {line.entry.name: line.entry.keys for line in page.lines.lines if line.entry}


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_key_of_both_tables_is_shown(page: ShortcutsPage, language: str) -> None:
    words.set_language(language)
    shown = listed(page)
    for spec in TABLE:
        sequence = page.actions_table[spec.id].shortcut()
        if not sequence.isEmpty():
            native = sequence.toString(QKeySequence.SequenceFormat.NativeText)
            assert native in shown[words.tr(f"action.{spec.id}")].split(", ")
    for row in keys.TABLE:
        assert shown[words.tr(f"key.{row.id}")]
    for use, key in OUTLINE.items():
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        assert native in shown[words.tr(use)].split(", ")
    assert len(OUTLINE) == len(set(tree.KEYS.values())) + 1  # and F2, which is Qt's own
    assert {words.tr(f"mouse.{way}") for way in MOUSE} <= set(shown)
    assert page.windowTitle() == words.tr("shortcuts.title")


def test_a_key_is_found_by_what_it_does_and_by_its_name(page: ShortcutsPage) -> None:
    QTest.keyClicks(page.search, "arrange")
    assert listed(page)[words.tr("action.arrange")] == "Ctrl+L"
    page.search.clear()
    QTest.keyClicks(page.search, "f7")
    assert next(iter(listed(page))) == words.tr("action.batch")
    page.search.clear()
    QTest.keyClicks(page.search, "qwertz")
    assert page.nothing.isVisible() and "qwertz" in page.nothing.text()


def test_escape_clears_the_search_and_then_closes(page: ShortcutsPage) -> None:
    QTest.keyClicks(page.search, "zoom")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.isVisible() and page.search.text() == ""
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.list.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_F, CONTROL)
    assert page.search.hasFocus()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_menu_opens_it_again_from_the_beginning(
    window: MainWindow, page: ShortcutsPage
) -> None:
    QTest.keyClicks(page.search, "zoom")
    page.close()
    window.actions_table["shortcuts"].trigger()
    assert page.isVisible() and len(listed(page)) == len(
        {entry.name for entry in entries(window.actions_table)}
    )


def test_it_is_painted_in_both_themes(page: ShortcutsPage) -> None:
    light = page.grab().toImage()
    theme.theme.use("dark")
    QApplication.processEvents()
    assert page.grab().toImage() != light
