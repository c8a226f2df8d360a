"""How the rows of the palette look: headings with a colour, layer types with icon and sentence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from engine.layers import CATALOGUE
from gui.box import BLOCK_ICON
from gui.sizes import enlarged
from gui.theme import RADIUS, category_colour, colour, font, icon, px

KIND = Qt.ItemDataRole.UserRole
CATEGORY = Qt.ItemDataRole.UserRole + 1
LINE = Qt.ItemDataRole.UserRole + 2
BLOCK = Qt.ItemDataRole.UserRole + 3  # the path of one's own block
ROW, HEAD = 44, 30  # heights, pixels
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Paints a category as a heading, and a layer type with what it does."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(160), px(ROW if _is_entry(index) else HEAD))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        area: QRect = option.rect
        editor.setGeometry(area.adjusted(px(48), px(8), -px(8), -px(8)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(colour("accent") if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(QRectF(area).adjusted(4.5, 1.5, -4.5, -1.5), RADIUS, RADIUS)
        is_open = bool(option.state & QStyle.StateFlag.State_Open)
        with enlarged(painter, area) as row:
            if _is_entry(index):
                self._entry(painter, row, index)
            else:
                self._head(painter, row, index, is_open)
        painter.restore()

    def _head(self, painter: QPainter, area: QRect, index: Index, is_open: bool) -> None:
        sign = "mdi6.chevron-down" if is_open else "mdi6.chevron-right"
        middle = area.center().y()
        icon(sign, colour("faint")).paint(painter, QRect(area.left() + 8, middle - 8, 18, 18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(category_colour(index.data(CATEGORY)))
        painter.drawRoundedRect(QRectF(area.left() + 30, middle - 5, 12, 12), 3.0, 3.0)
        painter.setPen(colour("text"))
        painter.setFont(font(9.5, bold=True))
        place = area.adjusted(50, 0, -8, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(index.data()))

    def _entry(self, painter: QPainter, area: QRect, index: Index) -> None:
        tint = category_colour(index.data(CATEGORY))
        tile = QRectF(area.left() + 14, area.center().y() - 15, 30, 30)
        painter.setPen(Qt.PenStyle.NoPen)
        tint.setAlpha(38)
        painter.setBrush(tint)
        painter.drawRoundedRect(tile, 6.0, 6.0)
        tint.setAlpha(255)
        kind = index.data(KIND)
        name = CATALOGUE[kind].icon if kind else BLOCK_ICON
        icon(name, tint).paint(painter, tile.adjusted(5.0, 5.0, -5.0, -5.0).toRect())
        rows = ((index.data(), 10.0, "text", 4), (index.data(LINE), 8.5, "faint", 23))
        for text, size, tone, top in rows:
            letters = font(size)
            painter.setFont(letters)
            painter.setPen(colour(tone))
            place = QRect(area.left() + 52, area.top() + top, area.width() - 62, 18)
            metrics = QFontMetrics(letters)
            shown = metrics.elidedText(str(text), Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def _is_entry(index: Index) -> bool:
    """Whether a row is a layer type or a block, and no heading."""
    return bool(index.data(KIND) or index.data(BLOCK))
