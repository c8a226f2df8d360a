"""The palette's rows for a person's own blocks, and what can be done with them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QTreeWidgetItem

from gui.describe import kind_name
from gui.my_blocks import Block
from gui.palette.rows import BLOCK, CATEGORY, LINE
from gui.theme import icon
from gui.words import tr

if TYPE_CHECKING:
    from gui.palette.entries import Entries


def add_head(entries: Entries) -> QTreeWidgetItem:
    """The heading above one's own blocks."""
    head = QTreeWidgetItem(entries, [tr("blocks.head")])
    head.setData(0, CATEGORY, "")
    head.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    head.setToolTip(0, tr("blocks.head.tip"))
    return head


def add_row(head: QTreeWidgetItem, block: Block) -> QTreeWidgetItem:
    """A block, with the layers that it is made of."""
    item = QTreeWidgetItem(head, [block.name])
    line = ", ".join(dict.fromkeys(kind_name(n.kind) for n in block.document.network.nodes))
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    item.setData(0, BLOCK, str(block.path))
    item.setData(0, CATEGORY, "")
    item.setData(0, LINE, line)
    item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, line)
    item.setToolTip(0, tr("blocks.tip", name=block.name, line=line))
    return item


def menu_for(entries: Entries, item: QTreeWidgetItem, at: QPoint) -> QMenu:
    """The context menu of a block; it deletes itself when closed."""
    menu = QMenu(entries)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    path = str(item.data(0, BLOCK))
    for sign, key, act in (
        ("mdi6.plus-box-outline", "use", lambda: entries.block_chosen.emit(path)),
        ("mdi6.rename-outline", "rename", lambda: entries.editItem(item)),
        ("mdi6.export", "export", lambda: entries.export_wanted.emit(path)),
        ("mdi6.delete-outline", "delete", lambda: entries.block_removed.emit(path)),
    ):
        action = menu.addAction(icon(sign), tr(f"blocks.menu.{key}"))
        action.setToolTip(tr(f"blocks.menu.{key}.tip"))
        action.triggered.connect(lambda _=False, act=act: act())
    menu.setToolTipsVisible(True)
    menu.popup(at)
    return menu
