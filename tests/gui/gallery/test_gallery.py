"""The gallery is searched, sorted, gone through by keys and mouse, and opens what is chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.gallery.facts import KINDS, facts_of
from gui.gallery.pictures import Pictures
from gui.gallery.window import GalleryWindow, names
from gui.words import set_language, tr
from tests.gui.gestures import LEFT, NONE


@pytest.fixture
def opened() -> list[str]:
    """The examples that were opened."""
    return []


@pytest.fixture
def gallery(qtbot: QtBot, qapp: QApplication, opened: list[str]) -> Iterator[GalleryWindow]:
    """The gallery, over an empty window."""
    if not qapp.styleSheet():
        theme.set_up(qapp, "light")
    below = QWidget()
    below.resize(1280, 800)
    qtbot.addWidget(below)
    below.show()
    gallery = GalleryWindow(Pictures(parent=below), opened.append, below)
    gallery.open_page()
    qtbot.waitUntil(gallery.isVisible)
    yield gallery
    below.close()


def visible(gallery: GalleryWindow) -> list[str]:
    return [name for name, card in gallery.grid.cards.items() if card.isVisible()]


def test_all_examples_have_a_card_with_facts(gallery: GalleryWindow) -> None:
    assert set(visible(gallery)) == set(names())
    card = gallery.grid.cards["welcome"]
    assert "121.9k" in card.shown.facts or "122k" in card.shown.facts
    assert card.shown.marks == ("S2", "S8", "S10")
    assert "Convolutional" in card.accessibleName()
    assert card.accessibleDescription() == tr("example.welcome.line")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lenet", {"lenet"}),
        ("残差", {"residual", "resnet"}),
        ("S11", {"article_rnn"}),
        ("say it backwards", {"both_directions", "transformer"}),
    ],
)
def test_it_finds_in_both_languages(gallery: GalleryWindow, text: str, found: set[str]) -> None:
    for language in ("en", "zh_CN"):
        set_language(language)
        gallery.search.clear()
        QTest.keyClicks(gallery.search, text) if text.isascii() else gallery.search.setText(text)
        assert found <= set(visible(gallery))
        assert len(visible(gallery)) <= len(found) + 3


def test_nothing_found_says_so(gallery: GalleryWindow) -> None:
    QTest.keyClicks(gallery.search, "qqqq")
    assert visible(gallery) == []
    assert gallery.nothing.isVisible()
    assert "qqqq" in gallery.nothing.text()
    QTest.keyClick(gallery.search, Qt.Key.Key_Return)
    assert gallery.isVisible()


def test_by_kind_every_example_stands_under_one_heading(gallery: GalleryWindow) -> None:
    QTest.mouseClick(gallery.orders["kind"], LEFT)
    assert sorted(gallery.grid.order) == sorted(names())
    kinds = [facts_of(name).kind for name in gallery.grid.order]
    assert kinds == sorted(kinds, key=KINDS.index)
    assert {name for name in names() if facts_of(name).kind == "autoencoder"} == {
        "autoencoder",
        "denoising",
        "unet",
    }


def test_arrows_go_from_card_to_card_and_enter_opens(
    gallery: GalleryWindow, opened: list[str]
) -> None:
    QTest.keyClick(gallery.search, Qt.Key.Key_Down)
    first, second = gallery.grid.order[:2]
    assert gallery.grid.cards[first].hasFocus()
    QTest.keyClick(gallery.grid.cards[first], Qt.Key.Key_Right)
    assert gallery.grid.choice == second
    assert gallery.side.name.text() == tr(f"example.{second}.name")
    QTest.keyClick(gallery.grid.cards[second], Qt.Key.Key_Down)
    below = gallery.grid.choice
    one, other = (gallery.grid.cards[key].geometry() for key in (second, below))
    assert other.top() > one.top()
    QTest.keyClick(gallery.grid.cards[below], Qt.Key.Key_Return)
    assert not gallery.isVisible()
    assert opened == [below]


def test_a_click_tells_and_the_button_opens(gallery: GalleryWindow, opened: list[str]) -> None:
    QTest.keyClicks(gallery.search, "unet")
    card = gallery.grid.cards["unet"]
    QTest.mouseClick(card, LEFT, NONE, card.rect().center())
    assert opened == []
    shown = [value.text() for _, value in gallery.side.rows]
    assert tr("gallery.task.pictures", count=10) in shown
    assert any("14,057" in text for text in shown)
    QTest.mouseClick(gallery.side.open, LEFT)
    assert opened == ["unet"]


def test_escape_closes_and_changes_nothing(gallery: GalleryWindow, opened: list[str]) -> None:
    QTest.keyClick(gallery.search, Qt.Key.Key_Escape)
    assert not gallery.isVisible()
    assert opened == []


def test_the_language_can_change_while_it_is_open(gallery: GalleryWindow) -> None:
    set_language("zh_CN")
    card = gallery.grid.cards["lenet"]
    assert card.text() == tr("example.lenet.name")
    assert gallery.windowTitle() == "从示例新建"
    assert gallery.side.open.text() == "打开"
