"""Layer and group normalisation: each sample is normalised by itself, without looking at others."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def layer_norm(
    x: Array, gain: Array, offset: Array, y: Array, statistics: Array, epsilon: float
) -> None:
    """Normalise each row; see the plain twin."""
    rows, features = x.shape
    zero, one = x.dtype.type(0), x.dtype.type(1)
    part, small = one / x.dtype.type(features), x.dtype.type(epsilon)
    for r in range(rows):
        mean = zero
        for c in range(features):
            mean += x[r, c]
        mean *= part
        variance = zero
        for c in range(features):
            variance += (x[r, c] - mean) * (x[r, c] - mean)
        inverse = one / np.sqrt(variance * part + small)
        statistics[r, 0], statistics[r, 1] = mean, inverse
        for c in range(features):
            y[r, c] = (x[r, c] - mean) * inverse
        if gain.size > 0:
            for c in range(features):
                y[r, c] *= gain[c]
        if offset.size > 0:
            for c in range(features):
                y[r, c] += offset[c]


@kernel
def layer_norm_gradient(x: Array, dy: Array, gain: Array, statistics: Array, dx: Array) -> None:
    """Send the gradient back through each row's mean and variance; see the plain twin."""
    rows, features = x.shape
    zero = x.dtype.type(0)
    part = x.dtype.type(1) / x.dtype.type(features)
    for r in range(rows):
        mean, inverse = statistics[r, 0], statistics[r, 1]
        if gain.size > 0:
            for c in range(features):
                dx[r, c] = dy[r, c] * gain[c]
        else:
            for c in range(features):
                dx[r, c] = dy[r, c]
        total, weighted = zero, zero
        for c in range(features):
            total += dx[r, c]
            weighted += dx[r, c] * (x[r, c] - mean)
        total *= part
        weighted *= part * inverse * inverse
        for c in range(features):
            dx[r, c] = (dx[r, c] - total - (x[r, c] - mean) * weighted) * inverse


@kernel
def layer_norm_weight_gradient(
    x: Array, dy: Array, statistics: Array, dgain: Array, doffset: Array
) -> None:
    """Sum the gradients by gain and offset; see the plain twin."""
    zero = x.dtype.type(0)
    for c in range(dgain.size):
        dgain[c] = zero
    for c in range(doffset.size):
        doffset[c] = zero
    for r in range(x.shape[0]):
        mean, inverse = statistics[r, 0], statistics[r, 1]
        for c in range(dgain.size):
            dgain[c] += dy[r, c] * ((x[r, c] - mean) * inverse)
        for c in range(doffset.size):
            doffset[c] += dy[r, c]


@kernel
def _spread_means(values: Array, groups: int, count: float) -> None:
    """Replace the sums of single channels by the mean of their group: sum over it, by count."""
    width = values.size // groups
    part = values.dtype.type(1 / count)
    for g in range(groups):
        group = values[g * width : (g + 1) * width]
        total = values.dtype.type(0)
        for c in range(width):
            total += group[c]
        for c in range(width):
            group[c] = total * part


@kernel
def group_norm(
    x: Array, gain: Array, offset: Array, y: Array, statistics: Array, room: Array, epsilon: float
) -> None:
    """Normalise each group of channels of each sample; see the plain twin."""
    samples, places, channels = x.shape
    groups = statistics.shape[1]
    width, count = channels // groups, float(places * (channels // groups))
    zero, one, small = x.dtype.type(0), x.dtype.type(1), x.dtype.type(epsilon)
    mean, factor, shift = room[0], room[1], room[2]
    for c in range(channels):
        shift[c] = offset[c] if offset.size > 0 else zero
    for i in range(samples):
        for c in range(channels):
            mean[c], factor[c] = zero, zero
        for p in range(places):
            for c in range(channels):
                mean[c] += x[i, p, c]
        _spread_means(mean, groups, count)
        for p in range(places):
            for c in range(channels):
                factor[c] += (x[i, p, c] - mean[c]) * (x[i, p, c] - mean[c])
        _spread_means(factor, groups, count)
        for g in range(groups):
            inverse = one / np.sqrt(factor[g * width] + small)
            statistics[i, g, 0], statistics[i, g, 1] = mean[g * width], inverse
            for c in range(g * width, (g + 1) * width):
                factor[c] = inverse * gain[c] if gain.size > 0 else inverse
        for p in range(places):
            for c in range(channels):
                y[i, p, c] = (x[i, p, c] - mean[c]) * factor[c] + shift[c]


@kernel
def _spread_statistics(statistics: Array, mean: Array, inverse: Array) -> None:
    """Write mean and 1 / deviation of each group of a sample beside each of its channels."""
    width = mean.size // statistics.shape[0]
    for g in range(statistics.shape[0]):
        for c in range(g * width, (g + 1) * width):
            mean[c], inverse[c] = statistics[g, 0], statistics[g, 1]


@kernel
def group_norm_gradient(
    x: Array, dy: Array, gain: Array, statistics: Array, room: Array, dx: Array
) -> None:
    """Send the gradient back through each group's mean and variance; see the plain twin."""
    samples, places, channels = x.shape
    groups = statistics.shape[1]
    count = float(places * (channels // groups))
    zero = x.dtype.type(0)
    mean, inverse, total, weighted = room[0], room[1], room[2], room[3]
    for i in range(samples):
        _spread_statistics(statistics[i], mean, inverse)
        for c in range(channels):
            total[c], weighted[c] = zero, zero
        for p in range(places):
            for c in range(channels):
                total[c] += dy[i, p, c]
                weighted[c] += dy[i, p, c] * (x[i, p, c] - mean[c])
        for c in range(gain.size):
            total[c] *= gain[c]
            weighted[c] *= gain[c]
        _spread_means(total, groups, count)
        _spread_means(weighted, groups, count)
        for c in range(channels):
            weighted[c] *= inverse[c] * inverse[c] * inverse[c]
            total[c] *= inverse[c]
        if gain.size > 0:
            for c in range(channels):
                inverse[c] *= gain[c]
        for p in range(places):
            for c in range(channels):
                pull = total[c] + (x[i, p, c] - mean[c]) * weighted[c]
                dx[i, p, c] = dy[i, p, c] * inverse[c] - pull


@kernel
def group_norm_weight_gradient(
    x: Array, dy: Array, statistics: Array, room: Array, dgain: Array, doffset: Array
) -> None:
    """Sum the gradients by gain and offset; see the plain twin."""
    samples, places, _ = x.shape
    zero = x.dtype.type(0)
    mean, inverse = room[0], room[1]
    for c in range(dgain.size):
        dgain[c] = zero
    for c in range(doffset.size):
        doffset[c] = zero
    for i in range(samples):
        _spread_statistics(statistics[i], mean, inverse)
        for p in range(places):
            for c in range(dgain.size):
                dgain[c] += dy[i, p, c] * ((x[i, p, c] - mean[c]) * inverse[c])
            for c in range(doffset.size):
                doffset[c] += dy[i, p, c]
