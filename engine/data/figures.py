"""Coloured figures drawn by formula: each a distance from its edge, so that edges are smooth.

A distance is negative inside; a pixel is covered as far as the edge has passed through it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.data.points import Drawn
from engine.layers.data import Data

SIZE = 32  # pixels
AT_ONCE = 500  # pictures: more would not stay in the processor's cache
Grid = NDArray[np.floating[Any]]  # (N, 32, 32): a number for each pixel of each picture


def figures(box: Data, rng: np.random.Generator) -> Drawn:
    """Circles, squares, triangles, stars, crosses and rings, (N, 32, 32, 3) uint8.

    Place, size, turn, colour and a background that changes from above to below are left to chance;
    in each channel the colour of the figure is 0.3 to 0.7 away from that of the background.
    """
    count = box.samples
    label = (np.arange(count) % len(FIGURES)).astype(np.int64)
    radius = rng.uniform(6.0, 11.5, count)
    centre = rng.uniform(-1.0, 1.0, (count, 2)) * (SIZE / 2 - 1 - radius)[:, None]
    turn = rng.uniform(-0.35, 0.35, count)
    above = rng.random((count, 3))
    below = np.clip(above + rng.uniform(-0.15, 0.15, (count, 3)), 0.0, 1.0)
    colour = (above + rng.uniform(0.3, 0.7, (count, 3))) % 1.0
    x = np.empty((count, SIZE, SIZE, 3), np.uint8)
    for first in range(0, count, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        covered = _covered(label[some], centre[some], radius[some], turn[some])
        x[some] = np.rint(_painted(covered, above[some], below[some], colour[some]) * 255.0)
    return x, label


def _covered(
    label: NDArray[np.int64],
    centre: NDArray[np.float64],
    radius: NDArray[np.float64],
    turn: NDArray[np.float64],
) -> Grid:
    """How much of each pixel the figure covers."""
    place = np.arange(SIZE, dtype=np.float32) - (SIZE - 1) / 2
    centre = centre.astype(np.float32)
    x = place[None, None, :] - centre[:, 0, None, None]
    y = place[None, :, None] - centre[:, 1, None, None]
    scale = (1.0 / radius).astype(np.float32)[:, None, None]
    cos, sin = (f(turn).astype(np.float32)[:, None, None] * scale for f in (np.cos, np.sin))
    u, v = cos * x + sin * y, cos * y - sin * x
    distance = np.empty_like(u)
    for number, figure in enumerate(FIGURES.values()):
        distance[label == number] = figure(u[label == number], v[label == number])
    return np.clip(0.5 - distance / scale, 0.0, 1.0)


def _painted(
    covered: Grid,
    above: NDArray[np.float64],
    below: NDArray[np.float64],
    colour: NDArray[np.float64],
) -> NDArray[np.float64]:
    down = np.linspace(0.0, 1.0, SIZE)[None, :, None, None]
    ground = above[:, None, None] * (1.0 - down) + below[:, None, None] * down
    share = covered[..., None]
    return np.asarray(ground * (1.0 - share) + colour[:, None, None] * share)


def _folded(u: Grid, v: Grid, corners: int) -> tuple[Grid, Grid]:
    """A plane with so many equal sectors, each laid on the one around the upright, and halved."""
    sector = 2.0 * np.pi / corners
    angle = np.arctan2(u, -v)  # of the upright, as pictures count downwards
    angle = np.abs((angle + sector / 2) % sector - sector / 2)
    away = np.hypot(u, v)
    return away * np.sin(angle), away * np.cos(angle)


def _circle(u: Grid, v: Grid) -> Grid:
    return np.hypot(u, v) - 0.9


def _square(u: Grid, v: Grid) -> Grid:
    return np.maximum(np.abs(u), np.abs(v)) - 0.75


def _polygon_edge(u: Grid, v: Grid, corners: int, notch: float) -> Grid:
    """Distance from the straight line between a corner, 1 away, and the next notch."""
    across, along = _folded(u, v, corners)
    half = np.pi / corners
    end_across, end_along = notch * np.sin(half), notch * np.cos(half)
    long = np.hypot(end_across, 1.0 - end_along)
    edge: Grid = (across * (1.0 - end_along) + (along - 1.0) * end_across) / long
    return edge


def _triangle(u: Grid, v: Grid) -> Grid:
    return _polygon_edge(u, v, 3, 0.5)


def _star(u: Grid, v: Grid) -> Grid:
    return _polygon_edge(u, v, 5, 0.42)


def _cross(u: Grid, v: Grid) -> Grid:
    long, short = np.maximum(np.abs(u), np.abs(v)), np.minimum(np.abs(u), np.abs(v))
    return np.maximum(long - 0.9, short - 0.3)


def _ring(u: Grid, v: Grid) -> Grid:
    return np.abs(np.hypot(u, v) - 0.72) - 0.2


FIGURES: dict[str, Callable[[Grid, Grid], Grid]] = {
    "circle": _circle,
    "square": _square,
    "triangle": _triangle,
    "star": _star,
    "cross": _cross,
    "ring": _ring,
}
