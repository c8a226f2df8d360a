"""One quantity of a run against the batches: light raw curve, dark smoothed one, validation dashed.

Epochs are marked by bands and by an axis of their own at the top.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem, QWidget

from gui.plots.graph import Axis, Graph, pen
from gui.plots.series import Floats, Quantity, Series
from gui.quantities import SHARES
from gui.theme import colour, theme
from gui.ticks import nice_end, nice_step

MOST_COLUMNS = 500  # of a picture of a curve: two points each
MOST_DOTS = 150  # with more epochs in view, validation is a line without dots
EPOCH_PIXELS = 44  # between marks of the axis of epochs
MOST_BANDS = 400
MOST_MARKS = 100
RAW_ALPHA = 95
ROOM = 1.03  # above a share of 1


class EpochAxis(Axis):
    """Marks the ends of epochs, on an axis whose unit is the batch."""

    def __init__(self) -> None:
        super().__init__("top")
        self.batches = 0  # per epoch

    def step(self, low: float, high: float, size: float) -> int:
        """How many epochs lie between two marks."""
        if self.batches <= 0:
            return 1
        most = max(1.0, size / EPOCH_PIXELS)
        return max(1, round(nice_step((high - low) / self.batches / most)))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:  # noqa: N803
        if self.batches <= 0:
            return []
        low, high = sorted((minVal, maxVal))
        distance = self.step(low, high, size) * self.batches
        first = max(1, math.ceil(low / distance))
        return [(distance, [distance * i for i in range(first, int(high // distance) + 1)])]

    def tickStrings(self, values: Any, scale: float, spacing: float) -> list[str]:
        return [f"{round(value / self.batches):,}" for value in values]


class CurvePlot(Graph):
    """The plot of one quantity. `draw` is called whenever data or range have changed."""

    cursor_moved = Signal(int)  # the arrow keys ask for so many batches to the right

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = "loss"
        self.epochs = EpochAxis()
        self.getPlotItem().setAxisItems({"top": self.epochs})
        self.getPlotItem().showAxis("top")
        self.bottom.is_whole = True
        self._marks = QGraphicsPathItem()  # where options were changed
        self._bands = QGraphicsPathItem()
        self._bands.setPen(pen("border", alpha=0))
        self.addItem(self._bands, ignoreBounds=True)
        self.addItem(self._marks, ignoreBounds=True)
        self.raw, self.smooth = pg.PlotCurveItem(), pg.PlotCurveItem()
        self.validation_line = pg.PlotCurveItem(antialias=True)
        self.validation_dots = pg.ScatterPlotItem(size=7, pxMode=True)
        self.cursor = pg.InfiniteLine(angle=90, movable=False)
        self.cursor.hide()
        self._others: list[Any] = []  # curves of earlier runs
        self.moment = pg.InfiniteLine(angle=90, movable=False)  # that is looked back at
        self.moment.hide()
        for item in (
            self.raw,
            self.smooth,
            self.validation_line,
            self.validation_dots,
            self.cursor,
            self.moment,
        ):
            self.addItem(item, ignoreBounds=True)

    def axes(self) -> list[Any]:
        return [self.bottom, self.side, self.epochs]

    @property
    def is_share(self) -> bool:
        """Whether the quantity lies between 0 and 1."""
        return self.name in SHARES

    @property
    def is_logarithmic(self) -> bool:
        """Whether the side axis is logarithmic."""
        return self.side.is_logarithmic

    def show_quantity(self, name: str, logarithmic: bool) -> None:
        """Say which quantity this is; shares are never shown logarithmically."""
        self.name = name
        self.side.is_share = self.is_share
        self.side.is_logarithmic = logarithmic and not self.is_share
        self.side.picture = None  # pyqtgraph keeps the axis as drawn
        self.side.update()

    def recolour(self) -> None:
        super().recolour()
        self.raw.setPen(pen("training", alpha=RAW_ALPHA))
        self.smooth.setPen(pen("training", 2))
        self.validation_dots.setBrush(colour("validation"))
        self.validation_dots.setPen(pen("panel"))
        self.cursor.setPen(pen("faint"))
        self.moment.setPen(pen("accent", 2))
        self._marks.setPen(pen("accent", 1, Qt.PenStyle.DotLine))
        band = colour("grid")
        band.setAlpha(110 if not theme.is_dark else 150)
        self._bands.setBrush(QBrush(band))

    def draw(
        self, quantity: Quantity, validation: Series, batches: int, marks: Sequence[int] = ()
    ) -> None:
        """Hand what is in view to pyqtgraph.

        validation : a value for each epoch
        marks : batches after which an option was changed
        """
        left, right, _, _ = self.view
        columns = min(max(int(self.box.width()), 100), MOST_COLUMNS)
        start, stop = math.floor(left) - 2, math.ceil(right) + 2
        self._hand(self.raw, *quantity.raw.picture(start, stop, columns))
        # Smooth edges are dear on a line that goes up and down within each pixel.
        is_plain = quantity.decay > 0 and stop - start <= 2 * columns
        self.smooth.opts["antialias"] = is_plain
        self._hand(self.smooth, *quantity.smooth.picture(start, stop, columns))
        self._draw_validation(validation, batches)
        self._draw_bands(batches)
        self._draw_marks(marks)

    def _draw_marks(self, marks: Sequence[int]) -> None:
        left, right, bottom, top = self.view
        path = QPainterPath()
        for place in [mark for mark in marks if left <= mark <= right][-MOST_MARKS:]:
            path.moveTo(place, 2 * bottom - top)
            path.lineTo(place, 2 * top - bottom)
        self._marks.setPath(path)

    def _draw_validation(self, validation: Series, batches: int) -> None:
        left, right, _, _ = self.view
        start, stop = 0, 0
        if batches:
            start, stop = math.floor(left / batches) - 2, math.ceil(right / batches) + 2
        x, y = validation.picture(start, stop, MOST_DOTS)
        is_dotted = min(stop, len(validation)) - max(start, 0) <= MOST_DOTS
        style = Qt.PenStyle.DashLine if is_dotted else Qt.PenStyle.SolidLine
        self.validation_line.opts["antialias"] = is_dotted
        self.validation_line.setPen(pen("validation", 2 if is_dotted else 1, style))
        self._hand(self.validation_line, x * batches, y)
        dots = np.isfinite(y) & is_dotted
        self.validation_dots.setData(x[dots] * batches, self._placed(y[dots]))

    def _hand(self, curve: Any, x: Floats, y: Floats) -> None:
        y = self._placed(y)
        whole = np.isfinite(y).all()
        curve.setData(x, y, connect="all" if whole else "finite", skipFiniteCheck=whole)

    def _placed(self, y: Floats) -> Floats:
        if not self.is_logarithmic:
            return y
        return np.log10(np.where(y > 0, y, np.nan))

    def _draw_bands(self, batches: int) -> None:
        if self.epochs.batches != batches:
            self.epochs.batches = batches
            self.epochs.picture = None
            self.epochs.update()
        left, right, bottom, top = self.view
        path = QPainterPath()
        distance = self.epochs.step(left, right, self.box.width()) * batches
        if distance:
            first = max(0, math.floor(left / distance) - 2)
            last = min(math.ceil(right / distance) + 2, first + MOST_BANDS)
            tall = top - bottom  # so that a pan upwards meets no end before the next drawing
            for i in range(first, last):
                if i % 2:
                    path.addRect(QRectF(i * distance, bottom - tall, distance, 3 * tall))
        self._bands.setPath(path)

    def fitting(self, values: list[Floats]) -> tuple[float, float]:
        """Bottom and top of an axis that holds all `values`, at round numbers."""
        if self.is_share:
            return 0.0, ROOM
        found = [v[np.isfinite(v)] for v in values]
        if self.is_logarithmic:
            found = [v[v > 0] for v in found]
        found = [v for v in found if len(v)]
        if not found:
            return (-2.0, 1.0) if self.is_logarithmic else (0.0, 1.0)
        low, high = min(float(v.min()) for v in found), max(float(v.max()) for v in found)
        if self.is_logarithmic:
            top = math.log10(nice_end(1.1 * high))
            return min(-math.log10(nice_end(1.1 / low)), top - 0.3), top
        bottom = 0.0 if low >= 0 else -nice_end(-1.05 * low)
        return bottom, nice_end(1.05 * high) if high > 0 else 0.0

    def set_visible(self, curve: str, visible: bool) -> None:
        """Show or hide "raw", "smooth" or "validation"."""
        curves = {
            "raw": [self.raw],
            "smooth": [self.smooth],
            "validation": [self.validation_line, self.validation_dots],
        }
        for item in curves[curve]:
            item.setVisible(visible)

    def show_cursor(self, batch: int | None) -> None:
        """Mark a batch, or none."""
        self.cursor.setVisible(batch is not None)
        if batch is not None:
            self.cursor.setPos(batch)

    def draw_others(self, lines: Sequence[tuple[Floats, Floats, str]]) -> None:
        """Draw earlier runs: batches, values and colour of each."""
        while len(self._others) > len(lines):
            self.removeItem(self._others.pop())
        while len(self._others) < len(lines):
            line = pg.PlotCurveItem(antialias=True)
            self._others.append(line)
            self.addItem(line, ignoreBounds=True)
        for item, (x, y, tint) in zip(self._others, lines, strict=True):
            item.setPen(pg.mkPen(tint, width=1.6))
            self._hand(item, x, y)

    def show_moment(self, batch: int | None) -> None:
        """Mark the moment that is looked back at, or none."""
        self.moment.setVisible(batch is not None)
        if batch is not None:
            self.moment.setPos(batch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        jump = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        match event.key():
            case Qt.Key.Key_Left:
                self.cursor_moved.emit(-jump)
            case Qt.Key.Key_Right:
                self.cursor_moved.emit(jump)
            case _:
                super().keyPressEvent(event)
