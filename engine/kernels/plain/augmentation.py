"""What happens to each picture while training, drawn anew at each step: where its cells move to.

A picture is turned round, enlarged, turned, and shifted; and its cells may be pulled about like
those of a rubber sheet. These kernels only draw the numbers; `warp` applies them. They are counted,
not drawn one after the other: see `_chance`. Each purpose has a place of its own in the count, so
that switching one of them on leaves the others as they are.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._chance import counted


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
    """Draw for each sample where each cell of its new picture comes from: an affine map.

    The picture is flipped, then enlarged by a factor s and turned counter-clockwise by an angle a
    about its centre, then shifted by whole cells. The map goes the other way: the new cell (i, j)
    shows what lies at (m0 i + m1 j + m2, m3 i + m4 j + m5).

    rows : (n,) int64, number of each sample in the whole batch
    clock : (2,) uint64, seed of the run and number of the step
    maps : (n, 6), m0 to m5
    size : height and width in cells
    flips : 1 for left and right, 2 for up and down, 3 for both, each in half of the samples
    shift : by at most this share of the size, rounded to whole cells, so that nothing is blurred
    rotation : by at most so many degrees, either way
    zoom : s lies between 1 - zoom and 1 + zoom, zoom < 1
    stream : number of the layer
    """
    numbers = counted(rows, 6, clock, stream) * 2.0**-53
    signed = 2 * numbers - 1  # from -1 to 1
    mirror = np.where((numbers[:, 0] < 0.5) & (flips % 2 == 1), -1.0, 1.0)
    upside = np.where((numbers[:, 1] < 0.5) & (flips >= 2), -1.0, 1.0)
    down, right = np.rint(signed[:, 2] * shift * size[0]), np.rint(signed[:, 3] * shift * size[1])
    angle, scale = np.radians(signed[:, 4] * rotation), 1 + signed[:, 5] * zoom
    middle = (size[0] - 1) / 2, (size[1] - 1) / 2
    # undo it, last things first, with places counted from the centre
    m0, m1 = upside * np.cos(angle) / scale, upside * np.sin(angle) / scale
    m3, m4 = -mirror * np.sin(angle) / scale, mirror * np.cos(angle) / scale
    m2 = middle[0] - m0 * (middle[0] + down) - m1 * (middle[1] + right)
    m5 = middle[1] - m3 * (middle[0] + down) - m4 * (middle[1] + right)
    maps[...] = np.stack([m0, m1, m2, m3, m4, m5], axis=1)


def draw_pulls(
    rows: Array, clock: Array, pulls: Array, size: tuple[int, int], strength: float, stream: int
) -> None:
    """Draw for each sample how far the points of a coarse grid are pulled, down and to the right.

    `warp` blends them smoothly (P. Y. Simard, D. Steinkraus, J. C. Platt: Best practices for
    convolutional neural networks applied to visual document analysis, ICDAR 2003, who blur
    random pulls of all cells instead).

    rows, clock, size, stream : as in `draw_maps`
    pulls : (n, 2, G, G), in cells
    strength : at most this share of the size
    """
    points = pulls.shape[2]
    numbers = counted(rows, 2 * points * points, clock, stream) * 2.0**-53
    furthest = strength * np.array(size)[:, None, None]
    pulls[...] = (2 * numbers - 1).reshape(pulls.shape) * furthest
