"""Sums of products channel by channel, under depthwise convolution.

The walk is that of the matrix product in `_product`, in tiles whose sums stay in registers; but
each column of A meets only the same column of B, so that A is read by vectors, too. As there, a
plain loop reaches a small part of the speed, because a compiler cannot prove the arrays apart.
"""

from typing import Any

from engine.kernels import Array
from engine.kernels.cpu._product import (
    LANES,
    ROWS,
    Left,
    Right,
    Size,
    Target,
    TileWriter,
    tile_function,
)
from engine.kernels.cpu._shared import shared


@shared
def add_channels(
    a: Array,
    left: Left,
    b: Array,
    right: Right,
    c: Array,
    target: Target,
    size: Size,
    is_fresh: bool,
) -> None:
    """Add sums of products of equal columns, or overwrite by them; all lie in flat arrays.

    c[r, f] += Σ a[r, block, step, f] · b[block, step, f] over all blocks and steps

    a, b, c : flat arrays of one type; c overlaps neither
    left : place of a[0, 0, 0, 0], and distances between rows, steps and blocks
    right : place of b[0, 0, 0], and distances between steps and blocks
    target : place of c[0, 0], and distance between rows; columns lie side by side in all arrays
    size : numbers of rows, columns, steps and blocks
    is_fresh : whether c starts from zero, whatever it holds
    """
    rows, columns, steps, blocks = size
    tiles = (rows + ROWS - 1) // ROWS
    height = (rows + tiles - 1) // max(tiles, 1)
    for f in range(0, columns, LANES):
        here = right[0] + f, right[1], right[2]
        for r in range(0, rows, height):
            there = left[0] + r * left[1] + f, left[1], left[2], left[3]
            cell = target[0] + r * target[1] + f, target[1]
            tile = min(height, rows - r), min(columns - f, LANES), steps, blocks
            if tile[1] == LANES:
                _tile_of_a_vector(a, there, b, here, c, cell, tile, is_fresh)
            else:
                _tile_of_part_of_a_vector(a, there, b, here, c, cell, tile, is_fresh)


class _ChannelWriter(TileWriter):
    """Writes the instructions of one tile, with A read by vectors."""

    def step(self, values_of_a: list[Any], row_of_b: Any, sums: list[Any]) -> None:
        """Multiply a vector of A per row by the vector of B and add."""
        vector = self.load(row_of_b)
        for pointer, total in zip(values_of_a, sums, strict=True):
            term = self.builder.fmul(self.load(pointer), vector, flags=["contract"])
            added = self.builder.fadd(term, self.builder.load(total), flags=["contract"])
            self.builder.store(added, total)


_tile_of_a_vector = tile_function(1, kind=_ChannelWriter)
_tile_of_part_of_a_vector = tile_function(1, is_partial=True, kind=_ChannelWriter)
