"""The marks of painted points: each class has a colour and a shape of its own."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.theme import class_colour, colour

UP, DOWN = -90.0, 90.0  # degrees at which the first corner lies

# of each class: number of corners, where the first one lies, and how far corners lie inwards in
# between (0: not at all); no corners make a disc
SHAPES = (
    (0, 0.0, 0.0),
    (4, 45.0, 0.0),
    (3, UP, 0.0),
    (4, 0.0, 0.0),
    (3, DOWN, 0.0),
    (5, UP, 0.45),
    (4, 45.0, 0.4),
    (6, 0.0, 0.0),
    (4, 0.0, 0.4),
    (5, UP, 0.0),
)


def paint_mark(painter: QPainter, at: QPointF, label: int, radius: float) -> None:
    """Paint one point of a class."""
    corners, first, inwards = SHAPES[label]
    painter.setPen(QPen(colour("canvas"), max(0.6, radius / 6)))
    painter.setBrush(class_colour(label))
    if not corners:
        painter.drawEllipse(at, radius, radius)
        return
    larger = radius * (1.35 if corners == 3 or inwards else 1.15)  # as much surface as the disc
    painter.drawPolygon(_polygon(at, corners, first, inwards, larger))


def _polygon(at: QPointF, corners: int, first: float, inwards: float, radius: float) -> QPolygonF:
    steps = 2 * corners if inwards else corners
    found = []
    for i in range(steps):
        angle = math.radians(first + 360.0 * i / steps)
        away = radius * inwards if inwards and i % 2 else radius
        found.append(QPointF(at.x() + away * math.cos(angle), at.y() + away * math.sin(angle)))
    return QPolygonF(found)
