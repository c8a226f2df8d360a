"""Correlations of all pairs as colours: which features say the same, and which say the target."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter

from engine.data_protocol import Correlations, Shown
from gui.class_names import DataName, class_name, feature_name, target_name
from gui.data.chart import Chart, Spot, elided
from gui.exporting import Cell
from gui.theme import FONT_POINTS, STEP, class_colour, colour, font
from gui.words import tr

SIDE = (14, 46)  # of a square: at least, at most
NAME = (40, 150)  # room for names
WRITTEN = 30  # squares of this side have their number written into them
LEGEND = 132  # width
UNKNOWN = "–"
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def column_name(dataset: DataName, name: tuple[str, int]) -> str:
    """The name of a row of the matrix."""
    kind, index = name
    if kind == "class":
        return tr("shown.class", name=class_name(dataset, index))
    return target_name(dataset, index) if kind == "target" else feature_name(dataset, index)


def value_text(value: float) -> str:
    """A correlation: 0.87, −0.12, or a dash where nothing can be said."""
    return f"{value:.2f}".replace("-", "−") if math.isfinite(value) else UNKNOWN


def tint(value: float) -> QColor:
    """Orange for what rises together, blue for the opposite, the paper for nothing."""
    paper = colour("panel")
    if not math.isfinite(value):
        return colour("hover")
    ink, share = class_colour(4 if value > 0 else 0), min(abs(value), 1.0) * 0.9
    mixed = (
        round(share * a + (1 - share) * b)
        for a, b in zip(ink.getRgb()[:3], paper.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


class HeatMap(Chart):
    """A square for each pair; the targets come last, behind a line."""

    def _found(self) -> Correlations | None:
        return self.shown.correlations if self.shown is not None else None

    def names(self) -> list[str]:
        """What the rows are called."""
        found = self._found()
        return [column_name(self.dataset, name) for name in found.names] if found else []

    def _sizes(self, width: int) -> tuple[float, float]:
        """Side of a square and room for names."""
        names = self.names()
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        room = min(max(widest + STEP, NAME[0]), NAME[1])
        side = (width - room - LEGEND - 4 * STEP) / max(len(names), 1)
        parent = self.parentWidget()
        height = parent.height() if parent is not None else 400
        high = (height - room - 2 * STEP) / max(len(names), 1)
        return min(max(min(side, max(high, 22)), SIDE[0]), SIDE[1]), room

    def height_for(self, width: int) -> int:
        side, room = self._sizes(width)
        return int(room + side * len(self.names()) + 3 * STEP)

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        found = shown.correlations
        if found is None:
            return
        names, (side, room) = self.names(), self._sizes(self.width())
        left, top = 2 * STEP + room, STEP + room
        self._paint_names(painter, names, side, room)
        painter.setFont(font(FONT_POINTS - 2))
        for i, row in enumerate(names):
            for j, column in enumerate(names):
                value = float(found.values[i, j])
                area = QRectF(left + j * side, top + i * side, side, side)
                painter.fillRect(area.adjusted(0.5, 0.5, -0.5, -0.5), tint(value))
                text = value_text(value)
                if side >= WRITTEN:
                    strong = abs(value) > 0.6
                    painter.setPen(colour("panel" if strong else "text"))
                    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
                yield Spot(area, f"{row}  ·  {column}", [(tint(value).name(), "r", text)])
        features = sum(kind == "feature" for kind, _ in found.names)
        if 0 < features < len(names):
            painter.setPen(colour("text"))
            edge, far = features * side, len(names) * side
            painter.drawLine(QPointF(left, top + edge), QPointF(left + far, top + edge))
            painter.drawLine(QPointF(left + edge, top), QPointF(left + edge, top + far))
        self._paint_legend(painter, left + len(names) * side + 5 * STEP, top, found.left_out)

    def _paint_names(self, painter: QPainter, names: list[str], side: float, room: float) -> None:
        painter.setPen(colour("text"))
        for i, name in enumerate(names):
            row = QRectF(STEP, STEP + room + i * side, room, side)
            elided(painter, row, name, RIGHT)
            painter.save()
            painter.translate(2 * STEP + room + (i + 0.5) * side, room)
            painter.rotate(-90)
            elided(painter, QRectF(0, -side / 2, room - STEP, side), name, LEFT)
            painter.restore()

    def _paint_legend(self, painter: QPainter, left: float, top: float, left_out: int) -> None:
        painter.setFont(font(FONT_POINTS - 1))
        bar = QRectF(left, top, 12, 96)
        scale = QLinearGradient(bar.bottomLeft(), bar.topLeft())
        for share in np.linspace(0, 1, 9):
            scale.setColorAt(float(share), tint(2 * float(share) - 1))
        painter.fillRect(bar, scale)
        painter.setPen(colour("faint"))
        marks = (("1", "shown.correlation.with"), ("0", ""), ("−1", "shown.correlation.against"))
        for i, (number, key) in enumerate(marks):
            words = f"{number}  {tr(key)}" if key else number
            place = QRectF(left + 18, top + i * 48 - 10, self.width() - left - 20, 20)
            elided(painter, place, words, LEFT)
        if left_out:
            place = QRectF(left, top + 116, self.width() - left - STEP, 80)
            words = tr("shown.correlation.left_out", count=left_out)
            painter.drawText(place, Qt.TextFlag.TextWordWrap, words)

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        names = self.names()
        yield ["", *names]
        if shown.correlations is not None:
            for name, row in zip(names, shown.correlations.values.tolist(), strict=True):
                yield [name, *row]
