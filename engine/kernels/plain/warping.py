"""Pictures drawn anew from moved cells: each new cell blends the four around where it comes from.

Shapes: n samples, pictures of H by W cells with C channels, a grid of G by G points.
"""

import numpy as np

from engine.kernels import EDGE_CONSTANT, EDGE_NEAREST, Array


def warp(x: Array, maps: Array, pulls: Array, room: Array, y: Array, edge: int) -> None:
    """Draw each picture anew: its cells come from elsewhere, and mostly from between four cells.

    The four are blended by nearness (bilinearly). A cell whose share is 0 is not read, so
    that a NaN stays where it is.

    x : (n, H, W, C)
    maps : (n, 6), see `draw_maps`
    pulls : (n, 2, G, G), see `draw_pulls`; or with G = 0, to move nothing besides
    room : (2 + G, W) or wider, any content
    y : (n, H, W, C)
    edge : what lies outside: EDGE_CONSTANT zeros, EDGE_NEAREST the outermost cell,
        EDGE_REFLECT the picture's mirror image, outermost cell first
    """
    samples = np.arange(len(x))[:, None, None]
    y[...] = 0
    for row, col, share in _corners(maps, pulls, (x.shape[1], x.shape[2]), edge):
        part = share[..., None] * x[samples, row, col]
        y += np.where(share[..., None] == 0, 0, part).astype(y.dtype)


def warp_gradient(dy: Array, maps: Array, pulls: Array, room: Array, dx: Array, edge: int) -> None:
    """Give each old cell its share of the gradients of the new cells that show it.

    dy : (n, H, W, C)
    maps, pulls, room, edge : as in `warp`
    dx : (n, H, W, C)
    """
    samples = np.arange(len(dx))[:, None, None]
    dx[...] = 0
    for row, col, share in _corners(maps, pulls, (dx.shape[1], dx.shape[2]), edge):
        part = np.where(share[..., None] == 0, 0, share[..., None] * dy)
        np.add.at(dx, (samples, row, col), part.astype(dx.dtype))


def _corners(
    maps: Array, pulls: Array, size: tuple[int, int], edge: int
) -> list[tuple[Array, Array, Array]]:
    """Return the four cells that each new cell blends: row, column and share, each (n, H, W)."""
    height, width = size
    i, j = np.arange(height)[:, None], np.arange(width)
    m0, m1, m2, m3, m4, m5 = maps.astype(np.float64).T[..., None, None]
    down, right = m0 * i + m1 * j + m2, m3 * i + m4 * j + m5
    if pulls.shape[2]:
        blend = _blend(height, pulls.shape[2]), _blend(width, pulls.shape[2])
        field = np.einsum("ig,jh,ncgh->ncij", *blend, pulls, optimize=True)
        down, right = down + field[:, 0], right + field[:, 1]
    return [
        (row, col, tall * wide)
        for row, tall in _neighbours(down, height, edge)
        for col, wide in _neighbours(right, width, edge)
    ]


def _neighbours(place: Array, length: int, edge: int) -> list[tuple[Array, Array]]:
    """Return the two cells around places along one axis, and how near each of them is (0 to 1)."""
    if edge == EDGE_CONSTANT:
        place = place.clip(-1, length)
    elif edge == EDGE_NEAREST:
        place = place.clip(0, length - 1)
    else:  # the picture and its mirror image, again and again
        place = (place + 0.5) % (2 * length)
        place = np.minimum(place, 2 * length - place) - 0.5
    before = np.floor(place).astype(int)
    found = []
    for cell, share in ((before, before + 1 - place), (before + 1, place - before)):
        inside = cell.clip(0, length - 1)
        if edge == EDGE_CONSTANT:
            share = np.where(cell == inside, share, 0)
        found.append((inside, share))
    return found


def _blend(length: int, points: int) -> Array:
    """Return the share of each point of the grid in the pull of each cell, along one axis.

    A cubic B-spline: nowhere a crease, and no cell is pulled further than the points around it
    (C. de Boor: A practical guide to splines, 1978). The grid's outermost points lie outside.

    Returns (length, points), each row with a sum of 1.
    """
    spans = points - 3
    t = np.arange(length) * (spans / max(length - 1, 1))
    first = np.minimum(t.astype(int), spans - 1)
    f = t - first
    shares = np.stack(
        [(1 - f) ** 3, 3 * f**3 - 6 * f**2 + 4, 1 + 3 * f + 3 * f**2 - 3 * f**3, f**3]
    )
    blend = np.zeros((length, points))
    for k in range(4):
        blend[np.arange(length), first + k] = shares[k] / 6
    return blend
