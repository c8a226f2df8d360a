"""The list of changes in words. A row is as high as its words need, which are never cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from gui.difference.marks import tone
from gui.difference_words import ADDED, CHANGED, REMOVED, Line
from gui.theme import STEP, icon, px
from gui.words import tr

SIGNS = {
    ADDED: ("added", "mdi6.plus-circle"),
    REMOVED: ("removed", "mdi6.minus-circle"),
    CHANGED: ("changed", "mdi6.not-equal-variant"),
}
BESIDE = 16 * STEP  # what the sign and the margins take of the width


class Rows(QStyledItemDelegate):
    """Measures by the width that there is, which a style sheet's margins make smaller."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.view = view

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        room = max(self.view.viewport().width() - px(BESIDE), px(BESIDE))
        text = str(index.data())
        wrapped = Qt.TextFlag.TextWordWrap
        area = self.view.fontMetrics().boundingRect(QRect(0, 0, room, 10_000), wrapped, text)
        return QSize(room, area.height() + px(4 * STEP))


class ChangeList(QListWidget):
    """Several can be chosen; the changes that stay keep their choice when others come or go."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contents")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(Rows(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these changes."""
        chosen = {line.change for line in self.chosen_lines()}
        self.blockSignals(True)
        self.clear()
        for line in lines:
            name, sign = SIGNS[line.sign]
            item = QListWidgetItem(icon(sign, tone(line.sign)), line.text, self)
            item.setData(Qt.ItemDataRole.UserRole, line)
            heard = f"{tr(f'difference.{name}_name')}: {line.text}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, heard)
            item.setSelected(line.change in chosen)
        self.blockSignals(False)
        self.itemSelectionChanged.emit()

    def chosen_lines(self) -> list[Line]:
        """The changes that are selected."""
        lines: list[Line] = []
        for item in self.selectedItems():
            lines.append(item.data(Qt.ItemDataRole.UserRole))
        return lines

    def choose_box(self, side: str, id: str) -> None:
        """Select the changes of a box of one side, "first" or "second"."""
        self.blockSignals(True)
        self.clearSelection()
        for row in range(self.count()):
            item = self.item(row)
            line: Line = item.data(Qt.ItemDataRole.UserRole)
            if id and getattr(line, side) == id:
                item.setSelected(True)
                self.scrollToItem(item)
        self.blockSignals(False)
        self.itemSelectionChanged.emit()
