"""The one matrix product under dense, convolutional and recurrent layers.

C += A B is computed in tiles of up to 6 rows by up to 64 columns. A tile's sums stay in registers
while the program walks along the inner dimension: per step it loads one row of B, and for each row
one value of A. That is the micro-kernel of K. Goto, R. A. van de Geijn: Anatomy of high-performance
matrix multiplication, 2008, without the packing, which costs more than it gains for the sizes here.

Why not BLAS: per call it copies both matrices, and a convolution has to be laid out as a matrix
first. Here A is read with any strides, so the windows of a picture are multiplied where they lie.
Why not a loop: a compiler that cannot prove arrays apart, nor keep a block of an array in
registers, reaches half the speed. So the inner loop is written in LLVM's own vector instructions.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import llvmlite.binding
import numba
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._shared import shared

Left: TypeAlias = tuple[int, int, int, int]
Right: TypeAlias = tuple[int, int, int]
Target: TypeAlias = tuple[int, int]
Size: TypeAlias = tuple[int, int, int, int]

# A tile's sums take most registers, and leave some for a row of B and a value of A. 6 rows suit
# all: with 64 columns, 24 of the 32 registers of AVX-512 (16 numbers each); with 16 columns, 12 of
# the 16 of AVX2 (8 numbers), or 24 of the 32 of NEON in ARM and Apple processors (4 numbers).
ROWS = 6
LANES = 16  # values in a vector; LLVM splits it where registers are shorter
ALIGNMENT = 4  # bytes; a vector may begin at any value

# Numba asks for code for another processor when the user names one.
_HAS_LONG_REGISTERS = getattr(numba.config, "CPU_NAME", None) is None and bool(
    llvmlite.binding.get_host_cpu_features().get("avx512f", False)
)


@shared
def add_product(
    a: Array,
    left: Left,
    b: Array,
    right: Right,
    c: Array,
    target: Target,
    size: Size,
    is_fresh: bool,
) -> None:
    """Add a product of two matrices to a third one, or overwrite it; all lie in flat arrays.

    c[r, f] += Σ a[r, block, step] · b[block, step, f] over all blocks and steps

    a, b, c : flat arrays of one type; c overlaps neither
    left : place of a[0, 0, 0], and distances between rows, steps and blocks
    right : place of b[0, 0, 0], and distances between steps and blocks; columns lie side by side
    target : place of c[0, 0], and distance between rows; columns lie side by side
    size : numbers of rows, columns, steps and blocks
    is_fresh : whether c starts from zero, whatever it holds
    """
    rows, columns, steps, blocks = size
    tiles = (rows + ROWS - 1) // ROWS
    height = (rows + tiles - 1) // max(tiles, 1)  # 7 rows are better cut as 4 + 3 than as 6 + 1
    f = 0
    while f < columns:
        width = _width(columns - f)
        here = right[0] + f, right[1], right[2]
        for r in range(0, rows, height):
            there = left[0] + r * left[1], left[1], left[2], left[3]
            cell = target[0] + r * target[1] + f, target[1]
            tile = min(height, rows - r), width, steps, blocks
            if _HAS_LONG_REGISTERS and width == 4 * LANES:
                _tile_of_4_vectors(a, there, b, here, c, cell, tile, is_fresh)
            elif _HAS_LONG_REGISTERS and width == 2 * LANES:
                _tile_of_2_vectors(a, there, b, here, c, cell, tile, is_fresh)
            elif width == LANES:
                _tile_of_1_vector(a, there, b, here, c, cell, tile, is_fresh)
            else:
                _tile_of_part_of_a_vector(a, there, b, here, c, cell, tile, is_fresh)
        f += width


@kernel
def _width(columns: int) -> int:
    """Return the width of the widest tile that fits into these columns."""
    if _HAS_LONG_REGISTERS and columns >= 4 * LANES:
        return 4 * LANES
    if _HAS_LONG_REGISTERS and columns >= 2 * LANES:
        return 2 * LANES
    return min(columns, LANES)


def add_tile(
    a: Array,
    left: Left,
    b: Array,
    right: Right,
    c: Array,
    target: Target,
    size: Size,
    is_fresh: bool,
) -> None:
    """What one tile does, to be read; parameters as in `add_product`, with at most ROWS rows.

    `add_product` itself runs the vector forms of it, which are made below.
    """
    rows, columns, steps, blocks = size
    for r in range(rows):
        for f in range(columns):
            cell = target[0] + r * target[1] + f
            total = c.dtype.type(0) if is_fresh else c[cell]
            for block in range(blocks):
                for step in range(steps):
                    x = a[left[0] + r * left[1] + step * left[2] + block * left[3]]
                    total += x * b[right[0] + step * right[1] + block * right[2] + f]
            c[cell] = total


class TileWriter:
    """Writes the instructions of one tile."""

    def __init__(
        self, builder: ir.IRBuilder, vectors: int, pointers: list[Any], columns: Any
    ) -> None:
        """Note what is the same in all tiles; columns is None where every vector is full."""
        self.builder, self.vectors = builder, vectors
        self.a, self.b, self.c = pointers
        self.vector = ir.VectorType(self.a.type.pointee, LANES)
        self.mask = None
        if columns is not None:
            lanes = ir.Constant(ir.VectorType(ir.IntType(64), LANES), list(range(LANES)))
            self.mask = builder.icmp_signed("<", lanes, self.spread(columns))

    def write(
        self, rows: int, left: list[Any], right: list[Any], target: list[Any], size: list[Any],
        is_fresh: Any,
    ) -> None:  # fmt: skip
        """Load sums, walk along blocks and steps, store sums."""
        builder = self.builder
        start = builder.gep(self.c, [target[0]])
        cells = [
            builder.gep(start, [builder.add(self.times(target[1], r), self.number(v * LANES))])
            for r in range(rows)
            for v in range(self.vectors)
        ]
        zero = ir.Constant(self.vector, [0.0] * LANES)
        sums = [
            cgutils.alloca_once_value(builder, builder.select(is_fresh, zero, self.load(cell)))
            for cell in cells
        ]
        _, _, steps, blocks = size
        with self.loop(blocks) as block:
            a = builder.gep(self.a, [builder.add(left[0], builder.mul(block, left[3]))])
            b = builder.gep(self.b, [builder.add(right[0], builder.mul(block, right[2]))])
            rows_of_a = [builder.gep(a, [self.times(left[1], r)]) for r in range(rows)]
            with self.loop(steps) as step:
                row_of_b = builder.gep(b, [builder.mul(step, right[1])])
                place = builder.mul(step, left[2])
                self.step([builder.gep(row, [place]) for row in rows_of_a], row_of_b, sums)
        for cell, total in zip(cells, sums, strict=True):
            self.store(builder.load(total), cell)

    @contextmanager
    def loop(self, count: Any) -> Iterator[Any]:
        """Count from 0 in a loop that LLVM must not unroll: that would only compile longer."""
        builder = self.builder
        before = builder.block
        head, body, after = (builder.append_basic_block(f"tile.{part}") for part in "hba")
        builder.branch(head)
        builder.position_at_end(head)
        index = builder.phi(ir.IntType(64))
        index.add_incoming(self.number(0), before)
        builder.cbranch(builder.icmp_signed("<", index, count), body, after)
        builder.position_at_end(body)
        yield index
        index.add_incoming(builder.add(index, self.number(1)), builder.block)
        module = builder.module
        no_unrolling = module.add_metadata([ir.MetaDataString(module, "llvm.loop.unroll.disable")])
        mark = ir.MDValue(module, [no_unrolling], name=str(len(module.metadata)))
        mark.operands = (mark, no_unrolling)  # a loop's mark begins with itself
        builder.branch(head).set_metadata("llvm.loop", mark)
        builder.position_at_end(after)

    def step(self, values_of_a: list[Any], row_of_b: Any, sums: list[Any]) -> None:
        """Multiply one value of A per row by one row of B and add."""
        builder = self.builder
        vectors_of_b = [
            self.load(builder.gep(row_of_b, [self.number(v * LANES)])) for v in range(self.vectors)
        ]
        for r, pointer in enumerate(values_of_a):
            x = self.spread(builder.load(pointer))
            for v, vector in enumerate(vectors_of_b):
                total = sums[r * self.vectors + v]
                term = builder.fmul(x, vector, flags=["contract"])
                builder.store(builder.fadd(term, builder.load(total), flags=["contract"]), total)

    def number(self, value: int) -> ir.Constant:
        return ir.Constant(ir.IntType(64), value)

    def times(self, value: Any, factor: int) -> Any:
        return self.builder.mul(value, self.number(factor))

    def spread(self, value: Any) -> Any:
        """Return a vector with the same value in every lane."""
        undefined = ir.Constant(ir.VectorType(value.type, LANES), ir.Undefined)
        first = self.builder.insert_element(undefined, value, ir.Constant(ir.IntType(32), 0))
        lanes = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return self.builder.shuffle_vector(first, undefined, lanes)

    def load(self, pointer: Any) -> Any:
        """Load a vector that may begin at any value of a row, and may end with the row."""
        place = self.builder.bitcast(pointer, self.vector.as_pointer())
        if self.mask is None:
            loaded = self.builder.load(place)
            loaded.align = ALIGNMENT
            return loaded
        zero = ir.Constant(self.vector, [0.0] * LANES)
        return self.masked("load", self.vector, [place, self.alignment(), self.mask, zero])

    def store(self, value: Any, pointer: Any) -> None:
        """Store a vector; the way back of `load`."""
        place = self.builder.bitcast(pointer, self.vector.as_pointer())
        if self.mask is None:
            self.builder.store(value, place).align = ALIGNMENT
        else:
            self.masked("store", ir.VoidType(), [value, place, self.alignment(), self.mask])

    def masked(self, action: str, result: ir.Type, arguments: list[Any]) -> Any:
        """Load or store only those lanes that belong to the row."""
        kind = "f32" if self.vector.element == ir.FloatType() else "f64"
        declared = cgutils.get_or_insert_function(
            self.builder.module,
            ir.FunctionType(result, [argument.type for argument in arguments]),
            f"llvm.masked.{action}.v{LANES}{kind}.p0",
        )
        return self.builder.call(declared, arguments)

    def alignment(self) -> ir.Constant:
        return ir.Constant(ir.IntType(32), ALIGNMENT)


def tile_function(
    vectors: int, is_partial: bool = False, kind: type[TileWriter] = TileWriter
) -> Callable[..., None]:
    """Make the vector form of a tile for that many whole vectors, or for part of one."""

    @intrinsic
    def tile(typing, a, left, b, right, c, target, size, is_fresh):
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
                for k in (0, 2, 4)
            ]
            left_at, right_at, target_at, size_of = (integers(k) for k in (1, 3, 5, 6))
            rows, columns = size_of[:2]
            writer = kind(builder, vectors, pointers, columns if is_partial else None)
            fresh = context.cast(builder, arguments[7], signature.args[7], types.boolean)
            for count in range(1, ROWS + 1):
                is_count = builder.icmp_signed("==", rows, writer.number(count))
                with builder.if_then(is_count):
                    writer.write(count, left_at, right_at, target_at, size_of, fresh)
            return context.get_dummy_value()

        return types.void(a, left, b, right, c, target, size, is_fresh), generate

    return tile


_tile_of_4_vectors = tile_function(4)
_tile_of_2_vectors = tile_function(2)
_tile_of_1_vector = tile_function(1)
_tile_of_part_of_a_vector = tile_function(1, is_partial=True)
