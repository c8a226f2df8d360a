"""Batch normalisation: each feature is brought to mean 0 and variance 1 over the whole batch."""

import numpy as np

from engine.kernels import COUNT, FACTOR, INVERSE, MEAN, OFFSET, VARIANCE, Array
from engine.kernels.cpu import kernel

_ROWS = 64  # summed at a time: they stay in the nearest cache, and long sums stay exact


@kernel
def feature_moments(x: Array, mask: Array, room: Array, moments: Array) -> None:
    """Describe one worker's rows by count, mean and squared deviations; see the plain twin."""
    rows, features = x.shape
    zero, one = x.dtype.type(0), x.dtype.type(1)
    mean, squares = room[0], room[1]  # of a block of rows
    for c in range(features):
        moments[0, c], moments[1, c], moments[2, c] = zero, zero, zero
    count = 0
    for start in range(0, rows, _ROWS):
        stop = min(start + _ROWS, rows)
        here = 0
        for c in range(features):
            mean[c], squares[c] = zero, zero
        for r in range(start, stop):
            if mask.size == 0 or mask[r] > zero:
                here += 1
                for c in range(features):
                    mean[c] += x[r, c]
        if here == 0:
            continue
        part = one / x.dtype.type(here)
        for c in range(features):
            mean[c] *= part
        for r in range(start, stop):
            if mask.size == 0 or mask[r] > zero:
                for c in range(features):
                    delta = x[r, c] - mean[c]
                    squares[c] += delta * delta
        _join(moments[1], moments[2], count, mean, squares, here)
        count += here
    for c in range(features):
        moments[0, c] = x.dtype.type(count)


@kernel
def _join(
    mean: Array, squares: Array, count: float, other: Array, more: Array, others: float
) -> None:
    """Add the moments of `others` rows to those of `count` rows (Chan et al. 1979, eq. 2.1)."""
    part = mean.dtype.type(others / (count + others))
    both = mean.dtype.type(count * (others / (count + others)))
    for c in range(mean.size):
        delta = other[c] - mean[c]
        mean[c] += delta * part
        squares[c] += more[c] + delta * delta * both


@kernel
def combine_moments(
    moments: Array, gain: Array, offset: Array, statistics: Array, epsilon: float
) -> None:
    """Combine what all workers found, in their order; see the plain twin."""
    mean, squares = statistics[MEAN], statistics[VARIANCE]
    zero = statistics.dtype.type(0)
    for c in range(mean.size):
        mean[c], squares[c] = zero, zero
    count = 0.0
    for w in range(moments.shape[0]):
        others = float(moments[w, 0, 0])
        if others > 0:
            _join(mean, squares, count, moments[w, 1], moments[w, 2], others)
            count += others
    part = statistics.dtype.type(1 / max(count, 1.0))
    for c in range(mean.size):
        statistics[COUNT, c] = statistics.dtype.type(count)
        squares[c] *= part
    known_statistics(mean, squares, gain, offset, statistics, epsilon)


@kernel
def known_statistics(
    mean: Array, variance: Array, gain: Array, offset: Array, statistics: Array, epsilon: float
) -> None:
    """Prepare the normalisation with a known mean and variance; see the plain twin."""
    one, small = statistics.dtype.type(1), statistics.dtype.type(epsilon)
    for c in range(mean.size):
        statistics[MEAN, c], statistics[VARIANCE, c] = mean[c], variance[c]
        inverse = one / np.sqrt(variance[c] + small)
        statistics[INVERSE, c] = inverse
        statistics[FACTOR, c] = inverse * gain[c] if gain.size > 0 else inverse
        statistics[OFFSET, c] = offset[c] if offset.size > 0 else one - one


@kernel
def normalise_features(x: Array, statistics: Array, y: Array) -> None:
    """Shift and scale each feature; see the plain twin."""
    mean, factor, offset = statistics[MEAN], statistics[FACTOR], statistics[OFFSET]
    for r in range(x.shape[0]):
        for c in range(x.shape[1]):
            y[r, c] = (x[r, c] - mean[c]) * factor[c] + offset[c]


@kernel
def move_statistics(statistics: Array, mean: Array, variance: Array, momentum: float) -> None:
    """Let the running mean and variance follow those of a batch; see the plain twin."""
    keep = mean.dtype.type(momentum)
    new = mean.dtype.type(1) - keep
    for c in range(mean.size):
        mean[c] = mean[c] * keep + statistics[MEAN, c] * new
        variance[c] = variance[c] * keep + statistics[VARIANCE, c] * new


@kernel
def feature_sums(
    x: Array, dy: Array, statistics: Array, room: Array, sums: Array, dgain: Array, doffset: Array
) -> None:
    """Sum one worker's gradients by offset and gain; see the plain twin."""
    rows, features = x.shape
    zero = x.dtype.type(0)
    mean, inverse = statistics[MEAN], statistics[INVERSE]
    total, weighted = room[0], room[1]  # of a block of rows
    for c in range(features):
        sums[0, c], sums[1, c] = zero, zero
    for start in range(0, rows, _ROWS):
        for c in range(features):
            total[c], weighted[c] = zero, zero
        for r in range(start, min(start + _ROWS, rows)):
            for c in range(features):
                total[c] += dy[r, c]
                weighted[c] += dy[r, c] * (x[r, c] - mean[c])
        for c in range(features):
            sums[0, c] += total[c]
            sums[1, c] += weighted[c] * inverse[c]
    for c in range(dgain.size):
        dgain[c] = sums[1, c]
    for c in range(doffset.size):
        doffset[c] = sums[0, c]


@kernel
def scale_features(dy: Array, statistics: Array, dx: Array) -> None:
    """Send the gradient back where mean and variance are given; see the plain twin."""
    factor = statistics[FACTOR]
    for r in range(dy.shape[0]):
        for c in range(dy.shape[1]):
            dx[r, c] = dy[r, c] * factor[c]


@kernel
def normalise_features_gradient(
    x: Array, dy: Array, mask: Array, statistics: Array, sums: Array, room: Array, dx: Array
) -> None:
    """Send the gradient back through the batch's mean and variance; see the plain twin."""
    rows, features = x.shape
    zero = x.dtype.type(0)
    mean, inverse, factor = statistics[MEAN], statistics[INVERSE], statistics[FACTOR]
    total, weighted = room[0], room[1]
    for c in range(features):
        total[c], weighted[c] = zero, zero
    for w in range(sums.shape[0]):
        for c in range(features):
            total[c] += sums[w, 0, c]
            weighted[c] += sums[w, 1, c]
    part = x.dtype.type(1 / max(float(statistics[COUNT, 0]), 1.0))
    for c in range(features):
        total[c] *= part
        weighted[c] *= part * inverse[c]
    for r in range(rows):
        if mask.size == 0 or mask[r] > zero:
            for c in range(features):
                pull = total[c] + (x[r, c] - mean[c]) * weighted[c]
                dx[r, c] = factor[c] * (dy[r, c] - pull)
        else:
            for c in range(features):
                dx[r, c] = factor[c] * dy[r, c]
