"""A window that slides over a picture: convolutions and pooling, with padding, stride and gaps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from engine.layers.window import Window
from gui.inspector.pictures.grids import Cells, Grid, GridPair, Sheet, extent
from gui.inspector.pictures.pens import faded
from gui.words import tr


@dataclass(frozen=True)
class Sliding(GridPair):
    """The cells of the input that each cell of the output sees; the next window is dashed."""

    window: Window
    size: tuple[int, int]  # height and width of the input
    result: tuple[int, int]  # of the output, as the shape rule says

    def grids(self) -> tuple[Grid, Grid]:
        above, below = self.window.padding_of(self.size[0])
        before, behind = self.window.padding_of(self.size[1])
        return Grid(*self.size, above, below, before, behind), Grid(*self.result)

    def _seen(self, at: int) -> tuple[range, range]:
        row, column = self.row_and_column(at)
        return self.window.cells(row, self.size[0]), self.window.cells(column, self.size[1])

    def link(self, at: int) -> tuple[Cells, Cells]:
        row, column = self.row_and_column(at)
        return self._seen(at), ((row,), (column,))

    def ghost(self, painter: QPainter, left: Sheet, at: int) -> None:
        if (at + 1) % self.across == 0:
            return
        rows, columns = self._seen(at + 1)
        painter.setPen(QPen(faded("accent", 200), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(extent(left, rows, columns))

    def words(self) -> str:
        w = self.window
        gaps = tr("picture.sliding.gaps", dilation=w.dilation) if w.dilation > 1 else ""
        grid = self.grids()[0]
        around = grid.above + grid.below + grid.before + grid.behind
        padded = tr("picture.sliding.padded") if around else ""
        text = tr(
            "picture.sliding",
            size=w.size,
            stride=w.stride,
            input=grid.text,
            output=self.grids()[1].text,
        )
        return text + gaps + padded

    def told(self, at: int) -> str:
        row, column = self.row_and_column(at)
        rows, columns = self._seen(at)
        return tr(
            "picture.sliding.told",
            row=row + 1,
            column=column + 1,
            rows=_span(rows, self.size[0]),
            columns=_span(columns, self.size[1]),
        )


def _span(cells: range, length: int) -> str:
    """From the first to the last cell that is there, counted from 1."""
    there = [cell + 1 for cell in cells if 0 <= cell < length]
    if not there:
        return tr("picture.padding_only")
    return f"{there[0]}" if len(there) == 1 else f"{there[0]}–{there[-1]}"
