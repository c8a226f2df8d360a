"""The bundled examples: listed in a menu, opened by a click, without any problem."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.layers.analysis import analyse
from engine.spec.files import read
from gui.box import HEIGHT, WIDTH, body_of
from gui.canvas.note_item import NoteItem
from gui.example_files import EXAMPLES, read_example
from gui.example_topics import SYSTEMS, TOPICS
from gui.window.main_window import MainWindow
from gui.words import has, set_language
from tests.gui.window.conftest import Open

PATHS = sorted(EXAMPLES.glob("*.json"))


def examples_menu(window: MainWindow) -> dict[str, list[QAction]]:
    """The entries by topic, as the menu names both."""
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if "xamples" in menu.title()]
    (menu,) = menus
    menu.aboutToShow.emit()
    found = {}
    for action in menu.actions():
        below = action.menu()
        assert isinstance(below, QMenu)
        found[action.text()] = below.actions()
    return found


def test_every_example_belongs_to_one_topic() -> None:
    listed = [name for names in TOPICS.values() for name in names]
    assert sorted(listed) == [path.stem for path in PATHS]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_an_example_has_words_and_no_problems(path: Path) -> None:
    assert analyse(read(path).document).problems == ()
    for language in ("en", "zh_CN"):
        set_language(language)
        for part in ("name", "line", "watch"):
            assert has(f"example.{path.stem}.{part}")


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_comments_are_in_both_languages_and_lie_on_no_box(qapp: object, path: Path) -> None:
    set_language("en")
    assert read_example(path) == read(path).document
    set_language("zh_CN")
    chinese = read_example(path)
    for note, english in zip(chinese.notes, read(path).document.notes, strict=True):
        assert note.text != english.text
    for document in (chinese, read(path).document):
        bodies = [body_of(n.kind).translated(n.x, n.y) for n in document.network.nodes]
        sheets = []
        for note in document.notes:
            item = NoteItem(note)
            item.setPos(note.x, note.y)
            sheets.append(item.body)
        for one, other in combinations((*sheets, *bodies), 2):
            assert not one.intersects(other)


def test_every_system_of_the_syllabus_has_an_example() -> None:
    assert {system for systems in SYSTEMS.values() for system in systems} == {
        f"S{number}" for number in range(1, 13)
    }
    assert set(SYSTEMS) <= {path.stem for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_two_boxes_of_an_example_touch(path: Path) -> None:
    for one, other in combinations(read(path).document.network.nodes, 2):
        assert abs(one.x - other.x) > WIDTH or abs(one.y - other.y) > HEIGHT


def test_an_example_is_opened_from_the_menu(open_window: Open) -> None:
    window = open_window(None)
    topics = examples_menu(window)
    assert len(topics) == len(TOPICS)
    assert sum(len(entries) for entries in topics.values()) == len(PATHS)
    (spiral,) = (entry for entry in topics["First steps"] if "Spirals" in entry.text())
    assert "arms" in spiral.toolTip()
    spiral.trigger()
    assert window.store.document == read(EXAMPLES / "spiral.json").document
    assert window.filing.path is None
    assert not window.filing.is_modified


def test_the_menu_follows_the_language(open_window: Open) -> None:
    window = open_window(None)
    (menu,) = (m for m in window.menuBar().findChildren(QMenu) if "xamples" in m.title())
    set_language("zh_CN")
    menu.aboutToShow.emit()
    assert menu.actions()[0].text() == "入门"
