"""Curves of functions: activations, losses, noise; the value in full, the derivative dashed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from gui.inspector.pictures.pens import LEFT, LINE, RIGHT, dots, faded, line, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour

SAMPLES = 121  # points of a curve
MARGIN = 6.0


@dataclass(frozen=True)
class Curve(Picture):
    """y = f(x) from `low` to `high`; a place is one of SAMPLES values of x.

    `key` stands for `at`, which cannot be compared: two curves of one key are the same. Without a
    name for the slope there is none to be shown.
    """

    key: tuple[object, ...]
    low: float
    high: float
    at: Callable[[float], tuple[float, float]] = field(compare=False)
    axis: str = "x"  # what x is, in words
    value: str = "f(x)"  # what f(x) is
    slope: str = ""
    text: str = ""  # what the picture shows

    @property
    def places(self) -> int:
        return SAMPLES

    @property
    def usual(self) -> int:
        return -1

    def _x(self, place: int) -> float:
        return self.low + (self.high - self.low) * place / (SAMPLES - 1)

    def _points(self) -> tuple[list[float], list[tuple[float, float]]]:
        xs = [self._x(i) for i in range(SAMPLES)]
        return xs, [self.at(x) for x in xs]

    def _range(self, points: list[tuple[float, float]]) -> tuple[float, float]:
        """Of y: with room for the slope only as far as that does not flatten the curve."""
        values = [value for value, _ in points]
        low, high = min(*values, 0.0), max(*values, 0.0)
        if self.slope:
            spread = max(high - low, 1e-9)
            low = max(min(low, *(s for _, s in points)), low - 0.6 * spread)
            high = min(max(high, *(s for _, s in points)), high + 0.6 * spread)
        return low, max(high, low + 1e-9)

    def _area(self, room: QRectF) -> QRectF:
        return room.adjusted(MARGIN, LINE + 2, -MARGIN, -LINE)

    def place_at(self, room: QRectF, point: QPointF) -> int:
        area = self._area(room)
        share = (point.x() - area.left()) / area.width()
        return round(share * (SAMPLES - 1)) if 0 <= share <= 1 else -1

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        area, (xs, points) = self._area(room), self._points()
        low, high = self._range(points)

        def place(x: float, y: float) -> QPointF:
            across = (x - self.low) / (self.high - self.low)
            up = min(max((y - low) / (high - low), -0.02), 1.02)
            return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

        axis = colour("border")
        line(painter, axis, place(self.low, 0.0), place(self.high, 0.0))
        if self.low < 0 < self.high:
            line(painter, axis, place(0.0, low), place(0.0, high))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.slope:
            painter.setPen(QPen(colour("validation"), 1.4, Qt.PenStyle.DashLine))
            pairs = zip(xs, points, strict=True)
            painter.drawPolyline(QPolygonF([place(x, slope) for x, (_, slope) in pairs]))
        painter.setPen(QPen(colour("accent"), 2.0))
        painter.drawPolyline(QPolygonF([place(x, y) for x, (y, _) in zip(xs, points, strict=True)]))
        self._legend(painter, room)
        if at >= 0:
            x = self._x(at)
            value, slope = self.at(x)
            line(painter, faded("faint", 120), place(x, low), place(x, high))
            dots(painter, colour("accent"), [place(x, value)], 3.5)
            if self.slope:
                dots(painter, colour("validation"), [place(x, slope)], 3.0)

    def _legend(self, painter: QPainter, room: QRectF) -> None:
        above = QRectF(room.left(), room.top(), room.width(), LINE)
        write(painter, above, self.value, "accent", LEFT, bold=True)
        if self.slope:
            write(painter, above, self.slope, "validation", RIGHT, bold=True)
        below = QRectF(room.left(), room.bottom() - LINE, room.width(), LINE)
        write(painter, below, brief(self.low), place=LEFT)
        write(painter, below, self.axis)
        write(painter, below, brief(self.high), place=RIGHT)

    def words(self) -> str:
        return self.text

    def told(self, at: int) -> str:
        if at < 0:
            return ""
        x = self._x(at)
        value, slope = self.at(x)
        parts = [f"{self.axis} {brief(x)}", f"{self.value} {brief(value)}"]
        if self.slope:
            parts.append(f"{self.slope} {brief(slope)}")
        return " · ".join(parts)


def brief(value: float) -> str:
    """A number with three digits: −0.25, 3, 1e−05."""
    return f"{value + 0.0:.3g}".replace("-", "−")


def bell(deviation: float) -> Callable[[float], tuple[float, float]]:
    """How often a normal distribution gives each value, the most frequent one counting 1."""

    def at(x: float) -> tuple[float, float]:
        height = math.exp(-0.5 * (x / deviation) ** 2) if deviation else float(x == 0)
        return height, 0.0

    return at
