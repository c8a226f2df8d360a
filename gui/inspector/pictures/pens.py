"""How all pictures paint cells, arrows and small words, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gui.theme import FONT_POINTS, colour, font

SMALL = FONT_POINTS - 2
LINE = 14.0  # height of a line of small words, pixels
CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def faded(tint: QColor | str, alpha: int) -> QColor:
    """A colour, or that of the theme by its name, that lets the ground shine through."""
    made = QColor(tint) if isinstance(tint, QColor) else colour(tint)
    made.setAlpha(alpha)
    return made


def block(painter: QPainter, rect: QRectF, fill: QColor, edge: QColor | None = None) -> None:
    """A filled rectangle; the edge is as thin as the screen can show."""
    painter.fillRect(rect, fill)
    if edge is not None:
        frame(painter, rect, edge)


def frame(painter: QPainter, rect: QRectF, tint: QColor, width: float = 1.0) -> None:
    """An empty rectangle."""
    painter.setPen(QPen(tint, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    tint: str = "faint",
    place: Qt.AlignmentFlag = CENTRE,
    bold: bool = False,
) -> None:
    """Small words, shortened where they do not fit."""
    painter.setFont(font(SMALL, bold))
    painter.setPen(colour(tint))
    mode = Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(text, mode, int(rect.width()) + 1)
    painter.drawText(rect, int(place), shown)


def line(painter: QPainter, tint: QColor, start: QPointF, end: QPointF, width: float = 1.0) -> None:
    """A straight line."""
    painter.setPen(QPen(tint, width))
    painter.drawLine(QLineF(start, end))


def arrow(painter: QPainter, tint: QColor, start: QPointF, end: QPointF) -> None:
    """A line with a head at its end."""
    whole = QLineF(start, end)
    if whole.length() < 1:
        return
    unit = whole.unitVector()
    along = QPointF(unit.dx(), unit.dy())
    across = QPointF(-along.y(), along.x())
    base = end - along * 5
    line(painter, tint, start, base, 1.2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawPolygon(QPolygonF([end, base + across * 2.8, base - across * 2.8]))


def dots(painter: QPainter, tint: QColor, points: Iterable[QPointF], radius: float) -> None:
    """Filled circles."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    for point in points:
        painter.drawEllipse(point, radius, radius)


def thinned(count: int, most: int) -> list[int]:
    """Which of `count` things are shown where `most` have room; -1 stands for those left out.

    The first and the last are always there: 0, 1, 2, -1, 99.
    """
    if count <= most:
        return list(range(count))
    return [*range(most - 2), -1, count - 1]
