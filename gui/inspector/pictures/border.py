"""Padding and cropping: what is added around a picture, or cut off from it."""

from __future__ import annotations

from dataclasses import dataclass

from gui.inspector.pictures.grids import Cells, Grid, GridPair
from gui.words import tr

Sides = tuple[int, int, int, int]  # above, below, before, behind


@dataclass(frozen=True)
class Border(GridPair):
    """The picture before and after; its own cells are marked in both."""

    size: tuple[int, int]
    result: tuple[int, int]
    sides: Sides
    is_added: bool

    def grids(self) -> tuple[Grid, Grid]:
        return Grid(*self.size), Grid(*self.result)

    @property
    def places(self) -> int:
        return 0

    def link(self, at: int) -> tuple[Cells, Cells]:
        above, _, before, _ = self.sides
        (high, wide) = self.size if self.is_added else self.result
        shifted = range(above, above + high), range(before, before + wide)
        plain = range(high), range(wide)
        return (plain, shifted) if self.is_added else (shifted, plain)

    def words(self) -> str:
        above, below, before, behind = self.sides
        key = "picture.border.added" if self.is_added else "picture.border.cut"
        return tr(key, above=above, below=below, before=before, behind=behind)
