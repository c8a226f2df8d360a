"""Pictures and sequences in a grid, each before and after preparing; a click shows one large."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from engine.data_protocol import Shown
from gui.data.chart import Spot, elided
from gui.data.enlarging import Enlarging
from gui.data.large_sample import LargeSample
from gui.data.line_plot import paint_lines, range_of
from gui.data.stages import Stage, images, is_sheet, kind_of, stage_name, stages_of, target_text
from gui.exporting import Cell
from gui.formats import count, number
from gui.theme import FONT_POINTS, STEP, colour, font, icon
from gui.thumbnails import draw
from gui.words import tr

SIDE = 64  # of a picture
PLOT = (132, 64)  # of a line plot
ARROW = 18  # between two states
TEXT = 20
MIDDLE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
Row = tuple[str, str, str]


class SampleGrid(Enlarging):
    """Cells with one small picture for each state, and the class below."""

    def __init__(self) -> None:
        super().__init__()
        self.stages: list[Stage] = []
        self._images: list[list[QImage]] = []
        self._ranges: list[tuple[float, float]] = []
        self._large = LargeSample()

    @property
    def count(self) -> int:
        return len(self.shown.samples.rows) if self.shown is not None else 0

    def prepare(self) -> None:
        shown = self.shown
        assert shown is not None
        self.stages = stages_of(shown, self.stage)
        self.is_picture, self._large.is_sheet = kind_of(shown) == "pictures", is_sheet(shown)
        self._images = [images(s) for s in self.stages] if self.is_picture else []
        self._ranges = [] if self.is_picture else [range_of(s.values) for s in self.stages]
        self.keep_within()

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of a cell with its margins."""
        width, height = (SIDE, SIDE) if self.is_picture else PLOT
        states = max(len(self.stages), 1)
        return states * width + (states - 1) * ARROW + 5 * STEP, height + TEXT + 3 * STEP

    def _across(self, width: int) -> int:
        return max(1, int((width - 2 * STEP) // self.cell[0]))

    def height_for(self, width: int) -> int:
        if self.shown is None or self.large >= 0:
            return 0
        lines = -(-len(self.shown.samples.rows) // self._across(width))
        return int(lines * self.cell[1]) + 2 * STEP

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        if self.large >= 0:
            self._large.begin(self.stages, self._images, self._ranges, self.large)
            title = self._heading(shown, self.large)
            self._large.paint(painter, QRectF(self.rect()), title)
            return
        across, (width, height) = self._across(self.width()), self.cell
        for place in range(len(shown.samples.rows)):
            left, top = STEP + place % across * width, STEP + place // across * height
            cell = QRectF(left, top, width, height)
            self._paint_cell(painter, shown, place, cell)
            yield Spot(cell, self._heading(shown, place), self._rows(place), place)

    def _paint_cell(self, painter: QPainter, shown: Shown, place: int, cell: QRectF) -> None:
        width, height = (SIDE, SIDE) if self.is_picture else PLOT
        left = cell.left() + 2.5 * STEP
        for i, stage in enumerate(self.stages):
            room = QRectF(left, cell.top() + STEP, width, height)
            if self.is_picture:
                draw(painter, self._images[i][place], room)
            else:
                paint_lines(painter, room, stage.values[place], self._ranges[i], stage.name)
            left += width
            if i + 1 < len(self.stages):
                arrow = QRectF(left + 2, room.center().y() - 7, 14, 14).toRect()
                icon("mdi6.arrow-right", colour("faint")).paint(painter, arrow)
                left += ARROW
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(colour("text"))
        line = QRectF(cell.left() + STEP, cell.top() + STEP + height, cell.width() - 2 * STEP, TEXT)
        elided(painter, line, target_text(shown, self.dataset, place), MIDDLE)

    def _heading(self, shown: Shown, place: int) -> str:
        row = int(shown.samples.rows[place])
        text = target_text(shown, self.dataset, place)
        heading = tr("shown.sample", number=count(row + 1))
        return f"{heading} · {text}" if text else heading

    def _rows(self, place: int) -> list[Row]:
        """The smallest and the largest value of each state."""
        found = []
        for stage in self.stages:
            values = np.asarray(stage.values[place], np.float64)
            low, high = float(np.nanmin(values)), float(np.nanmax(values))
            found.append(("", stage_name(stage.name), f"{number(low)} … {number(high)}"))
        return found

    def spot_at(self, place: QPointF) -> Spot | None:
        if self.large < 0:
            return super().spot_at(place)
        found = self._large.at(place)
        if found is None:
            return Spot(QRectF(), "", [], self.large)
        return Spot(QRectF(), *found, self.large)

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        """The prepared samples, a row each, behind their places and targets."""
        flat = shown.samples.prepared.reshape(len(shown.samples.rows), -1)
        yield ["sample", "target", *(f"x{i + 1}" for i in range(flat.shape[1]))]
        for place, values in enumerate(flat.tolist()):
            text = target_text(shown, self.dataset, place)
            yield [int(shown.samples.rows[place]) + 1, text, *values]
