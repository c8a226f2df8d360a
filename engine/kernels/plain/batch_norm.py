"""Batch normalisation: each feature is brought to mean 0 and variance 1 over the whole batch.

S. Ioffe, C. Szegedy: Batch normalization, ICML 2015, algorithm 1 and the gradients of section 3.
A batch is shared out among workers, so each first describes its own part by count, mean and sum of
squared deviations; these are then combined (T. F. Chan, G. H. Golub, R. J. LeVeque: Updating
formulae and a pairwise algorithm for computing sample variances, 1979, eq. 2.1), by every worker in
the same order. Sums of squares would lose all digits where the mean is large.

What is known of each of C features lies in `statistics`, (6, C): the rows COUNT, MEAN, VARIANCE,
INVERSE (1 / deviation), FACTOR (gain / deviation) and OFFSET of `engine.kernels`.
"""

import numpy as np

from engine.kernels import COUNT, FACTOR, INVERSE, MEAN, OFFSET, VARIANCE, Array


def feature_moments(x: Array, mask: Array, room: Array, moments: Array) -> None:
    """Describe one worker's rows: count, mean and Σ (x - mean)² of each feature.

    x : (R, C)
    mask : (R,) with 0 at each row that does not count, or (0,)
    room : (2, C) to work in
    moments : (3, C)
    """
    counted = x[mask > 0] if mask.size else x
    moments[0] = len(counted)
    moments[1:] = 0
    if len(counted):
        moments[1] = counted.mean(axis=0)
        moments[2] = ((counted - moments[1]) ** 2).sum(axis=0)


def combine_moments(
    moments: Array, gain: Array, offset: Array, statistics: Array, epsilon: float
) -> None:
    """Combine what all workers found, one after the other, and prepare the normalisation.

    With δ = mean_b - mean_a and n = n_a + n_b, mean = mean_a + δ n_b / n, and the sum of squared
    deviations is M_a + M_b + δ² n_a n_b / n. The variance is that sum divided by n.

    moments : (W, 3, C), of each worker
    gain, offset : (C,) or (0,)
    statistics : (6, C)
    epsilon : added to the variance
    """
    count, mean, squares = 0.0, np.zeros_like(moments[0, 1]), np.zeros_like(moments[0, 2])
    for n, other, more in moments:
        if n[0] > 0:
            total = count + n[0]
            delta = other - mean
            mean = mean + delta * (n[0] / total)
            squares = squares + more + delta * delta * (count * n[0] / total)
            count = total
    statistics[COUNT] = count
    known_statistics(mean, squares / max(count, 1), gain, offset, statistics, epsilon)


def known_statistics(
    mean: Array, variance: Array, gain: Array, offset: Array, statistics: Array, epsilon: float
) -> None:
    """Prepare the normalisation with a mean and a variance that are known already.

    mean, variance : (C,)
    gain, offset : (C,) or (0,)
    statistics : (6, C); its count stays as it is
    epsilon : added to the variance
    """
    statistics[MEAN], statistics[VARIANCE] = mean, variance
    statistics[INVERSE] = 1 / np.sqrt(variance + variance.dtype.type(epsilon))
    statistics[FACTOR] = statistics[INVERSE] * gain if gain.size else statistics[INVERSE]
    statistics[OFFSET] = offset if offset.size else 0


def normalise_features(x: Array, statistics: Array, y: Array) -> None:
    """Shift and scale each feature: y = (x - mean) · factor + offset.

    x, y : (R, C)
    statistics : (6, C)
    """
    y[...] = (x - statistics[MEAN]) * statistics[FACTOR] + statistics[OFFSET]


def move_statistics(statistics: Array, mean: Array, variance: Array, momentum: float) -> None:
    """Let the running mean and variance follow those of a batch: r ← momentum r + (1 - momentum) b.

    statistics : (6, C)
    mean, variance : (C,) running, changed in place
    momentum : how much of the old value stays
    """
    keep = mean.dtype.type(momentum)
    mean[...] = mean * keep + statistics[MEAN] * (1 - keep)
    variance[...] = variance * keep + statistics[VARIANCE] * (1 - keep)


def feature_sums(
    x: Array, dy: Array, statistics: Array, room: Array, sums: Array, dgain: Array, doffset: Array
) -> None:
    """Sum one worker's gradients: by the offset Σ dy, by the gain Σ dy x̂, x̂ being normalised x.

    x, dy : (R, C)
    statistics : (6, C)
    room : (2, C) to work in
    sums : (2, C), Σ dy and Σ dy x̂
    dgain, doffset : (C,) or (0,)
    """
    normalised = (x - statistics[MEAN]) * statistics[INVERSE]
    sums[0], sums[1] = dy.sum(axis=0), (dy * normalised).sum(axis=0)
    if dgain.size:
        dgain[...] = sums[1]
    if doffset.size:
        doffset[...] = sums[0]


def scale_features(dy: Array, statistics: Array, dx: Array) -> None:
    """Send the gradient back where mean and variance are given: dx = factor · dy.

    dy, dx : (R, C)
    statistics : (6, C)
    """
    dx[...] = dy * statistics[FACTOR]


def normalise_features_gradient(
    x: Array, dy: Array, mask: Array, statistics: Array, sums: Array, room: Array, dx: Array
) -> None:
    """Send the gradient back through the batch's own mean and variance.

    dx = factor (dy - Σ dy / n - x̂ Σ dy x̂ / n), with sums over the whole batch; a row that does not
    count has moved neither mean nor variance, and keeps factor · dy.

    x, dy, dx : (R, C)
    mask : (R,) with 0 at each row that does not count, or (0,)
    statistics : (6, C)
    sums : (W, 2, C) of each worker, see `feature_sums`
    room : (2, C) to work in
    """
    total = np.zeros_like(sums[0])
    for one in sums:
        total = total + one
    total = total / max(statistics[COUNT, 0], 1)
    normalised = (x - statistics[MEAN]) * statistics[INVERSE]
    pull = total[0] + normalised * total[1]
    if mask.size:
        pull = np.where(mask[:, None] > 0, pull, 0)
    dx[...] = statistics[FACTOR] * (dy - pull)
