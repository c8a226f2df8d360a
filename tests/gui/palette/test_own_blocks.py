"""One's own blocks in the palette: found, chosen, dragged, renamed and taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDrag, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from gui.box import BLOCK_MIME
from gui.canvas.clipboard import part
from gui.my_blocks import MyBlocks, block_in
from gui.palette.palette import Palette
from gui.palette.rows import BLOCK
from tests.gui.canvas.grouped import INSIDE, grouped

COPY, LEFT, NONE = (
    Qt.DropAction.CopyAction,
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
)
Shown = tuple[Palette, MyBlocks]


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Shown:
    blocks = MyBlocks(tmp_path / "blocks")
    palette = Palette(blocks)
    palette.resize(240, 900)
    qtbot.addWidget(palette)
    with qtbot.waitExposed(palette):
        palette.show()
    blocks.save(part(grouped(), INSIDE))
    return palette, blocks


def row(palette: Palette) -> QTreeWidgetItem:
    """The row of the one block."""
    head = palette.entries.topLevelItem(0)
    assert head is not None and head.childCount() == 1
    item = head.child(0)
    assert item is not None and item.data(0, BLOCK)
    return item


def place(palette: Palette) -> QPoint:
    return palette.entries.visualItemRect(row(palette)).center()


def heard(signal: object) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    signal.connect(lambda *values: found.append(values))  # type: ignore[attr-defined]
    return found


def test_a_saved_block_stands_at_the_top_with_its_layers(shown: Shown) -> None:
    palette, blocks = shown
    item = row(palette)
    assert item.text(0) == "Stem" and "Conv2D, MaxPool2D" in item.toolTip(0)
    assert not palette.grab().isNull()
    blocks.remove(blocks.all()[0])
    head = palette.entries.topLevelItem(0)
    assert head is not None and head.text(0) == "Data"  # no heading over nothing


def test_it_is_chosen_by_double_click_and_enter_and_found(shown: Shown) -> None:
    palette, blocks = shown
    path = str(blocks.all()[0].path)
    chosen = heard(palette.entries.block_chosen)
    window = palette.entries.viewport()
    QTest.mouseClick(window, LEFT, NONE, place(palette))
    QTest.mouseDClick(window, LEFT, NONE, place(palette))
    QTest.keyClick(palette.entries, Qt.Key.Key_Return)
    assert chosen == [(path,), (path,)]
    QTest.keyClicks(palette.search, "stem")
    assert palette.entries.first() is row(palette)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert len(chosen) == 3
    QTest.keyClicks(palette.search, "xyz")
    assert row(palette).isHidden() and palette.entries.isHidden()


def test_it_is_dragged_as_boxes_and_as_a_file(shown: Shown) -> None:
    palette, blocks = shown
    block = blocks.all()[0]
    drags: list[QDrag] = []
    palette.entries.run_drag = drags.append
    palette.entries.setCurrentItem(row(palette))
    palette.entries.startDrag(COPY)
    (drag,) = drags
    data = drag.mimeData()
    found = block_in(bytes(data.data(BLOCK_MIME).data()).decode(), block.path)
    assert found == block and data.urls() == [QUrl.fromLocalFile(str(block.path))]
    assert not drag.pixmap().isNull()
    enter = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    QApplication.sendEvent(palette, enter)
    assert not enter.isAccepted()  # it is in the palette already


def test_f2_renames_and_delete_takes_away(shown: Shown, qtbot: QtBot) -> None:
    palette, blocks = shown
    path = str(blocks.all()[0].path)
    renamed, removed = heard(palette.entries.block_renamed), heard(palette.entries.block_removed)
    palette.entries.setFocus()
    palette.entries.setCurrentItem(row(palette))
    QTest.keyClick(palette.entries, Qt.Key.Key_F2)
    editor = palette.entries.findChild(QLineEdit)
    assert editor is not None and editor.isVisible()
    editor.selectAll()
    QTest.keyClicks(editor, "Encoder")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: renamed == [(path, "Encoder")])
    QTest.keyClick(palette.entries, Qt.Key.Key_Delete)
    assert removed == [(path,)]


def menu(palette: Palette) -> dict[str, Callable[[], None]]:
    at, reason = place(palette), QContextMenuEvent.Reason.Mouse
    there = palette.entries.viewport().mapToGlobal(at)
    QApplication.sendEvent(palette.entries.viewport(), QContextMenuEvent(reason, at, there))
    (found,) = [each for each in palette.entries.findChildren(QMenu) if each.isVisible()]
    actions = {action.text(): action.trigger for action in found.actions()}
    assert all(action.toolTip() for action in found.actions())
    found.close()
    return actions


def test_the_menu_uses_exports_and_deletes(shown: Shown) -> None:
    palette, blocks = shown
    path = str(blocks.all()[0].path)
    entries = palette.entries
    told = [heard(s) for s in (entries.block_chosen, entries.export_wanted, entries.block_removed)]
    actions = menu(palette)
    for name in ("Put it into the drawing", "Export to a file…", "Delete"):
        actions[name]()
    assert told == [[(path,)]] * 3


def test_files_dropped_on_the_palette_are_handed_on(shown: Shown, tmp_path: Path) -> None:
    palette, _ = shown
    dropped = heard(palette.block_dropped)
    data = QMimeData()
    paths = [str(tmp_path / name) for name in ("theirs.json", "picture.png")]
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    enter = QDragEnterEvent(QPoint(9, 9), COPY, data, LEFT, NONE)
    QApplication.sendEvent(palette, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(palette, QDropEvent(QPointF(9, 9), COPY, data, LEFT, NONE))
    assert dropped == [(paths[0],)]
