"""A run's course as a small line in its row."""

from __future__ import annotations

import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from gui.theme import colour, px

RIM, MOST = 4.0, 200  # pixels around the line, points of it


class CurveDelegate(QStyledItemDelegate):
    """Paints the values of `Qt.UserRole` from the left to the right, low to high."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        values = [v for v in index.data(Qt.ItemDataRole.UserRole) or () if math.isfinite(v)]
        rim = px(RIM)
        area = QRectF(option.rect).adjusted(rim, rim, -rim, -rim)
        line = polyline(values, area)
        if line.isEmpty():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("validation"), px(1.5)))
        painter.drawPolyline(line)
        painter.restore()


def polyline(values: list[float], area: QRectF) -> QPolygonF:
    """Values as a line that fills an area; a single value is a level line."""
    if not values:
        return QPolygonF()
    shown = values[:: max(len(values) // MOST, 1)]
    if shown[-1] != values[-1]:
        shown.append(values[-1])
    low, high = min(shown), max(shown)
    tall = (high - low) or 1.0
    if len(shown) == 1:
        shown = shown * 2
    wide = area.width() / (len(shown) - 1)
    return QPolygonF(
        [
            QPointF(area.left() + wide * i, area.bottom() - area.height() * (value - low) / tall)
            for i, value in enumerate(shown)
        ]
    )
