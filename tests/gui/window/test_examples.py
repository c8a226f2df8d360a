"""The bundled examples: listed in a menu, opened by a click, without any problem."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from engine.layers.analysis import analyse
from engine.spec.files import read
from gui.window.filing import EXAMPLES
from gui.window.main_window import MainWindow
from gui.words import has, set_language
from tests.gui.window.conftest import Open

PATHS = sorted(EXAMPLES.glob("*.json"))


def examples_menu(window: MainWindow) -> QMenu:
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if "xamples" in menu.title()]
    (menu,) = menus
    menu.aboutToShow.emit()
    return menu


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_example_has_words_and_no_problems(path) -> None:
    assert analyse(read(path).document).problems == ()
    for language in ("en", "zh_CN"):
        set_language(language)
        assert has(f"example.{path.stem}.name") and has(f"example.{path.stem}.line")


def test_an_example_is_opened_from_the_menu(open_window: Open) -> None:
    window = open_window(None)
    entries = examples_menu(window).actions()
    assert len(entries) == len(PATHS)
    (spiral,) = (entry for entry in entries if "Spirals" in entry.text())
    spiral.trigger()
    assert window.store.document == read(EXAMPLES / "spiral.json").document
    assert window.filing.path is None
    assert not window.filing.is_modified
