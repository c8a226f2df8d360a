"""Pooling: each window of a picture is summed up by its largest or its mean value, per channel.

The innermost loops run over channels, which lie side by side in memory and so fill a register.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def _largest_of_four(x: Array, y: Array, where: Array) -> None:
    """Pool windows of 2 × 2 cells side by side, all four compared in registers.

    Apart from the general case, the compiler proves the arrays apart once, not for each window.
    """
    samples, p, q, channels = y.shape
    for s in range(samples):
        for i in range(p):
            for j in range(q):
                best, place = y[s, i, j], where[s, i, j]
                a, b = x[s, 2 * i, 2 * j], x[s, 2 * i, 2 * j + 1]
                c, d = x[s, 2 * i + 1, 2 * j], x[s, 2 * i + 1, 2 * j + 1]
                for k in range(channels):
                    value, code = a[k], 0
                    wins = not (b[k] <= value) and value == value  # asked so, the first NaN wins
                    value, code = b[k] if wins else value, 1 if wins else code
                    wins = not (c[k] <= value) and value == value
                    value, code = c[k] if wins else value, 2 if wins else code
                    wins = not (d[k] <= value) and value == value
                    best[k], place[k] = d[k] if wins else value, 3 if wins else code


@kernel
def max_pool2d(
    x: Array, y: Array, where: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Keep the largest value of each window; see the plain twin."""
    samples, height, width, channels = x.shape
    if size == 2 and stride == 2 and y.shape[1] == height // 2 and y.shape[2] == width // 2:
        _largest_of_four(x, y, where)
        return
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
def _cover(windows: int, size: int, stride: int, before: int, length: int) -> bool:
    """Tell whether each cell of an axis lies in exactly one window."""
    return stride == size and windows * size - before >= length


@kernel
def _send_to_one_of_four(dy: Array, where: Array, dx: Array) -> None:
    """Write the cells of windows of 2 × 2 side by side: zeros, and the gradient where one won.

    Apart from the general case, as in `_largest_of_four`.
    """
    samples, p, q, channels = dy.shape
    zero = dx.dtype.type(0)
    is_full = dx.shape[1] == 2 * p and dx.shape[2] == 2 * q
    for s in range(samples):
        if not is_full:
            dx[s] = zero
        for i in range(p):
            for j in range(q):
                gradient, place = dy[s, i, j], where[s, i, j]
                a, b = dx[s, 2 * i, 2 * j], dx[s, 2 * i, 2 * j + 1]
                c, d = dx[s, 2 * i + 1, 2 * j], dx[s, 2 * i + 1, 2 * j + 1]
                for k in range(channels):
                    a[k] = gradient[k] if place[k] == 0 else zero
                for k in range(channels):
                    b[k] = gradient[k] if place[k] == 1 else zero
                for k in range(channels):
                    c[k] = gradient[k] if place[k] == 2 else zero
                for k in range(channels):
                    d[k] = gradient[k] if place[k] == 3 else zero


@kernel
def max_pool2d_gradient(
    dy: Array, where: Array, dx: Array, size: int, stride: int, top: int, left: int
) -> None:
    """Send each window's gradient to the cell that won; see the plain twin."""
    zero = dx.dtype.type(0)
    samples, height, width, channels = dx.shape
    _, p, q, _ = dy.shape
    if size == 2 and stride == 2 and p == height // 2 and q == width // 2:
        _send_to_one_of_four(dy, where, dx)
        return
    is_full = _cover(p, size, stride, top, height) and _cover(q, size, stride, left, width)
    for s in range(samples):
        if not is_full:
            dx[s] = zero
        for i in range(p):
            up = i * stride - top
            for j in range(q):
                west = j * stride - left
                gradient, place = dy[s, i, j], where[s, i, j]
                for u in range(max(up, 0), min(up + size, height)):
                    for v in range(max(west, 0), min(west + size, width)):
                        cell = dx[s, u, v]
                        code = where.dtype.type((u - up) * size + v - west)
                        if stride >= size:  # no other window has this cell
                            for c in range(channels):
                                cell[c] = gradient[c] if place[c] == code else zero
                        else:
                            for c in range(channels):
                                cell[c] += gradient[c] if place[c] == code else zero


@kernel
def _mean_of_four(x: Array, y: Array) -> None:
    """Average windows of 2 × 2 cells side by side; see `_largest_of_four`."""
    samples, p, q, channels = y.shape
    quarter = y.dtype.type(0.25)
    for s in range(samples):
        for i in range(p):
            for j in range(q):
                mean = y[s, i, j]
                a, b = x[s, 2 * i, 2 * j], x[s, 2 * i, 2 * j + 1]
                c, d = x[s, 2 * i + 1, 2 * j], x[s, 2 * i + 1, 2 * j + 1]
                for k in range(channels):
                    mean[k] = (a[k] + b[k] + c[k] + d[k]) * quarter


@kernel
def average_pool2d(x: Array, y: Array, size: int, stride: int, top: int, left: int) -> None:
    """Keep the mean of the cells of each window inside the picture; see the plain twin."""
    zero = y.dtype.type(0)
    samples, height, width, channels = x.shape
    if size == 2 and stride == 2 and y.shape[1] == height // 2 and y.shape[2] == width // 2:
        _mean_of_four(x, y)
        return
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
    _, p, q, _ = dy.shape
    is_full = _cover(p, size, stride, top, height) and _cover(q, size, stride, left, width)
    for s in range(samples):
        if not is_full:
            dx[s] = zero
        for i in range(p):
            up, down = max(i * stride - top, 0), min(i * stride - top + size, height)
            for j in range(q):
                west, east = max(j * stride - left, 0), min(j * stride - left + size, width)
                share = dx.dtype.type(1 / ((down - up) * (east - west)))
                gradient = dy[s, i, j]
                for u in range(up, down):
                    for v in range(west, east):
                        cell = dx[s, u, v]
                        if stride >= size:  # no other window has this cell
                            for c in range(channels):
                                cell[c] = gradient[c] * share
                        else:
                            for c in range(channels):
                                cell[c] += gradient[c] * share
