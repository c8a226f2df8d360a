"""One class against the rest, as ROC and precision-recall curve; and how true probabilities are."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from engine.protocol import ClassResults
from gui.formats import count, percent
from gui.hover_card import Row
from gui.results.plane import DOT, UNIT, Plane, line_pen
from gui.results.scores import Numbers, calibration_error, divided
from gui.theme import class_colour, colour
from gui.words import tr

HIGH = 0.3  # of the chart: the longest bar of counts


class CurveChart(Plane):
    """A curve over all thresholds. `columns` of a point are drawn across and up."""

    def __init__(self, room: QWidget, key: str, columns: tuple[int, int]) -> None:
        self.key, self.columns = key, columns
        self.curve: Numbers = np.zeros((0, 4))
        self.area_below, self.share = math.nan, 0.0
        super().__init__(room)

    def show_class(self, results: ClassResults, k: int) -> None:
        """Show the curve of a class."""
        curve = results.curves[k].astype(np.float64)
        self.curve = curve[np.isfinite(curve).all(axis=1)]
        self.area_below = float(results.areas[k, 0 if self.key == "roc" else 1])
        table = results.calibration[1 + k]
        self.share = float(table[:, 1].sum() / max(table[:, 0].sum(), 1))
        self.show_spots(self.curve[:, list(self.columns)], UNIT)

    def words(self) -> tuple[str, str, str]:
        area = "–" if math.isnan(self.area_below) else f"{self.area_below:.3f}"
        title = tr(f"results.{self.key}", area=area)
        if self.key == "roc":
            return title, tr("results.false_rate"), tr("results.true_rate")
        return title, tr("results.column.recall"), tr("results.column.precision")

    def told(self, spot: int) -> tuple[str, list[Row]]:
        threshold, false, true, precision = self.curve[spot].tolist()
        return tr("results.threshold", value=percent(threshold)), [
            ("", tr("results.false_rate"), percent(false)),
            ("", tr("results.true_rate"), percent(true)),
            ("", tr("results.column.precision"), percent(precision)),
        ]

    def draw_data(self, painter: QPainter) -> None:
        painter.setPen(line_pen("faint", 1, Qt.PenStyle.DashLine))  # what chance would reach
        if self.key == "roc":
            painter.drawLine(self.place(0, 0), self.place(1, 1))
        else:
            painter.drawLine(self.place(0, self.share), self.place(1, self.share))
        painter.setPen(line_pen(class_colour(0), 2))
        points = self.spots
        if self.key == "roc" and len(points):
            points = np.concatenate([[[0.0, 0.0]], points])
        painter.drawPolyline(self.polygon(points))


class CalibrationChart(Plane):
    """How often answers are right that are so and so sure; below, how many there are."""

    def __init__(self, room: QWidget) -> None:
        self.table: Numbers = np.zeros((0, 3))
        self.error = 0.0
        super().__init__(room)

    def show_results(self, results: ClassResults) -> None:
        """Show the calibration of the classes named."""
        table = results.calibration[0]
        self.error = calibration_error(table)
        self.bins = len(table)
        self.filled = np.flatnonzero(table[:, 0])
        self.table = table
        found = table[self.filled]
        spots = np.stack([divided(found[:, i], found[:, 0]) for i in (2, 1)], axis=1)
        self.show_spots(spots, UNIT)

    def words(self) -> tuple[str, str, str]:
        title = tr("results.calibration", error=percent(self.error))
        return title, tr("results.sure"), tr("results.right")

    def told(self, spot: int) -> tuple[str, list[Row]]:
        at = int(self.filled[spot])
        low, high = (f"{100 * (at + i) / self.bins:.0f} %" for i in (0, 1))
        sure, right = self.spots[spot].tolist()
        return tr("results.between", low=low, high=high), [
            ("", tr("results.answers"), count(int(self.table[at, 0]))),
            ("", tr("results.sure"), percent(sure)),
            ("", tr("results.right"), percent(right)),
        ]

    def draw_data(self, painter: QPainter) -> None:
        most = float(self.table[:, 0].max(initial=0.0)) or 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("border"))
        for i, answers in enumerate(self.table[:, 0].tolist()):
            corner = self.place(i / self.bins, HIGH * answers / most)
            end = self.place((i + 1) / self.bins, 0)
            painter.drawRect(QRectF(corner, end).adjusted(1, 0, -1, 0))
        painter.setPen(line_pen("faint", 1, Qt.PenStyle.DashLine))  # as sure as right
        painter.drawLine(self.place(0, 0), self.place(1, 1))
        painter.setPen(line_pen(class_colour(0), 2))
        line = self.polygon(self.spots)
        painter.drawPolyline(line)
        painter.setBrush(class_colour(0))
        for point in line.toList():
            painter.drawEllipse(point, DOT, DOT)
