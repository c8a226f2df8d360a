"""Pictures drawn anew from moved cells: see the plain twin.

Where a row of cells comes from is found for the whole row, on vectors; then cell after cell is
blended, as the four that it blends lie anywhere.
"""

import numpy as np

from engine.kernels import EDGE_CONSTANT, EDGE_REFLECT, Array
from engine.kernels.cpu import kernel


@kernel
def _shares(t: float) -> tuple[float, float, float, float]:
    """Return the shares of four points around, t being how far on the way (0 to 1)."""
    rest, square = 1 - t, t * t
    second = 3 * square * t - 6 * square + 4
    third = 1 + 3 * t + 3 * square - 3 * square * t
    return rest * rest * rest / 6, second / 6, third / 6, square * t / 6


@kernel
def _before(cell: int, length: int, points: int) -> tuple[int, float]:
    """Return the first of the four points around a cell, and how far it is on the way."""
    spans = points - 3
    t = cell * spans / max(length - 1, 1)
    first = min(int(t), spans - 1)
    return first, t - first


@kernel
def _blend_along_a_row(points: int, width: int, room: Array) -> None:
    """Write each point's share in the pull of each cell of a row: (G, …), below two rows."""
    number = room.dtype.type
    room[2:] = number(0)
    if points == 0:
        return
    for j in range(width):
        first, t = _before(j, width, points)
        a, b, c, d = _shares(t)
        room[2 + first, j], room[3 + first, j] = number(a), number(b)
        room[4 + first, j], room[5 + first, j] = number(c), number(d)


@kernel
def _pull(pulls: Array, first: int, g: int, shares: tuple[float, float, float, float]) -> float:
    """Return how far a column of points pulls the cells of a row."""
    upper = shares[0] * pulls[first, g] + shares[1] * pulls[first + 1, g]
    return upper + shares[2] * pulls[first + 2, g] + shares[3] * pulls[first + 3, g]


@kernel
def _fold(place: Array, length: int, edge: int) -> None:
    """Bring places from outside of a picture to its border, or back into it as into a mirror."""
    number = place.dtype.type
    low = number(-1 if edge == EDGE_CONSTANT else 0)
    high = number(length if edge == EDGE_CONSTANT else length - 1)
    if edge != EDGE_REFLECT:
        for j in range(place.size):
            p = place[j]
            p = low if p < low else p
            place[j] = high if p > high else p
        return
    half, period = number(0.5), number(2 * length)
    for j in range(place.size):
        p = place[j] + half
        p -= period * np.floor(p / period)
        q = period - p
        place[j] = (q if q < p else p) - half


@kernel
def _find_row(
    i: int, size: tuple[int, int], moved: Array, pulls: Array, room: Array, edge: int
) -> None:
    """Write where the cells of row i come from: rows of the picture to room[0], columns to [1]."""
    number, cells = room.dtype.type, room.shape[1]  # as many as the row has, and some for nothing
    points = room.shape[0] - 2
    down, right = room[0], room[1]
    row, m1, m4 = number(i), moved[1], moved[4]
    top, left = moved[0] * row + moved[2], moved[3] * row + moved[5]
    for j in range(cells):
        down[j] = top + m1 * number(j)
    for j in range(cells):
        right[j] = left + m4 * number(j)
    if points:
        first, t = _before(i, size[0], points)
        shares = _shares(t)
        for g in range(points):
            share = room[2 + g]
            v = number(_pull(pulls[0], first, g, shares))
            h = number(_pull(pulls[1], first, g, shares))
            for j in range(cells):
                down[j] += v * share[j]
                right[j] += h * share[j]
    _fold(down, size[0], edge)
    _fold(right, size[1], edge)


@kernel
def _around(place: float, length: int, edge: int) -> tuple[int, int, float, float]:
    """Return the two cells around a place, and the shares of both.

    In place of a cell whose share is 0 the other one is returned, so that it is not read.
    """
    floor = np.floor(place)
    before, share, rest = int(floor), place - floor, floor + 1 - place
    if 0 <= before < length - 1:
        return before, before + 1 if share != 0 else before, rest, share
    none = share - share
    if edge != EDGE_CONSTANT:  # half a cell beyond the border at most
        at = max(before, 0)
        return at, at, rest, share
    if before == -1 and share != 0:
        return 0, 0, none, share
    at = min(max(before, 0), length - 1)
    return at, at, rest if before == length - 1 else none, none


@kernel
def _mixed(
    x: Array,
    s: int,
    cells: tuple[np.uint64, np.uint64, np.uint64, np.uint64],
    shares: tuple[float, float, float, float],
    k: int,
) -> float:
    """Return the value of one channel of a new cell."""
    up, down, west, east = cells
    upper = shares[0] * x[s, up, west, k] + shares[1] * x[s, up, east, k]
    return upper + shares[2] * x[s, down, west, k] + shares[3] * x[s, down, east, k]


@kernel
def warp(x: Array, maps: Array, pulls: Array, room: Array, y: Array, edge: int) -> None:
    """Draw each picture anew, its cells blended from four others; see the plain twin."""
    number = y.dtype.type
    samples, height, width, channels = x.shape
    _blend_along_a_row(room.shape[0] - 2, width, room)
    for s in range(samples):
        for i in range(height):
            _find_row(i, (height, width), maps[s], pulls[s], room, edge)
            for j in range(width):
                up, down, high, low = _around(room[0, j], height, edge)
                west, east, left, right = _around(room[1, j], width, edge)
                if high + low == 0 or left + right == 0:  # nothing but zeros is there
                    for k in range(channels):
                        y[s, i, j, k] = number(0)
                    continue
                # numbers without a sign need no look whether they count from the end
                cells = np.uint64(up), np.uint64(down), np.uint64(west), np.uint64(east)
                shares = high * left, high * right, low * left, low * right
                if channels == 1:
                    y[s, i, j, 0] = _mixed(x, s, cells, shares, 0)
                elif channels == 3:
                    y[s, i, j, 0] = _mixed(x, s, cells, shares, 0)
                    y[s, i, j, 1] = _mixed(x, s, cells, shares, 1)
                    y[s, i, j, 2] = _mixed(x, s, cells, shares, 2)
                else:
                    for k in range(channels):
                        y[s, i, j, k] = _mixed(x, s, cells, shares, k)


@kernel
def warp_gradient(dy: Array, maps: Array, pulls: Array, room: Array, dx: Array, edge: int) -> None:
    """Give each old cell its share of the gradients of the new cells; see the plain twin."""
    number = dx.dtype.type
    samples, height, width, channels = dx.shape
    _blend_along_a_row(room.shape[0] - 2, width, room)
    for s in range(samples):
        dx[s] = number(0)
        for i in range(height):
            _find_row(i, (height, width), maps[s], pulls[s], room, edge)
            for j in range(width):
                up, down, high, low = _around(room[0, j], height, edge)
                west, east, left, right = _around(room[1, j], width, edge)
                if high + low == 0 or left + right == 0:
                    continue
                above, below = np.uint64(up), np.uint64(down)
                here, beside = np.uint64(west), np.uint64(east)
                for k in range(channels):
                    gradient = dy[s, i, j, k]
                    dx[s, above, here, k] += high * left * gradient
                    dx[s, above, beside, k] += high * right * gradient
                    dx[s, below, here, k] += low * left * gradient
                    dx[s, below, beside, k] += low * right * gradient
