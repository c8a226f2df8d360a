"""The shelf lists every bundled set, finds them, shows their cards, and hands them on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.datasets import CARDS, SHELVES
from engine.spec.document import Document, Node, Options
from gui import words
from gui.box import DATA_MIME
from gui.data.shelf import Shelf
from gui.data.tile import Tile
from gui.theme import theme
from gui.words import LANGUAGES, tr

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def shown(shelf: Shelf) -> set[str]:
    return {name for name, tile in shelf.gallery.tiles.items() if tile.isVisible()}


def tile(shelf: Shelf, name: str) -> Tile:
    found = shelf.gallery.tiles[name]
    shelf.area.ensureWidgetVisible(found)
    return found


def test_every_bundled_set_stands_on_the_shelf_in_the_order_of_its_categories(
    shelf: Shelf,
) -> None:
    assert shown(shelf) == set(CARDS)
    order = [CARDS[name].category for name in shelf.gallery.tiles]
    assert order == sorted(order, key=SHELVES.index)
    assert set(order) == set(SHELVES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [200, 256, 480])
def test_no_tile_overlaps_another_or_is_cut(shelf: Shelf, width: int, language: str) -> None:
    words.set_language(language)
    shelf.resize(width, 900)
    QApplication.processEvents()
    tiles = list(shelf.gallery.tiles.values())
    places = [each.geometry() for each in tiles]
    for i, place in enumerate(places):
        assert shelf.gallery.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:i])
        assert place.height() >= tiles[i].height_for(place.width())


def test_every_tile_has_a_picture(shelf: Shelf) -> None:
    for name in CARDS:
        image = shelf.gallery.tiles[name].grab().toImage()
        inside = ((x, y) for x in range(10, 90, 2) for y in range(10, 60, 2))
        assert len({image.pixel(x, y) for x, y in inside}) > 3, name


def test_one_tile_at_a_time_is_chosen(shelf: Shelf) -> None:
    for name in ("iris", "wine", "wine"):
        found = tile(shelf, name)
        QTest.mouseClick(found, LEFT, NONE, found.rect().center())
        assert [n for n, each in shelf.gallery.tiles.items() if each.isChecked()] == [name]


@pytest.mark.parametrize(
    ("text", "name"), [("wine", "wine"), ("28×28", "digits_28"), ("handwritten", "digits_8")]
)
def test_a_search_finds_names_sizes_and_sentences(shelf: Shelf, text: str, name: str) -> None:
    QTest.keyClicks(shelf.search, text)
    assert name in shown(shelf)
    assert len(shown(shelf)) < len(CARDS)


def test_both_languages_are_found_in_chinese(shelf: Shelf) -> None:
    words.set_language("zh_CN")
    for text in ("鸢尾花", "Iris"):
        shelf.search.setText(text)
        assert shown(shelf) == {"iris"}
    assert shelf.search.placeholderText() == "搜索数据集"


def test_a_search_shows_the_first_hit_and_not_the_middle(shelf: Shelf) -> None:
    bar = shelf.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    QTest.keyClicks(shelf.search, "a")
    assert bar.maximum() > 0 and bar.value() == 0


def test_the_card_is_as_high_as_its_words_in_each_language(shelf: Shelf, qtbot: QtBot) -> None:
    def misses() -> int:
        return abs(shelf.card.height() - shelf.card.heightForWidth(shelf.card.width()))

    shelf.gallery.choose("wine")
    for language in ("zh_CN", "en"):
        words.set_language(language)
        qtbot.waitUntil(lambda: misses() < 8)  # less than a line


def test_a_search_without_result_says_so(shelf: Shelf) -> None:
    QTest.keyClicks(shelf.search, "qwertz")
    assert shelf.nothing.isVisible() and "qwertz" in shelf.nothing.text()
    QTest.keyClick(shelf.search, Qt.Key.Key_Escape)
    assert shown(shelf) == set(CARDS) and not shelf.nothing.isVisible()


def test_enter_in_the_search_uses_the_first_hit(shelf: Shelf, qtbot: QtBot) -> None:
    QTest.keyClicks(shelf.search, "moons")
    with qtbot.waitSignal(shelf.used) as used:
        QTest.keyClick(shelf.search, Qt.Key.Key_Return)
    assert used.args == ["moons"]


def test_a_click_shows_the_card_with_all_that_is_known(shelf: Shelf) -> None:
    QTest.mouseClick(tile(shelf, "breast_cancer"), LEFT)
    card = shelf.card
    assert card.isVisible()
    assert card.title.text() == "Breast cancer biopsies"
    assert card.caution.text() == tr("dataset.breast_cancer.caution")
    values = [value.text() for _, value in card._rows]
    assert values[0] == "569 samples · 30 features · 2 classes"
    assert values[2:] == [tr("dataset.breast_cancer.source"), tr("dataset.breast_cancer.licence")]
    QTest.keyClick(shelf.gallery.tiles["breast_cancer"], Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_resting_on_a_tile_shows_its_card_until_the_pointer_leaves(
    shelf: Shelf, qtbot: QtBot
) -> None:
    QTest.mouseMove(tile(shelf, "circles"))
    qtbot.waitUntil(shelf.card.isVisible)
    assert shelf.card.dataset == "circles"
    QTest.mouseMove(shelf.search)
    qtbot.waitUntil(lambda: not shelf.card.isVisible())


def test_the_card_goes_with_its_tile_and_hides_where_that_is_out_of_sight(
    shelf: Shelf,
) -> None:
    QTest.mouseClick(shelf.gallery.tiles["xor"], LEFT)
    bar = shelf.area.verticalScrollBar()
    before = shelf.card.y()
    bar.setValue(bar.value() + 40)
    assert shelf.card.isVisible() and shelf.card.y() <= before
    bar.setValue(bar.maximum())
    assert not shelf.card.isVisible()
    QTest.mouseClick(tile(shelf, "xor"), LEFT)
    assert shelf.card.isVisible()


def test_the_card_uses_the_set_and_opens_its_page(shelf: Shelf, qtbot: QtBot) -> None:
    QTest.mouseClick(tile(shelf, "iris"), LEFT)
    with qtbot.waitSignal(shelf.help_asked) as asked:
        QTest.mouseClick(shelf.card.help, LEFT)
    assert asked.args == ["dataset/iris"]
    with qtbot.waitSignal(shelf.used) as used:
        QTest.mouseClick(shelf.card.use, LEFT)
    assert used.args == ["iris"]
    assert not shelf.card.isVisible()


def test_a_double_click_uses_a_set(shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.used) as used:
        QTest.mouseClick(tile(shelf, "xor"), LEFT)
        QTest.mouseDClick(tile(shelf, "xor"), LEFT)
    assert used.args == ["xor"]


def test_arrows_go_from_tile_to_tile_and_enter_uses_one(shelf: Shelf, qtbot: QtBot) -> None:
    QTest.keyClick(shelf.search, Qt.Key.Key_Down)
    names = list(shelf.gallery.tiles)
    steps = ((Qt.Key.Key_Right, names[1]), (Qt.Key.Key_Down, names[3]), (Qt.Key.Key_Left, names[2]))
    here = names[0]
    for key, goal in steps:
        QTest.keyClick(shelf.gallery.tiles[here], key)
        assert shelf.gallery.tiles[goal].isChecked() and shelf.card.dataset == goal
        here = goal
    with qtbot.waitSignal(shelf.used) as used:
        QTest.keyClick(shelf.gallery.tiles[here], Qt.Key.Key_Return)
    assert used.args == [here]


def test_dragging_a_set_carries_its_name(shelf: Shelf) -> None:
    drags: list[tuple[bytes, int]] = []

    def remember(drag: QDrag) -> None:
        drags.append((bytes(drag.mimeData().data(DATA_MIME).data()), drag.pixmap().width()))
        drag.deleteLater()

    moons = tile(shelf, "moons")
    moons.run_drag = remember
    start = moons.rect().center()
    QTest.mousePress(moons, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(moons, start + QPoint(8 * step, 2))
    QTest.mouseRelease(moons, LEFT, pos=start)
    assert drags == [(b"moons", 150)]


# data of one's own


def test_the_button_asks_for_a_file(shelf: Shelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.import_asked) as asked:
        QTest.mouseClick(shelf.own.open, LEFT)
    assert asked.args == [None]


def test_what_a_drawing_reads_is_offered_again(shelf: Shelf, qtbot: QtBot, tmp_path: Path) -> None:
    assert not shelf.lately.isVisible()
    path = tmp_path / "trees.csv"
    path.write_text("height,species\n1,oak\n", "utf-8")
    origin = Options({"path": str(path)})
    box = Node("data_1", "data", Options({"dataset": "own", "origin": origin}), 0.0, 0.0)
    shelf.lately.remember(edits.add_node(Document(), box))
    assert [button.text() for button in shelf.lately.buttons] == ["trees.csv"]
    assert shelf.lately.isVisible()
    with qtbot.waitSignal(shelf.import_asked) as asked:
        QTest.mouseClick(shelf.lately.buttons[0], LEFT)
    assert asked.args == [path]
    path.unlink()
    shelf.lately.refresh()
    assert not shelf.lately.buttons


def drop_file(shelf: Shelf, path: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, action = QPoint(100, 400), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(at, action, data, LEFT, NONE)
    enter.ignore()
    QApplication.sendEvent(shelf, enter)
    if enter.isAccepted():
        QApplication.sendEvent(shelf, QDropEvent(QPointF(at), action, data, LEFT, NONE))
    return enter.isAccepted()


def test_a_dropped_file_or_folder_is_imported(shelf: Shelf, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(shelf.import_asked) as asked:
        assert drop_file(shelf, tmp_path)
    assert asked.args == [tmp_path]


def test_a_dropped_drawing_is_left_to_the_window(shelf: Shelf, tmp_path: Path) -> None:
    drawing = tmp_path / "net.layerwise"
    drawing.write_bytes(b"")
    assert not drop_file(shelf, drawing)


def test_language_and_theme_change_while_shown(shelf: Shelf) -> None:
    QTest.mouseClick(tile(shelf, "iris"), LEFT)
    pictures = [shelf.grab().toImage()]
    words.set_language("zh_CN")
    assert shelf.gallery.tiles["iris"].text() == shelf.card.title.text() == "鸢尾花"
    pictures.append(shelf.grab().toImage())
    theme.use("dark")
    pictures.append(shelf.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
