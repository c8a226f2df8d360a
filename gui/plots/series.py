"""The values of one curve, kept so that drawing a million of them costs as little as a thousand.

Values are appended to a buffer that grows by doubling. Above it stands a pyramid of minima and
maxima over 16, 32, 64, … values, extended together with it. A picture of any range then reads a
bounded number of values, and no peak is lost; zoomed in far enough, it is the values themselves.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FIRST = 16  # values in a bucket of the lowest level of the pyramid
BLOCK = 128  # values smoothed at once
FADED = 37.0  # e**-37 is nothing beside 1


class Growing:
    """An array that can be appended to; `values` is a view of what it holds now."""

    def __init__(self) -> None:
        self._room = np.empty(1024)
        self.count = 0

    @property
    def values(self) -> Floats:
        """What has been appended, oldest first."""
        return self._room[: self.count]

    def extend(self, values: Floats) -> None:
        """Append values; room is doubled when it runs out."""
        needed = self.count + len(values)
        if needed > len(self._room):
            room = np.empty(max(needed, 2 * len(self._room)))
            room[: self.count] = self.values
            self._room = room
        self._room[self.count : needed] = values
        self.count = needed


class Level:
    """Minima and maxima of the complete buckets of `size` values."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.lows, self.highs = Growing(), Growing()

    def extend(self, lows: Floats, highs: Floats) -> None:
        """Add the buckets completed by what lies below, `lows` and `highs` in equal parts."""
        done = self.lows.count
        ready = len(lows) // 2
        if ready > done:
            pairs = slice(2 * done, 2 * ready)
            self.lows.extend(np.fmin.reduce(lows[pairs].reshape(-1, 2), axis=1))
            self.highs.extend(np.fmax.reduce(highs[pairs].reshape(-1, 2), axis=1))


