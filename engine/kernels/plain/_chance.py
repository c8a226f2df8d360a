"""Counted random numbers: the hash of a place, instead of the next number of a sequence.

The number for a value is a hash of (seed, step, stream, place of the value in the batch). So it
does not depend on how the batch is split among workers, nothing has to be remembered for the way
back, and the same seed gives the same run.

The hash is the output function of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood: Fast splittable
pseudorandom number generators, OOPSLA 2014) with the constants of D. Stafford's variant 13.
"""

import numpy as np

from engine.kernels import Array

GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, odd
_FACTOR_1 = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR_2 = np.uint64(0x94D049BB133111EB)


def scattered(value: Array) -> Array:
    """Scatter the bits of uint64 numbers: near numbers get unrelated results."""
    value = (value ^ (value >> np.uint64(30))) * _FACTOR_1
    value = (value ^ (value >> np.uint64(27))) * _FACTOR_2
    return np.asarray(value ^ (value >> np.uint64(31)))


def counted(rows: Array, width: int, clock: Array, stream: int) -> Array:
    """Return a random number for each of the values of each sample: (n, width) below 2^53.

    rows : (n,) int64, number of each sample in the whole batch
    clock : (2,) uint64, seed of the run and number of the step
    """
    seed, step = clock[:1], clock[1:]
    key = scattered(seed + GOLDEN)
    key = scattered(key + step * GOLDEN)
    key = scattered(key + np.array([stream], np.uint64) * GOLDEN)
    place = rows.astype(np.uint64)[:, None] * np.uint64(width) + np.arange(width, dtype=np.uint64)
    # 53 bits, as many as a float64 holds
    return np.asarray(scattered(key + place * GOLDEN) >> np.uint64(11))
