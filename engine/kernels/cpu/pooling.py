"""Pooling: each window of a picture is summed up by its largest or its mean value, per channel.

The innermost loops run over channels, which lie side by side in memory and so fill a register.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def max_pool2d(
    x: Array, y: Array, where: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Keep the largest value of each window; see the plain twin."""
    samples, height, width, channels = x.shape
    for s in range(samples):
        for i in range(y.shape[1]):
            up = i * stride - top
            for j in range(y.shape[2]):
                west = j * stride - left
                best, place = y[s, i, j], where[s, i, j]
                is_first = True
                for u in range(max(up, 0), min(up + size, height)):
                    for v in range(max(west, 0), min(west + size, width)):
                        cell = x[s, u, v]
                        code = where.dtype.type((u - up) * size + v - west)
                        if is_first:
                            is_first = False
                            for c in range(channels):
                                best[c] = cell[c]
                                place[c] = code
                        else:
                            for c in range(channels):
                                wins = not (cell[c] <= best[c]) and best[c] == best[c]
                                best[c] = cell[c] if wins else best[c]
                                place[c] = code if wins else place[c]


@kernel
def max_pool2d_gradient(
    dy: Array, where: Array, dx: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Send each window's gradient to the cell that won; see the plain twin."""
    zero = dx.dtype.type(0)
    samples, height, width, channels = dx.shape
    for s in range(samples):
        dx[s] = zero
        for i in range(dy.shape[1]):
            up = i * stride - top
            for j in range(dy.shape[2]):
                west = j * stride - left
                gradient, place = dy[s, i, j], where[s, i, j]
                for u in range(max(up, 0), min(up + size, height)):
                    for v in range(max(west, 0), min(west + size, width)):
                        cell = dx[s, u, v]
                        code = (u - up) * size + v - west
                        for c in range(channels):
                            cell[c] += gradient[c] if place[c] == code else zero


@kernel
def average_pool2d(x: Array, y: Array, size: int, stride: int, top: int, left: int) -> None:
    """Keep the mean of the cells of each window inside the picture; see the plain twin."""
    zero = y.dtype.type(0)
    samples, height, width, channels = x.shape
    for s in range(samples):
        for i in range(y.shape[1]):
            up, down = max(i * stride - top, 0), min(i * stride - top + size, height)
            for j in range(y.shape[2]):
                west, east = max(j * stride - left, 0), min(j * stride - left + size, width)
                mean = y[s, i, j]
                mean[:] = zero
                for u in range(up, down):
                    for v in range(west, east):
                        cell = x[s, u, v]
                        for c in range(channels):
                            mean[c] += cell[c]
                share = y.dtype.type(1 / ((down - up) * (east - west)))
                for c in range(channels):
                    mean[c] *= share


@kernel
def average_pool2d_gradient(
    dy: Array, dx: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Share each window's gradient equally among its cells; see the plain twin."""
    zero = dx.dtype.type(0)
    samples, height, width, channels = dx.shape
    for s in range(samples):
        dx[s] = zero
        for i in range(dy.shape[1]):
            up, down = max(i * stride - top, 0), min(i * stride - top + size, height)
            for j in range(dy.shape[2]):
                west, east = max(j * stride - left, 0), min(j * stride - left + size, width)
                share = dx.dtype.type(1 / ((down - up) * (east - west)))
                gradient = dy[s, i, j]
                for u in range(up, down):
                    for v in range(west, east):
                        cell = dx[s, u, v]
                        for c in range(channels):
                            cell[c] += gradient[c] * share
