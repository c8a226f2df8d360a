"""Counted random numbers: the hash of a place, see the plain twin of this file.

All integers are uint64: Numba would turn a mix of uint64 and int64 into float64.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FACTOR_1 = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@kernel
def scattered(value: np.uint64) -> np.uint64:
    """Scatter the bits of a number: near numbers get unrelated results."""
    value = (value ^ (value >> _30)) * _FACTOR_1
    value = (value ^ (value >> _27)) * _FACTOR_2
    return value ^ (value >> _31)


@kernel
def key_of(clock: Array, stream: int) -> np.uint64:
    """Return what the numbers of one layer at one step are counted from."""
    key = scattered(clock[0] + GOLDEN)
    key = scattered(key + clock[1] * GOLDEN)
    return scattered(key + np.uint64(stream) * GOLDEN)


@kernel
def counted(start: np.uint64, place: int) -> np.uint64:
    """Return a random number below 2^53 for a place counted from `start`."""
    return scattered(start + np.uint64(place) * GOLDEN) >> _11
