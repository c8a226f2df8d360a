"""Convolution seen from its cells, for few results: each cell gives a share to every window.

A product with one or three columns would leave most of a vector idle. But the shares that a cell
gives, one for each tap, are kh·kw times as many; and with the picture turned, so that cells lie
side by side, one product computes those of a whole picture. Then they are added up, each tap's
shares moved to where they belong.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from typing import Any

from numba.core import types
from numba.extending import intrinsic

from engine.kernels import Array
from engine.kernels.cpu._product import LANES, TileWriter, add_product
from engine.kernels.cpu._shared import shared
from engine.kernels.cpu._turning import transpose
from engine.kernels.cpu._windows import reached

FEW = 4  # results of a cell, for which giving is faster


@shared
def room_to_give(x: Array, y: Array, taps: int) -> int:
    """How many numbers of scratch `give` needs: x turned, shares, and sums in planes."""
    cells, places = x.shape[1] * x.shape[2], y.shape[1] * y.shape[2]
    return cells * (x.shape[3] + taps * y.shape[3]) + places * y.shape[3]


@shared
def give(
    x: Array,
    taps: Array,
    window: tuple[int, int],
    y: Array,
    where: tuple[int, int, int],
    room: Array,
) -> None:
    """Overwrite y by the sums of shares:

    y[i·stride + u - top, j·stride + v - left, c] collects x[i, j, f] · taps[u, v, c, f]

    x : (n, P, Q, F)
    taps : flat (kh, kw, C, F)
    window, where : kh and kw; stride, top and left
    y : (n, H, W, C)
    room : scratch, see `room_to_give`
    """
    samples, p, q, inputs = x.shape
    _, height, width, channels = y.shape
    (kh, kw), (stride, top, left) = window, where
    cells, places, rows = p * q, height * width, kh * kw * channels
    turned, shares = room[: cells * inputs], room[cells * inputs : cells * (inputs + rows)]
    planes = room[cells * (inputs + rows) :]
    pictures, results = x.reshape(x.size), y.reshape(y.size)
    for s in range(samples):
        start = s * cells * inputs, inputs
        transpose(pictures, start, turned, (0, cells), (cells, inputs))
        size = rows, cells, inputs, 1
        add_product(taps, (0, inputs, 1, 0), turned, (0, cells, 0), shares, (0, cells), size, True)
        for k in range(places * channels):
            planes[k] = planes.dtype.type(0)
        for t in range(rows):
            u, v, c = t // (kw * channels), t // channels % kw, t % channels
            i, i_end = reached(u, p, stride, top, height)
            j, j_end = reached(v, q, stride, left, width)
            for row in range(i, i_end):
                share = t * cells + row * q
                line = c * places + (row * stride + u - top) * width + v - left
                if stride == 1:
                    _add_line(planes, line + j, shares, share + j, j_end - j)  # type: ignore[call-arg]
                else:
                    for k in range(j, j_end):
                        planes[line + k * stride] += shares[share + k]
        target = s * places * channels, channels
        transpose(planes, (0, places), results, target, (channels, places))


class _LineWriter(TileWriter):
    """Writes the instructions that add a vector to another one."""

    def write_sum(self, target: Any, source: Any, at: Any) -> None:
        """Add one vector of the line."""
        builder = self.builder
        cell = builder.gep(self.c, [builder.add(target, at)])
        share = self.load(builder.gep(self.a, [builder.add(source, at)]))
        self.store(builder.fadd(self.load(cell), share), cell)


@intrinsic
def _add_line(typing, values, target, shares, source, count):
    """Add a short line of numbers to another: a compiler would do it one by one."""

    def generate(context, builder, signature, arguments):
        pointers = [
            context.make_array(signature.args[k])(context, builder, arguments[k]).data
            for k in (2, 2, 0)
        ]
        first, second, length = (
            context.cast(builder, arguments[k], signature.args[k], types.int64) for k in (1, 3, 4)
        )
        writer = _LineWriter(builder, 1, pointers, None)
        vectors = builder.sdiv(length, writer.number(LANES))
        with writer.loop(vectors) as vector:
            writer.write_sum(first, second, writer.times(vector, LANES))
        done = writer.times(vectors, LANES)
        rest = builder.sub(length, done)
        with builder.if_then(builder.icmp_signed(">", rest, writer.number(0))):
            _LineWriter(builder, 1, pointers, rest).write_sum(first, second, done)
        return context.get_dummy_value()

    return types.void(values, target, shares, source, count), generate
