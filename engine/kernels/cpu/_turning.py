"""Rows turned into columns: what the way back of dense and convolutional layers multiplies by.

A vector of 16 values from each of 16 rows is a block that is turned in registers, in four rounds of
exchanges; one value at a time would take as long as the product that follows.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._product import LANES, TileWriter
from engine.kernels.cpu._shared import shared


@kernel
def turn(w: Array, turned: Array) -> None:
    """Copy w (kh, kw, C, F) to (taps, filters, C), last tap first."""
    kh, kw, channels, filters = w.shape
    source, plane = w.reshape(w.size), channels * filters
    for t in range(kh * kw):
        cell = (kh * kw - 1 - t) * plane
        transpose(source, (t * plane, filters), turned, (cell, channels), (channels, filters))


@shared
def transpose(
    a: Array, start: tuple[int, int], b: Array, cell: tuple[int, int], size: tuple[int, int]
) -> None:
    """Copy the transpose of a matrix to another one; both lie in flat arrays.

    b[column, row] = a[row, column]

    start, cell : place of the first value of a and of b, and distance between rows
    size : rows and columns of a
    """
    rows, columns = size
    tall, broad = rows - rows % LANES, columns - columns % LANES
    for r in range(0, tall, LANES):
        for c in range(0, broad, LANES):
            there, here = start[0] + r * start[1] + c, cell[0] + c * cell[1] + r
            _turn_block(a, there, start[1], b, here, cell[1])  # type: ignore[call-arg]
    for r in range(rows):
        for c in range(broad if r < tall else 0, columns):
            b[cell[0] + c * cell[1] + r] = a[start[0] + r * start[1] + c]


class _BlockWriter(TileWriter):
    """Writes the instructions that turn one block."""

    def write_block(self, start: Any, step: Any, cell: Any, step_of_b: Any) -> None:
        """Load rows, exchange, store columns."""
        builder = self.builder
        rows = [
            self.load(builder.gep(self.a, [builder.add(start, self.times(step, r))]))
            for r in range(LANES)
        ]
        distance = 1
        while distance < LANES:
            rows = [self.exchanged(rows, r, distance) for r in range(LANES)]
            distance *= 2
        for r, row in enumerate(rows):
            self.store(row, builder.gep(self.c, [builder.add(cell, self.times(step_of_b, r))]))

    def exchanged(self, rows: list[Any], r: int, distance: int) -> Any:
        """Where one bit differs between the numbers of row and lane, what lies across comes in."""
        lanes = [
            lane if (lane & distance) == (r & distance) else LANES + (lane ^ distance)
            for lane in range(LANES)
        ]
        which = ir.Constant(ir.VectorType(ir.IntType(32), LANES), lanes)
        return self.builder.shuffle_vector(rows[r], rows[r ^ distance], which)


@intrinsic
def _turn_block(typing, a, start, step, b, cell, step_of_b):
    def generate(context, builder, signature, arguments):
        pointers = [
            context.make_array(signature.args[k])(context, builder, arguments[k]).data
            for k in (0, 0, 3)
        ]
        numbers = [
            context.cast(builder, arguments[k], signature.args[k], types.int64)
            for k in (1, 2, 4, 5)
        ]
        _BlockWriter(builder, 1, pointers, None).write_block(*numbers)
        return context.get_dummy_value()

    return types.void(a, start, step, b, cell, step_of_b), generate
