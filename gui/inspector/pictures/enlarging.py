"""Upsampling: the cells of the input that each cell of the larger output is made of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.up_sampling2d import UpSampling2D
from gui.inspector.pictures.grids import Cells, Grid, GridPair
from gui.words import tr


@dataclass(frozen=True)
class Enlarging(GridPair):
    """One cell becomes several equal ones, or mixtures of its neighbours."""

    layer: UpSampling2D
    size: tuple[int, int]
    result: tuple[int, int]

    def grids(self) -> tuple[Grid, Grid]:
        return Grid(*self.size), Grid(*self.result)

    @property
    def usual(self) -> int:
        """The second cell of the second row: where a mixture has four parts."""
        return min(self.layer.factor, self.result[0] - 1) * self.across + self.layer.factor // 2

    def link(self, at: int) -> tuple[Cells, Cells]:
        row, column = self.row_and_column(at)
        rows = self.layer.sources(row, self.size[0])
        columns = self.layer.sources(column, self.size[1])
        return (rows, columns), ((row,), (column,))

    def words(self) -> str:
        key = f"picture.enlarging.{self.layer.interpolation}"
        return tr(key, factor=self.layer.factor)

    def told(self, at: int) -> str:
        row, column = self.row_and_column(at)
        (rows, columns), _ = self.link(at)
        return tr(
            "picture.enlarging.told",
            row=row + 1,
            column=column + 1,
            count=len(rows) * len(columns),
        )
