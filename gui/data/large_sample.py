"""One picture or sequence as large as there is room, whose values can be read one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from engine.data_protocol import Array
from gui.data.chart import elided
from gui.data.line_plot import paint_lines
from gui.data.stages import Stage, stage_name
from gui.formats import count, number
from gui.theme import FONT_POINTS, STEP, colour, font
from gui.thumbnails import draw
from gui.words import tr

HEAD, LINE = 26, 20
WRITTEN = 28  # squares of this side have their value written into them
MIDDLE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Found = tuple[str, list[tuple[str, str, str]]]  # heading and rows of what is under the mouse


class LargeSample:
    """Paints the states of one sample side by side, and knows which value is where."""

    def __init__(self) -> None:
        self._stages: list[Stage] = []
        self._areas: list[QRectF] = []
        self._place = 0
        self.is_sheet = False  # whether rows are time steps

    def begin(
        self,
        stages: list[Stage],
        images: list[list[QImage]],
        ranges: list[tuple[float, float]],
        place: int,
    ) -> None:
        """Turn to a sample, by its place among those shown."""
        self._stages, self._images, self._ranges = stages, images, ranges
        self._place = place

    def paint(self, painter: QPainter, room: QRectF, title: str) -> None:
        """Paint all states into a room, below a title."""
        inner = room.adjusted(4 * STEP, 2 * STEP, -4 * STEP, -2 * STEP)
        painter.setFont(font(FONT_POINTS + 1, bold=True))
        painter.setPen(colour("text"))
        elided(painter, QRectF(inner.left(), inner.top(), inner.width(), HEAD), title, LEFT)
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(colour("faint"))
        back = QRectF(inner.left(), inner.top(), inner.width(), HEAD)
        painter.drawText(back, RIGHT, tr("shown.click_back"))
        width = inner.width() / max(len(self._stages), 1)
        self._areas = []
        for i, stage in enumerate(self._stages):
            left = inner.left() + i * width
            painter.setFont(font(FONT_POINTS - 1))
            painter.setPen(colour("faint"))
            words = QRectF(left, inner.top() + HEAD, width - 4 * STEP, LINE)
            painter.drawText(words, LEFT, stage_name(stage.name))
            area = QRectF(left, words.bottom(), width - 4 * STEP, inner.bottom() - words.bottom())
            self._areas.append(self._paint_stage(painter, area, i))

    def _paint_stage(self, painter: QPainter, area: QRectF, index: int) -> QRectF:
        stage = self._stages[index]
        values = stage.values[self._place]
        if not self._images:
            paint_lines(painter, area, values, self._ranges[index], stage.name)
            return area.adjusted(3, 2, -3, -2)
        square = QRectF(area.left(), area.top(), area.width(), area.height())
        factor = min(square.width() / values.shape[1], square.height() / values.shape[0])
        factor = int(factor) if factor >= 1 else factor
        square.setSize(QRectF(0, 0, values.shape[1] * factor, values.shape[0] * factor).size())
        placed = draw(painter, self._images[index][self._place], square)
        if factor >= WRITTEN and values.shape[2] == 1:
            _write_values(painter, placed, values[..., 0])
        return placed

    def at(self, place: QPointF) -> Found | None:
        """What is under the mouse: the pixel or the time step, and its values in all states."""
        for area in self._areas:
            if area.contains(place):
                x = (place.x() - area.left()) / area.width()
                y = (place.y() - area.top()) / area.height()
                return self._pixel(x, y) if self._images else self._step(x)
        return None

    def _pixel(self, x: float, y: float) -> Found:
        height, width = self._stages[0].values.shape[1:3]
        row, column = min(int(y * height), height - 1), min(int(x * width), width - 1)
        key = "shown.cell" if self.is_sheet else "shown.pixel"
        heading = tr(key, row=count(row + 1), column=count(column + 1))
        return heading, self._values(lambda sample: sample[row, column])

    def _step(self, x: float) -> Found:
        steps = self._stages[0].values.shape[1]
        step = min(round(x * (steps - 1)), steps - 1)
        heading = tr("shown.step", step=count(step + 1))
        return heading, self._values(lambda sample: sample[step])

    def _values(self, pick: Callable[[Array], Array]) -> list[tuple[str, str, str]]:
        rows = []
        for stage in self._stages:
            values = np.reshape(pick(stage.values[self._place]), -1)[:8]
            text = "  ".join(number(float(value)) for value in values)
            rows.append(("", stage_name(stage.name), text))
        return rows


def _write_values(painter: QPainter, area: QRectF, values: Array) -> None:
    """The value of each square, black on white or white on black."""
    height, width = values.shape
    side = area.width() / width
    painter.setFont(font(FONT_POINTS - 3))
    low, high = float(values.min()), float(values.max())
    for row in range(height):
        for column in range(width):
            value = float(values[row, column])
            is_dark = value < (low + high) / 2
            painter.setPen(Qt.GlobalColor.white if is_dark else Qt.GlobalColor.black)
            cell = QRectF(area.left() + column * side, area.top() + row * side, side, side)
            painter.drawText(cell, MIDDLE, f"{value:.2f}".removesuffix(".00"))
