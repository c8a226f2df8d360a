"""Transposed convolution: each cell of the input stamps a filter onto the larger output."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.conv2d_transpose import Conv2DTranspose
from gui.inspector.pictures.grids import Cells, Grid, GridPair
from gui.words import tr


@dataclass(frozen=True)
class Stamping(GridPair):
    """The cells of the output that a cell of the input is stamped onto."""

    layer: Conv2DTranspose
    size: tuple[int, int]
    result: tuple[int, int]

    def grids(self) -> tuple[Grid, Grid]:
        around = []
        for length, made in zip(self.size, self.result, strict=True):
            last = self.layer.stamp(length - 1)
            around += [self.layer.before, max(last.stop - made, 0)]
        return Grid(*self.size), Grid(*self.result, *around)

    def pointed(self) -> int:
        return 0

    def link(self, at: int) -> tuple[Cells, Cells]:
        row, column = self.row_and_column(at)
        return ((row,), (column,)), (self.layer.stamp(row), self.layer.stamp(column))

    def words(self) -> str:
        left, right = self.grids()
        return tr(
            "picture.stamping",
            size=self.layer.size,
            stride=self.layer.stride,
            input=left.text,
            output=right.text,
        )

    def told(self, at: int) -> str:
        row, column = self.row_and_column(at)
        return tr("picture.stamping.told", row=row + 1, column=column + 1, size=self.layer.size)
