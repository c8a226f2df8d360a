"""The palette lists the catalogue, finds layers, and hands them on by drag, double click or key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE, CATEGORIES
from gui import words
from gui.box import MIME
from gui.palette.palette import Palette
from gui.palette.rows import CATEGORY, KIND
from gui.theme import theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def palette(qtbot: QtBot) -> Iterator[Palette]:
    shown = Palette()
    shown.resize(240, 900)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    mode = theme.mode
    yield shown
    theme.use(mode)


def shown_kinds(palette: Palette) -> set[str]:
    return {kind for kind in CATALOGUE if not palette.entries.item_of(kind).isHidden()}


def place(palette: Palette, kind: str) -> QPoint:
    return palette.entries.visualItemRect(palette.entries.item_of(kind)).center()


def test_the_whole_catalogue_is_listed_under_its_categories(palette: Palette) -> None:
    entries = palette.entries
    heads = [entries.topLevelItem(row) for row in range(entries.topLevelItemCount())]
    assert [head.data(0, CATEGORY) for head in heads if head] == list(CATEGORIES)
    for kind, layer in CATALOGUE.items():
        item = entries.item_of(kind)
        head = item.parent()
        assert head is not None and head.data(0, CATEGORY) == layer.category
        assert item.text(0) and item.toolTip(0)
    assert palette.width() == palette.sizeHint().width() == 240


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("conv", "conv2d"),
        ("MaxPool", "max_pool2d"),
        ("cross_ent", "cross_entropy"),
        ("probability", "cross_entropy"),
        ("  Flat ", "flatten"),
    ],
)
def test_layers_are_found_by_name_kind_and_sentence(palette: Palette, text: str, kind: str) -> None:
    QTest.keyClicks(palette.search, text)
    assert kind in shown_kinds(palette)
    assert len(shown_kinds(palette)) < len(CATALOGUE)


def test_chinese_and_english_names_are_found_in_chinese(palette: Palette) -> None:
    words.set_language("zh_CN")
    for text in ("卷积", "Conv2D"):
        palette.search.setText(text)
        assert "conv2d" in shown_kinds(palette)
    assert palette.search.placeholderText() == "搜索层"


def test_a_search_without_result_says_so(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "qwertz")
    assert palette.nothing.isVisible() and "qwertz" in palette.nothing.text()
    assert not palette.entries.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.entries.isVisible() and not palette.nothing.isVisible()
    assert shown_kinds(palette) == set(CATALOGUE)


def test_from_the_search_into_the_list_by_keys(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search, "pool2d")
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    first = palette.entries.currentItem()
    assert first is not None and "pool2d" in first.data(0, KIND)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.entries, Qt.Key.Key_Return)
    assert chosen.args == [first.data(0, KIND)]


def test_enter_in_the_search_takes_the_first_hit(palette: Palette, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search, "dropout")
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen.args == ["dropout"]


def test_a_double_click_chooses(palette: Palette, qtbot: QtBot) -> None:
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.mouseClick(palette.entries.viewport(), LEFT, pos=place(palette, "dense"))
        QTest.mouseDClick(palette.entries.viewport(), LEFT, pos=place(palette, "dense"))
    assert chosen.args == ["dense"]


def test_a_click_folds_a_category(palette: Palette) -> None:
    head = palette.entries.item_of("dense").parent()
    assert head is not None
    at = palette.entries.visualItemRect(head).center()
    for is_open in (False, True):
        QTest.mouseClick(palette.entries.viewport(), LEFT, pos=at)
        assert head.isExpanded() is is_open


def test_dragging_a_layer_carries_its_kind_and_picture(palette: Palette) -> None:
    drags: list[tuple[bytes, int]] = []

    def remember(drag: QDrag) -> None:
        drags.append((bytes(drag.mimeData().data(MIME).data()), drag.pixmap().width()))
        drag.deleteLater()

    palette.entries.run_drag = remember
    start = place(palette, "conv2d")
    window = palette.entries.viewport()
    QTest.mousePress(window, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(window, start + QPoint(8 * step, 2))
    QTest.mouseRelease(window, LEFT, pos=start)
    assert drags[0] == (b"conv2d", 150)


def test_language_and_theme_change_while_shown(palette: Palette) -> None:
    pictures = [palette.grab().toImage()]
    words.set_language("zh_CN")
    assert palette.entries.item_of("dense").text(0) == "全连接层"
    pictures.append(palette.grab().toImage())
    theme.use("dark")
    pictures.append(palette.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]


def test_a_layer_is_dragged_by_a_finger(palette: Palette) -> None:
    dragged: list[QDrag] = []
    palette.entries.run_drag = dragged.append
    finger, there = QTest.createTouchDevice(), palette
    start = palette.entries.viewport().mapTo(palette, place(palette, "dense"))
    QTest.touchEvent(there, finger).press(0, start).commit()
    for step in range(1, 6):
        QTest.touchEvent(there, finger).move(0, start + QPoint(12 * step, 0)).commit()
    QTest.touchEvent(there, finger).release(0, start + QPoint(60, 0)).commit()
    assert [bytes(each.mimeData().data(MIME).data()) for each in dragged] == [b"dense"]


def test_a_double_tap_puts_a_layer_into_the_drawing(palette: Palette) -> None:
    chosen: list[str] = []
    palette.chosen.connect(chosen.append)
    finger, at = QTest.createTouchDevice(), place(palette, "dense")
    at = palette.entries.viewport().mapTo(palette, at)
    for _ in range(2):
        QTest.touchEvent(palette, finger).press(0, at).commit()
        QTest.touchEvent(palette, finger).release(0, at).commit()
    assert chosen == ["dense"]
