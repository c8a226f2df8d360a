"""Inputs of similar size: what is subtracted and divided by is measured on training samples only.

As scikit-learn's StandardScaler and MinMaxScaler. Numbers that never change are only moved, and
cells that are not numbers are left out of what is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from engine.data.samples import Array

Pieces = Callable[[], Iterable[Array]]  # the training rows anew, some at a time: (n, F) each
EPSILON = np.finfo(np.float64).eps


@dataclass(frozen=True, slots=True)
class Scaling:
    """(x − centre) / spread, each (F,) float64."""

    centre: Array
    spread: Array

    def apply(self, x: Array) -> Array:
        """Rows of numbers (n, F), scaled."""
        scaled: Array = (x - self.centre) / self.spread
        return scaled

    def undo(self, x: Array) -> Array:
        """The numbers before scaling."""
        before: Array = x * self.spread + self.centre
        return before

    def only(self, where: Array) -> Scaling:
        """The same, leaving the numbers alone for which `where` (F,) is False."""
        return Scaling(np.where(where, self.centre, 0.0), np.where(where, self.spread, 1.0))

    def repeated(self, times: int) -> Scaling:
        """The same for so many time steps, which stand beside each other."""
        return Scaling(np.tile(self.centre, times), np.tile(self.spread, times))


def fit(way: str, pieces: Pieces) -> Scaling | None:
    """Measure training rows; `way` is "standardise", "min_max", or "none"."""
    if way == "standardise":
        return _standardise(pieces)
    return _min_max(pieces) if way == "min_max" else None


def _standardise(pieces: Pieces) -> Scaling:
    count, total = _sums(pieces, lambda x: x)
    mean = total / np.maximum(count, 1)
    count, squares = _sums(pieces, lambda x: np.square(x - mean))
    variance = squares / np.maximum(count, 1)
    # what never changes has a spread that is rounding alone (Chan, Golub & LeVeque 1983)
    noise = count * EPSILON * variance + (count * mean * EPSILON) ** 2
    return Scaling(mean, np.where(variance > noise, np.sqrt(variance), 1.0))


def _sums(pieces: Pieces, of: Callable[[Array], Array]) -> tuple[Array, Array]:
    """By column: how many cells are numbers, and the sum of a function of them."""
    count: Array = np.zeros(1)
    total: Array = np.zeros(1)
    for piece in pieces():
        values = of(piece)
        good = np.isfinite(values)
        if good.all():
            count, total = count + len(values), total + values.sum(axis=0)
        else:
            count, total = count + good.sum(axis=0), total + np.where(good, values, 0).sum(axis=0)
    return count, total


def _min_max(pieces: Pieces) -> Scaling:
    low: Array = np.full(1, np.inf)
    high: Array = np.full(1, -np.inf)
    for piece in pieces():
        good = np.isfinite(piece)
        low = np.minimum(low, np.where(good, piece, np.inf).min(axis=0, initial=np.inf))
        high = np.maximum(high, np.where(good, piece, -np.inf).max(axis=0, initial=-np.inf))
    empty = low > high
    centre = np.where(empty, 0.0, low)
    width = np.where(empty, 0.0, high) - centre
    return Scaling(centre, np.where(width > 0, width, 1.0))
