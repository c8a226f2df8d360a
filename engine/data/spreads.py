"""How the values of a column lie: a histogram, and the numbers that sum it up."""

from __future__ import annotations

import numpy as np

from engine.data.samples import Array
from engine.data_protocol import Spread

BINS = 24  # of measured numbers; whole numbers have a bin each, if these are enough
AT_ONCE = 1 << 20  # values that are turned into float64 together


def spread_of(values: Array, categories: int = 0) -> Spread:
    """The spread of numbers of any shape, NaN being gaps.

    categories : if values are numbers of categories, how many there are; then each has its bin

    The deviation is that of the whole population (divided by n), as scaling uses it.
    """
    flat = np.asarray(values).reshape(-1)
    there = flat
    if flat.dtype.kind == "f":
        finite = np.isfinite(flat)
        there = flat if finite.all() else flat[finite]
    gaps = len(flat) - len(there)
    if not len(there):
        nothing = np.zeros(0, np.int64)
        return Spread(nothing, np.zeros(0), float("nan"), float("nan"), 0.0, 0.0, gaps)
    low, high = float(there.min()), float(there.max())
    if categories:
        counts = np.bincount(there.astype(np.int64), minlength=categories)
        return Spread(counts, np.zeros(0), *moments(there), low, high, gaps)
    bins, ends = _bins(there, low, high)
    counts, edges = np.histogram(there, bins, ends)
    return Spread(counts, edges, *moments(there), low, high, gaps)


def _bins(values: Array, low: float, high: float) -> tuple[int, tuple[float, float]]:
    """How many bins, and where they begin and end: around each whole number if there are few."""
    if high - low < BINS and bool(np.all(values == np.rint(values))):
        return round(high - low) + 1, (low - 0.5, high + 0.5)
    if low == high:
        room = abs(low) / 2 or 0.5
        return 1, (low - room, low + room)
    return BINS, (low, high)


def moments(values: Array) -> tuple[float, float]:
    """Mean and deviation in float64, some values at a time: (N,) may fill much of the memory."""
    starts = range(0, len(values), AT_ONCE)
    total = sum(float(values[i : i + AT_ONCE].sum(dtype=np.float64)) for i in starts)
    mean = total / len(values)
    squares = 0.0
    for i in starts:
        away = values[i : i + AT_ONCE].astype(np.float64) - mean
        squares += float(away @ away)
    return mean, float(np.sqrt(squares / len(values)))
