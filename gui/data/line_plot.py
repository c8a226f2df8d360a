"""One sequence as lines over its time steps, painted into any rectangle."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.data_protocol import Array
from gui.data.histograms import stage_colour
from gui.theme import class_colour, colour

DOTTED = 24  # pixels between steps from which on each has a dot


def range_of(values: Array) -> tuple[float, float]:
    """The smallest and the largest of all values, with a little room."""
    there = np.asarray(values, np.float64)
    there = there[np.isfinite(there)]
    if not there.size:
        return 0.0, 1.0
    low, high = float(there.min()), float(there.max())
    room = 0.06 * (high - low) or 0.5
    return low - room, high + room


def points(area: QRectF, values: Array, ends: tuple[float, float]) -> list[QPointF]:
    """Where the values of one feature, (T,), lie in a rectangle."""
    low, high = ends
    step = area.width() / max(len(values) - 1, 1)
    return [
        QPointF(area.left() + i * step, area.bottom() - area.height() * (v - low) / (high - low))
        for i, v in enumerate(np.nan_to_num(np.asarray(values, np.float64)).tolist())
    ]


def paint_lines(
    painter: QPainter, area: QRectF, values: Array, ends: tuple[float, float], stage: str
) -> None:
    """Lines of (T, F), a colour for each feature if there are several."""
    painter.setPen(QPen(colour("border"), 1))
    painter.drawRoundedRect(area, 3, 3)
    inner = area.adjusted(3, 2, -3, -2)
    features = values.shape[1]
    if ends[0] < 0 < ends[1]:
        zero = inner.bottom() - inner.height() * (0 - ends[0]) / (ends[1] - ends[0])
        painter.drawLine(QPointF(inner.left(), zero), QPointF(inner.right(), zero))
    for i in range(features):
        ink = stage_colour(stage) if features == 1 else class_colour(i)
        places = points(inner, values[:, i], ends)
        painter.setPen(QPen(ink, 1.6))
        painter.drawPolyline(QPolygonF(places))
        if inner.width() / max(len(places) - 1, 1) >= DOTTED:
            painter.setBrush(ink)
            for place in places:
                painter.drawEllipse(place, 2.5, 2.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)
