"""How a page that was found looks in the list: its title, and below it what stands around."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.theme import STEP, colour, font

PAGE = Qt.ItemDataRole.UserRole
SNIPPET = Qt.ItemDataRole.UserRole + 1
TITLE, TEXT = 10.0, 9.0  # font sizes
LINES = 2  # of the snippet
Index = QModelIndex | QPersistentModelIndex


class HitPainter(QStyledItemDelegate):
    """A title in bold, and two lines of text."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title, text = (QFontMetrics(font(size)).lineSpacing() for size in (TITLE, TEXT))
        return QSize(160, title + LINES * text + 4 * STEP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(QRectF(area).adjusted(1.0, 1.0, -1.0, -1.0), 6.0, 6.0)
        inner = area.adjusted(2 * STEP, STEP, -2 * STEP, -STEP)
        painter.setFont(font(TITLE, bold=True))
        painter.setPen(colour("accent" if chosen else "text"))
        metrics = painter.fontMetrics()
        end = Qt.TextElideMode.ElideRight
        painter.drawText(
            inner,
            Qt.AlignmentFlag.AlignTop,
            metrics.elidedText(str(index.data()), end, inner.width()),
        )
        painter.setFont(font(TEXT))
        painter.setPen(colour("faint"))
        below = inner.adjusted(0, metrics.lineSpacing() + 2, 0, 0)
        below.setHeight(LINES * painter.fontMetrics().lineSpacing())
        painter.setClipRect(below)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags), str(index.data(SNIPPET)))
        painter.restore()
