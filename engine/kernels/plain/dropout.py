"""Dropout: switch values off at random while training, so that no unit can rely on another.

The random numbers are counted, not drawn: the number for a value is a hash of (seed, step, stream,
place of the value in the batch). So the mask does not depend on how the batch is split among
workers, nothing has to be remembered for the way back, and the same seed gives the same run.

The hash is the output function of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood: Fast splittable
pseudorandom number generators, OOPSLA 2014) with the constants of D. Stafford's variant 13.
Dropout itself: N. Srivastava et al., JMLR 15 (2014), in the "inverted" form: the values that stay
are enlarged while training, and nothing needs to be done at prediction time.
"""

import numpy as np

from engine.kernels import Array

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, odd
_FACTOR_1 = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR_2 = np.uint64(0x94D049BB133111EB)


def _hash(value: Array) -> Array:
    """Scatter the bits of uint64 numbers: near numbers get unrelated results."""
    value = (value ^ (value >> np.uint64(30))) * _FACTOR_1
    value = (value ^ (value >> np.uint64(27))) * _FACTOR_2
    return np.asarray(value ^ (value >> np.uint64(31)))


def _kept(rows: Array, width: int, clock: Array, rate: float, stream: int) -> Array:
    """Return which of the values of each sample stay: (n, width) of True or False."""
    seed, step = clock[:1], clock[1:]
    key = _hash(seed + _GOLDEN)
    key = _hash(key + step * _GOLDEN)
    key = _hash(key + np.array([stream], np.uint64) * _GOLDEN)
    place = rows.astype(np.uint64)[:, None] * np.uint64(width) + np.arange(width, dtype=np.uint64)
    number = _hash(key + place * _GOLDEN) >> np.uint64(11)  # 53 bits, as many as a float64 holds
    return np.asarray(number >= np.uint64(rate * 2.0**53))


def dropout(x: Array, rows: Array, clock: Array, y: Array, rate: float, stream: int) -> None:
    """Set a share of the values to zero and enlarge the others: y = x / (1 - rate) or 0.

    x : (n, K)
    rows : (n,) int64, number of each sample in the whole batch
    clock : (2,) uint64, seed of the run and number of the step
    y : (n, K)
    rate : share to drop, 0 <= rate < 1
    stream : number of the layer, so that two layers drop different values
    """
    kept = _kept(rows, x.shape[1], clock, rate, stream)
    y[...] = np.where(kept, x * x.dtype.type(1 / (1 - rate)), 0)


def dropout_gradient(
    dy: Array, rows: Array, clock: Array, dx: Array, rate: float, stream: int
) -> None:
    """Let the gradient through where the value went through, enlarged by the same factor.

    dy : (n, K)
    rows, clock, rate, stream : as in `dropout`, of the same step
    dx : (n, K)
    """
    kept = _kept(rows, dy.shape[1], clock, rate, stream)
    dx[...] = np.where(kept, dy * dy.dtype.type(1 / (1 - rate)), 0)
