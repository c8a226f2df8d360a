"""Pooling: each window of a picture is summed up by its largest or its mean value, per channel.

Shapes: n samples, pictures of H by W cells with C channels, results of P by Q cells. Cells outside
the picture do not count: they are never the largest and do not enlarge the divisor of a mean.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._windows import overlap


def max_pool2d(
    x: Array, y: Array, where: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Keep the largest value of each window, and remember where it was; NaN counts as largest.

    x : (n, H, W, C)
    y : (n, P, Q, C)
    where : (n, P, Q, C) int32, place u·size + v of the winner in its window, the first on ties
    size : cells on each side of a window
    stride : cells from one window to the next
    top, left : cells of padding above and to the left of the picture
    """
    samples, _, _, channels = x.shape
    for i in range(y.shape[1]):
        rows, rows_of_window = overlap(i, stride, top, size, x.shape[1])
        for j in range(y.shape[2]):
            cols, cols_of_window = overlap(j, stride, left, size, x.shape[2])
            window = x[:, rows, cols].reshape(samples, -1, channels)
            u, v = np.divmod(window.argmax(axis=1), cols.stop - cols.start)
            y[:, i, j] = window.max(axis=1)
            where[:, i, j] = (u + rows_of_window.start) * size + (v + cols_of_window.start)


def max_pool2d_gradient(
    dy: Array, where: Array, dx: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Send each window's gradient to the cell that won; all other cells get nothing.

    dy : (n, P, Q, C)
    where : (n, P, Q, C) int32 from `max_pool2d`
    dx : (n, H, W, C)
    size, stride, top, left : as in `max_pool2d`
    """
    dx[...] = 0
    for i in range(dy.shape[1]):
        rows, rows_of_window = overlap(i, stride, top, size, dx.shape[1])
        for j in range(dy.shape[2]):
            cols, cols_of_window = overlap(j, stride, left, size, dx.shape[2])
            places = np.arange(size * size).reshape(size, size)[rows_of_window, cols_of_window]
            won = where[:, i, j][:, None, None, :] == places[:, :, None]
            dx[:, rows, cols] += np.where(won, dy[:, i, j][:, None, None, :], 0)


def average_pool2d(x: Array, y: Array, size: int, stride: int, top: int, left: int) -> None:
    """Keep the mean of the cells of each window that lie inside the picture.

    x : (n, H, W, C)
    y : (n, P, Q, C)
    size, stride, top, left : as in `max_pool2d`
    """
    for i in range(y.shape[1]):
        rows, _ = overlap(i, stride, top, size, x.shape[1])
        for j in range(y.shape[2]):
            cols, _ = overlap(j, stride, left, size, x.shape[2])
            y[:, i, j] = x[:, rows, cols].mean(axis=(1, 2))


def average_pool2d_gradient(
    dy: Array, dx: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Share each window's gradient equally among its cells.

    dy : (n, P, Q, C)
    dx : (n, H, W, C)
    size, stride, top, left : as in `max_pool2d`
    """
    dx[...] = 0
    for i in range(dy.shape[1]):
        rows, _ = overlap(i, stride, top, size, dx.shape[1])
        for j in range(dy.shape[2]):
            cols, _ = overlap(j, stride, left, size, dx.shape[2])
            cells = (rows.stop - rows.start) * (cols.stop - cols.start)
            dx[:, rows, cols] += dy[:, i, j][:, None, None, :] / cells
