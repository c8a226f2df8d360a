"""The five small transformations of Winograd's convolution, on vectors of channels.

F(4×4, 3×3) of A. Lavin, S. Gray: Fast algorithms for convolutional neural networks, 2016: a square
of 4×4 results takes 6×6 products in place of 4×4 times 3×3. Filters and pieces of the picture are
polynomials; six of their values say all about their product. A line of numbers is transformed to
values at 0, ±2/3, ±3/2 and infinity, or back; a square first along its columns, then along its
rows. Why these points: the usual 0, ±1, ±2 lose four times as many digits to rounding, and with
2/3 · 3/2 = 1 many factors fall away.

All 36 values of a square stay in registers and the nearest cache, a vector of channels each, which
no compiler does with a loop: hence LLVM's own vectors, as in `_product`.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from collections.abc import Callable
from itertools import product
from typing import Any, TypeAlias

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from engine.kernels.cpu._product import LANES, TileWriter

# A square of cells: place of the first, distances from row to row and column to column, first and
# end of the rows that are there, first and end of the columns.
Square: TypeAlias = tuple[int, int, int, int, int, int, int]

POINT, OTHER = 2 / 3, 3 / 2  # and their negatives, 0 and infinity
_SUM = POINT**2 + OTHER**2
# what Lagrange's interpolation divides by: the distances of a point from all others, multiplied
_SCALE = 1 / (2 * POINT**2 * (POINT**2 - OTHER**2))
_OTHER_SCALE = 1 / (2 * OTHER**2 * (OTHER**2 - POINT**2))


class _Line:
    """Arithmetic on vectors, written down as instructions."""

    def __init__(self, writer: "_SquareWriter") -> None:
        self.builder, self.vector = writer.builder, writer.vector

    def add(self, one: Any, other: Any, factor: float = 1.0) -> Any:
        """One + factor · other."""
        if factor != 1.0:
            other = self.times(other, factor)
        return self.builder.fadd(one, other, flags=["contract"])

    def sub(self, one: Any, other: Any) -> Any:
        return self.builder.fsub(one, other, flags=["contract"])

    def times(self, value: Any, factor: float) -> Any:
        constant = ir.Constant(self.vector, [factor] * LANES)
        return self.builder.fmul(value, constant, flags=["contract"])

    def both(self, even: Any, odd: Any) -> list[Any]:
        """Values at a point and at its negative."""
        return [self.add(even, odd), self.sub(even, odd)]


Place: TypeAlias = tuple[int, int]
Lines: TypeAlias = Callable[[_Line, list[Any]], list[Any]]


def _of_picture(o: _Line, x: list[Any]) -> list[Any]:
    """Six cells of a picture: products with them give four sums, or three for a gradient."""
    return [
        o.add(o.add(x[0], x[4]), x[2], -_SUM),
        *o.both(o.add(x[4], x[2], -(OTHER**2)), o.times(o.add(x[3], x[1], -(OTHER**2)), POINT)),
        *o.both(o.add(x[4], x[2], -(POINT**2)), o.times(o.add(x[3], x[1], -(POINT**2)), OTHER)),
        o.add(o.add(x[1], x[5]), x[3], -_SUM),
    ]


def _of_filter(o: _Line, w: list[Any]) -> list[Any]:
    """Three taps as values, divided as interpolation needs it."""
    found = [w[0]]
    for point, scale in ((POINT, _SCALE), (OTHER, _OTHER_SCALE)):
        even = o.add(o.times(w[0], scale), w[2], scale * point**2)
        found += o.both(even, o.times(w[1], scale * point))
    return [*found, w[2]]


def _to_results(o: _Line, m: list[Any]) -> list[Any]:
    """Six products to four results."""
    even, odd = o.add(m[1], m[2]), o.sub(m[1], m[2])
    other_even, other_odd = o.add(m[3], m[4]), o.sub(m[3], m[4])
    return [
        o.add(o.add(m[0], even), other_even),
        o.add(o.times(odd, POINT), other_odd, OTHER),
        o.add(o.times(even, POINT**2), other_even, OTHER**2),
        o.add(o.add(m[5], odd, POINT**3), other_odd, OTHER**3),
    ]


def _of_errors(o: _Line, e: list[Any]) -> list[Any]:
    """Four errors as values: the way back of `_to_results`."""
    found = [e[0]]
    for point in (POINT, OTHER):
        found += o.both(o.add(e[0], e[2], point**2), o.add(o.times(e[1], point), e[3], point**3))
    return [*found, e[3]]


def _to_taps(o: _Line, m: list[Any]) -> list[Any]:
    """Six products to three gradients of taps: the way back of `_of_filter`."""
    even, odd = o.add(m[1], m[2]), o.sub(m[1], m[2])
    other_even, other_odd = o.add(m[3], m[4]), o.sub(m[3], m[4])
    return [
        o.add(o.add(m[0], even, _SCALE), other_even, _OTHER_SCALE),
        o.add(o.times(odd, _SCALE * POINT), other_odd, _OTHER_SCALE * OTHER),
        o.add(o.add(m[5], even, _SCALE * POINT**2), other_even, _OTHER_SCALE * OTHER**2),
    ]


def _to_picture(o: _Line, m: list[Any]) -> list[Any]:
    """Six products to the shares of six cells: the way back of `_of_picture`."""
    even, odd = o.add(m[1], m[2]), o.times(o.sub(m[1], m[2]), POINT)
    other_even, other_odd = o.add(m[3], m[4]), o.times(o.sub(m[3], m[4]), OTHER)
    return [
        m[0],
        o.add(o.add(m[5], odd, -(OTHER**2)), other_odd, -(POINT**2)),
        o.add(o.add(o.times(m[0], -_SUM), even, -(OTHER**2)), other_even, -(POINT**2)),
        o.add(o.add(odd, other_odd), m[5], -_SUM),
        o.add(o.add(m[0], even), other_even),
        m[5],
    ]


class _SquareWriter(TileWriter):
    """Writes the instructions for one square of vectors."""

    def write_square(
        self, lines: Lines, sizes: tuple[int, int], source: list[Any], target: list[Any], at: Any
    ) -> None:
        """Load a square, transform its columns, then its rows, and store another square.

        lines : what happens to a line
        sizes : numbers of rows before and after
        source, target : see `Square`; a cell that is not there counts as zero, and is not written
        at : the first channel of the vector
        """
        before, after = sizes
        line = _Line(self)
        cells = self.cells(self.a, source, before, at)
        columns = [
            lines(line, [self.load(cells[u, v]) for u in range(before)]) for v in range(before)
        ]
        cells = self.cells(self.c, target, after, at)
        for u in range(after):
            for v, value in enumerate(lines(line, [column[u] for column in columns])):
                if lines is _to_picture:  # squares of six cells overlap
                    value = line.add(value, self.load(cells[u, v]))
                self.store(value, cells[u, v])

    def cells(self, array: Any, where: list[Any], size: int, at: Any) -> dict[Place, Any]:
        """Pointers to the cells of a square; those that are not there point to zeros."""
        builder = self.builder
        start, down, right, top, bottom, left, end = where
        first = builder.gep(array, [builder.add(start, at)])
        zeros = ir.Constant(self.vector, [0.0] * LANES)
        nowhere = builder.bitcast(cgutils.alloca_once_value(builder, zeros), array.type)
        rows = [self.is_between(top, k, bottom) for k in range(size)]
        columns = [self.is_between(left, k, end) for k in range(size)]
        return {
            (u, v): builder.select(
                builder.and_(rows[u], columns[v]),
                builder.gep(first, [builder.add(self.times(down, u), self.times(right, v))]),
                nowhere,
            )
            for u, v in product(range(size), repeat=2)
        }

    def is_between(self, low: Any, k: int, high: Any) -> Any:
        """Whether low ≤ k < high."""
        builder, at = self.builder, self.number(k)
        is_reached = builder.icmp_signed("<=", low, at)
        return builder.and_(is_reached, builder.icmp_signed("<", at, high))


def _square_function(lines: Lines, before: int, after: int) -> Callable[..., None]:
    """Make the transformation of all channels of a square.

    f(source, start, target, cell, channels): two flat arrays, and a `Square` in each
    """

    @intrinsic
    def square(typing, source, start, target, cell, channels):
        def generate(context, builder, signature, arguments):
            def integers(position: int) -> list[Any]:
                values = cgutils.unpack_tuple(builder, arguments[position])
                kinds = signature.args[position]
                return [
                    context.cast(builder, value, kind, types.int64)
                    for value, kind in zip(values, kinds, strict=True)
                ]

            pointers = [
                context.make_array(signature.args[k])(context, builder, arguments[k]).data
                for k in (0, 0, 2)
            ]
            count = context.cast(builder, arguments[4], signature.args[4], types.int64)
            squares = (before, after), integers(1), integers(3)
            writer = _SquareWriter(builder, 1, pointers, None)
            vectors = builder.sdiv(count, writer.number(LANES))
            with writer.loop(vectors) as vector:
                writer.write_square(lines, *squares, writer.times(vector, LANES))
            done = writer.times(vectors, LANES)
            rest = builder.sub(count, done)
            with builder.if_then(builder.icmp_signed(">", rest, writer.number(0))):
                _SquareWriter(builder, 1, pointers, rest).write_square(lines, *squares, done)
            return context.get_dummy_value()

        return types.void(source, start, target, cell, channels), generate

    return square


transform_picture = _square_function(_of_picture, 6, 6)
transform_filters = _square_function(_of_filter, 3, 6)
transform_errors = _square_function(_of_errors, 4, 6)
transform_to_results = _square_function(_to_results, 6, 4)
transform_to_taps = _square_function(_to_taps, 6, 3)
add_transformed_to_picture = _square_function(_to_picture, 6, 6)