class Series:
    """One curve, value i belonging to batch number i + 1. Values that are not finite are gaps."""

    def __init__(self) -> None:
        self._values = Growing()
        self._levels: list[Level] = []

    @property
    def values(self) -> Floats:
        """All values, gaps as NaN."""
        return self._values.values

    def __len__(self) -> int:
        return self._values.count

    def extend(self, values: ArrayLike) -> None:
        """Append values."""
        new = np.asarray(values, dtype=np.float64)
        self._values.extend(np.where(np.isfinite(new), new, np.nan))
        if not self._levels:
            self._levels.append(Level(FIRST))
        lowest = self._levels[0]
        done, ready = lowest.lows.count, len(self) // FIRST
        if ready > done:
            buckets = self.values[done * FIRST : ready * FIRST].reshape(-1, FIRST)
            lowest.lows.extend(np.fmin.reduce(buckets, axis=1))
            lowest.highs.extend(np.fmax.reduce(buckets, axis=1))
        self._raise_pyramid()

    def _raise_pyramid(self) -> None:
        below = self._levels[0]
        for above in self._levels[1:]:
            above.extend(below.lows.values, below.highs.values)
            below = above
        while below.lows.count >= 2:
            above = Level(2 * below.size)
            above.extend(below.lows.values, below.highs.values)
            self._levels.append(above)
            below = above

    def picture(self, start: int, stop: int, columns: int) -> tuple[Floats, Floats]:
        """The curve of values start … stop - 1, for a plot `columns` pixels wide.

        Returns x (batch numbers) and y, at most about 2·columns points: the values themselves if
        that is enough, otherwise the lowest and the highest value of each bucket.
        """
        start, stop = max(start, 0), min(stop, len(self))
        if stop - start <= 2 * columns:
            start = min(start, stop)
            return np.arange(start + 1.0, stop + 1.0), self.values[start:stop]
        width = -(-(stop - start) // columns)
        if width <= FIRST:
            return self._from_values(start, stop, width)
        level = next((each for each in self._levels if each.size >= width), self._levels[-1])
        first, last = start // level.size, min(stop // level.size, level.lows.count)
        lows, highs = level.lows.values[first:last], level.highs.values[first:last]
        x, y = _interleaved(first * level.size, level.size, lows, highs)
        rest_x, rest_y = self._rest(last * level.size, stop)
        return np.concatenate([x, rest_x]), np.concatenate([y, rest_y])

    def _from_values(self, start: int, stop: int, width: int) -> tuple[Floats, Floats]:
        start -= start % width  # buckets that stay where they are while the curve grows
        whole = start + (stop - start) // width * width
        buckets = self.values[start:whole].reshape(-1, width)
        lows, highs = np.fmin.reduce(buckets, axis=1), np.fmax.reduce(buckets, axis=1)
        x, y = _interleaved(start, width, lows, highs)
        rest_x, rest_y = self._rest(whole, stop)
        return np.concatenate([x, rest_x]), np.concatenate([y, rest_y])

    def _rest(self, start: int, stop: int) -> tuple[Floats, Floats]:
        """The bucket that is not complete yet: its extremes, and the newest value."""
        if stop <= start:
            return np.empty(0), np.empty(0)
        values = self.values[start:stop]
        middle = (start + stop + 1) / 2
        ends = [np.fmin.reduce(values), np.fmax.reduce(values), values[-1]]
        return np.array([middle, middle, stop]), np.array(ends)


def _interleaved(start: int, size: int, lows: Floats, highs: Floats) -> tuple[Floats, Floats]:
    """A line up and down through buckets of `size` values, the first beginning at value `start`."""
    centres = start + (size + 1) / 2 + size * np.arange(len(lows))
    return np.repeat(centres, 2), np.stack([lows, highs], axis=1).ravel()


def smoothed(values: ArrayLike, decay: float, before: float) -> Floats:
    """Exponential smoothing: y[i] = decay·y[i-1] + (1 - decay)·x[i], with y[-1] = before.

    Gaps in `values` are filled with the value before them. Within blocks a matrix product does
    it, so that only the step from block to block is a loop.
    """
    x = _filled(np.asarray(values, dtype=np.float64), before)
    if decay <= 0.0:
        return x
    kernel, fading = _weights(decay)
    count = len(x) // BLOCK
    whole = x[: count * BLOCK].reshape(count, BLOCK) @ kernel.T
    starts = np.empty((count, 1))
    for i, end in enumerate(whole[:, -1].tolist()):
        starts[i] = before
        before = end + fading[-1] * before
    whole += starts * fading
    rest = x[count * BLOCK :]
    size = len(rest)
    return np.concatenate([whole.ravel(), kernel[:size, :size] @ rest + fading[:size] * before])


@lru_cache(maxsize=16)
def _weights(decay: float) -> tuple[Floats, Floats]:
    """What y[i] of a block owes to x[j], and to the y before the block."""
    distance = np.subtract.outer(np.arange(BLOCK), np.arange(BLOCK))
    kernel = np.where(distance >= 0, (1 - decay) * decay ** np.maximum(distance, 0), 0.0)
    return kernel, decay ** np.arange(1.0, BLOCK + 1)


def _filled(x: Floats, before: float) -> Floats:
    seen = np.isfinite(x)
    if seen.all():
        return x
    last = np.maximum.accumulate(np.where(seen, np.arange(1, len(x) + 1), 0))
    return np.concatenate([[before], x])[last]


class Quantity:
    """One quantity of a run batch by batch: as measured, and smoothed."""

    def __init__(self, decay: float = 0.0) -> None:
        self.raw, self.smooth = Series(), Series()
        self._decay = decay
        self._sum = 0.0  # the newest smoothed value, still drawn towards the 0 it began with

    @property
    def decay(self) -> float:
        """How much of the smoothed value is kept at each batch; 0 is no smoothing."""
        return self._decay

    @decay.setter
    def decay(self, decay: float) -> None:
        if decay != self._decay:
            self._decay = decay
            self.smooth, self._sum = Series(), 0.0
            self._smooth(self.raw.values)

    @property
    def now(self) -> float:
        """The newest smoothed value; NaN before the first."""
        return float(self.smooth.values[-1]) if len(self.smooth) else math.nan

    def extend(self, values: ArrayLike) -> None:
        """Append the values of some batches."""
        done = len(self.raw)
        self.raw.extend(values)
        self._smooth(self.raw.values[done:])

    def _smooth(self, values: Floats) -> None:
        """Smooth from 0, and divide by the weight of what was seen, as Adam does with its means."""
        if not len(values):
            return
        new = smoothed(values, self._decay, self._sum)
        self._sum = float(new[-1])
        first = len(self.smooth) + 1
        last = FADED / -math.log(self._decay) if self._decay > 0 else 0.0
        young = np.arange(first, min(first + len(new), last))
        new[: len(young)] /= 1 - self._decay**young
        self.smooth.extend(new)
