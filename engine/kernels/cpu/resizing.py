"""Pictures made larger or smaller without learning; the innermost loops run over channels."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def pad2d(x: Array, y: Array, top: int, left: int) -> None:
    """Put a picture onto a larger one of zeros; see the plain twin."""
    samples, height, width, channels = x.shape
    for s in range(samples):
        y[s] = y.dtype.type(0)
        for i in range(height):
            for j in range(width):
                cell, source = y[s, top + i, left + j], x[s, i, j]
                for c in range(channels):
                    cell[c] = source[c]


@kernel
def crop2d(x: Array, y: Array, top: int, left: int) -> None:
    """Cut a part out of a picture; see the plain twin."""
    samples, height, width, channels = y.shape
    for s in range(samples):
        for i in range(height):
            for j in range(width):
                cell, source = y[s, i, j], x[s, top + i, left + j]
                for c in range(channels):
                    cell[c] = source[c]


@kernel
def repeat2d(x: Array, y: Array, factor: int) -> None:
    """Make every cell a square of equal cells; see the plain twin."""
    samples, height, width, channels = y.shape
    for s in range(samples):
        for i in range(height):
            for j in range(width):
                cell, source = y[s, i, j], x[s, i // factor, j // factor]
                for c in range(channels):
                    cell[c] = source[c]


@kernel
def repeat2d_gradient(dy: Array, dx: Array, factor: int) -> None:
    """Sum each square's gradients; see the plain twin."""
    samples, height, width, channels = dy.shape
    for s in range(samples):
        dx[s] = dx.dtype.type(0)
        for i in range(height):
            for j in range(width):
                cell, gradient = dx[s, i // factor, j // factor], dy[s, i, j]
                for c in range(channels):
                    cell[c] += gradient[c]


@kernel
def _between(i: int, factor: int, length: int) -> tuple[int, int, float]:
    """Return the old cells around a new one, and how near it is to the second (0 to 1)."""
    twice = 2 * i + 1 - factor  # its place among the old cells, times 2 · factor
    before = twice // (2 * factor)
    nearness = (twice - before * 2 * factor) / (2 * factor)
    return max(before, 0), min(before + 1, length - 1), nearness


@kernel
def interpolate2d(x: Array, y: Array, factor: int) -> None:
    """Mix the four cells around the centre of each new cell; see the plain twin."""
    number = y.dtype.type
    samples, height, width, channels = x.shape
    for s in range(samples):
        for i in range(y.shape[1]):
            up, down, low = _between(i, factor, height)
            for j in range(y.shape[2]):
                west, east, right = _between(j, factor, width)
                a, b = number((1 - low) * (1 - right)), number((1 - low) * right)
                c, d = number(low * (1 - right)), number(low * right)
                cell, up_west, up_east = y[s, i, j], x[s, up, west], x[s, up, east]
                down_west, down_east = x[s, down, west], x[s, down, east]
                for k in range(channels):
                    upper = a * up_west[k] + b * up_east[k]
                    cell[k] = upper + c * down_west[k] + d * down_east[k]


@kernel
def interpolate2d_gradient(dy: Array, dx: Array, factor: int) -> None:
    """Give each old cell its share of the new ones' gradients; see the plain twin."""
    number = dx.dtype.type
    samples, height, width, channels = dx.shape
    for s in range(samples):
        dx[s] = number(0)
        for i in range(dy.shape[1]):
            up, down, low = _between(i, factor, height)
            for j in range(dy.shape[2]):
                west, east, right = _between(j, factor, width)
                gradient = dy[s, i, j]
                # one old cell at a time: near the edge two of the four are the same
                for corner in range(4):
                    row, tall = (down, low) if corner >= 2 else (up, 1 - low)
                    col, wide = (east, right) if corner % 2 else (west, 1 - right)
                    cell, share = dx[s, row, col], number(tall * wide)
                    for k in range(channels):
                        cell[k] += gradient[k] * share
