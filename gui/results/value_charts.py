"""Predicted numbers: over the true ones, how far they are off, and both in the order of time."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from engine.protocol import ValueResults
from gui.formats import count, number
from gui.hover_card import Row
from gui.results.plane import DOT, Plane, View, around, line_pen
from gui.results.scores import Numbers
from gui.theme import class_colour, colour
from gui.words import tr

SHOWN = 300  # samples of a forecast


class PairsChart(Plane):
    """Predicted over true: what is right lies on the diagonal."""

    def __init__(self, room: QWidget) -> None:
        self.determination = 0.0
        super().__init__(room)

    def show_values(self, results: ValueResults, d: int) -> None:
        """Show the pairs of one of the numbers."""
        self.determination = float(results.determination[d])
        low, high = around(results.pairs[d])
        self.show_spots(results.pairs[d], View(low, high, low, high))

    def words(self) -> tuple[str, str, str]:
        known = np.isfinite(self.determination)
        title = tr("results.pairs", r2=f"{self.determination:.3f}" if known else "–")
        return title.replace("-", "−"), tr("plots.values.true"), tr("plots.values.predicted")

    def told(self, spot: int) -> tuple[str, list[Row]]:
        true, said = self.spots[spot].tolist()
        return tr("results.pair"), _pair_rows(true, said)

    def draw_data(self, painter: QPainter) -> None:
        view = self.view
        painter.setPen(line_pen("faint", 1, Qt.PenStyle.DashLine))
        painter.drawLine(self.place(view.left, view.left), self.place(view.right, view.right))
        tint = class_colour(0)
        tint.setAlphaF(0.55)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        for point in self.polygon(self.spots).toList():
            painter.drawEllipse(point, DOT, DOT)


class ErrorsChart(Plane):
    """How often predictions are off by how much; too low on the left, too high on the right."""

    def __init__(self, room: QWidget) -> None:
        self.far = 0.0
        super().__init__(room)

    def show_values(self, results: ValueResults, d: int) -> None:
        """Show the errors of one of the numbers."""
        counts, reach = results.errors[d], float(results.reach[d])
        self.far = float(results.mean_absolute[d])
        self.half = reach / len(counts)  # of the width of a bar
        middles = np.linspace(-reach + self.half, reach - self.half, len(counts))
        spots = np.stack([middles, counts.astype(np.float64)], axis=1)
        most = 1.05 * max(float(counts.max()), 1.0)
        self.show_spots(spots, View(-reach, reach, 0.0, most, counts=True))

    def words(self) -> tuple[str, str, str]:
        title = tr("results.errors", far=number(self.far))
        return title, tr("results.error"), tr("results.answers")

    def told(self, spot: int) -> tuple[str, list[Row]]:
        middle, many = self.spots[spot].tolist()
        low, high = number(middle - self.half), number(middle + self.half)
        return tr("results.between", low=low, high=high), [
            ("", tr("results.answers"), count(int(many)))
        ]

    def draw_data(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(class_colour(0))
        for middle, many in self.spots.tolist():
            corner = self.place(middle - self.half, many)
            end = self.place(middle + self.half, 0)
            painter.drawRect(QRectF(corner, end).adjusted(0.5, 0, -0.5, 0))
        painter.setPen(line_pen("text", 1, Qt.PenStyle.DashLine))
        painter.drawLine(self.place(0, 0), self.place(0, self.view.top))


class ForecastChart(Plane):
    """True and predicted numbers in the order of time."""

    def __init__(self, room: QWidget) -> None:
        self.pairs: Numbers = np.zeros((0, 2))
        super().__init__(room)

    def show_values(self, results: ValueResults, d: int) -> None:
        """Show the first of one of the numbers."""
        self.pairs = results.first[d][:SHOWN]
        steps = np.arange(1.0, len(self.pairs) + 1)
        low, high = around(self.pairs)
        spots = np.stack([steps, self.pairs[:, 1]], axis=1)
        self.show_spots(spots, View(1.0, max(float(len(steps)), 2.0), low, high))

    def words(self) -> tuple[str, str, str]:
        return tr("results.forecast"), tr("results.order"), tr("results.value")

    def told(self, spot: int) -> tuple[str, list[Row]]:
        true, said = self.pairs[spot].tolist()
        return tr("results.sample", number=count(spot + 1)), _pair_rows(true, said)

    def draw_data(self, painter: QPainter) -> None:
        for column, pen in (
            (0, line_pen(colour("text"), 1.5)),
            (1, line_pen("validation", 2, Qt.PenStyle.DashLine)),
        ):
            painter.setPen(pen)
            points = np.stack([self.spots[:, 0], self.pairs[:, column]], axis=1)
            painter.drawPolyline(self.polygon(points))


def _pair_rows(true: float, said: float) -> list[Row]:
    return [
        (colour("text").name(), tr("plots.values.true"), number(true)),
        (colour("validation").name(), tr("plots.values.predicted"), number(said)),
        ("", tr("results.error"), number(said - true)),
    ]
