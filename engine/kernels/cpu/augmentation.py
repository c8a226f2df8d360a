"""What happens to each picture while training, drawn anew at each step; see the plain twin."""

import math

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._chance import GOLDEN, counted, key_of

_UNIT = 2.0**-53


@kernel
def draw_maps(
    rows: Array,
    clock: Array,
    maps: Array,
    size: tuple[int, int],
    flips: int,
    shift: float,
    rotation: float,
    zoom: float,
    stream: int,
) -> None:
    """Draw for each sample where each cell of its new picture comes from; see the plain twin."""
    key = key_of(clock, stream)
    number = maps.dtype.type
    middle, centre = (size[0] - 1) / 2, (size[1] - 1) / 2
    for i in range(maps.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(6) * GOLDEN
        is_mirrored = counted(start, 0) * _UNIT < 0.5 and flips % 2 == 1
        is_upside = counted(start, 1) * _UNIT < 0.5 and flips >= 2
        down = np.rint((2 * (counted(start, 2) * _UNIT) - 1) * shift * size[0])
        right = np.rint((2 * (counted(start, 3) * _UNIT) - 1) * shift * size[1])
        angle = math.radians((2 * (counted(start, 4) * _UNIT) - 1) * rotation)
        scale = 1 + (2 * (counted(start, 5) * _UNIT) - 1) * zoom
        cosine, sine = math.cos(angle) / scale, math.sin(angle) / scale
        m0, m1 = (-cosine, -sine) if is_upside else (cosine, sine)
        m3, m4 = (sine, -cosine) if is_mirrored else (-sine, cosine)
        moved = maps[i]
        moved[0], moved[1] = number(m0), number(m1)
        moved[2] = number(middle - m0 * (middle + down) - m1 * (centre + right))
        moved[3], moved[4] = number(m3), number(m4)
        moved[5] = number(centre - m3 * (middle + down) - m4 * (centre + right))


@kernel
def draw_pulls(
    rows: Array, clock: Array, pulls: Array, size: tuple[int, int], strength: float, stream: int
) -> None:
    """Draw for each sample how far the points of a coarse grid are pulled; see the plain twin."""
    key = key_of(clock, stream)
    number, points = pulls.dtype.type, pulls.shape[2]
    for s in range(pulls.shape[0]):
        start = key + np.uint64(rows[s]) * np.uint64(2 * points * points) * GOLDEN
        for axis in range(2):
            furthest = strength * size[axis]
            for i in range(points):
                for j in range(points):
                    place = (axis * points + i) * points + j
                    signed = 2 * (counted(start, place) * _UNIT) - 1
                    pulls[s, axis, i, j] = number(signed * furthest)
