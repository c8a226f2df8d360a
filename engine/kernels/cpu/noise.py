"""Noise with counted random numbers: the same for any split of the batch among workers."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._chance import GOLDEN, counted, key_of
from engine.kernels.cpu._logarithms import box_muller

_29, _5, _24_BITS = np.uint64(29), np.uint64(5), np.uint64(0xFFFFFF)


@kernel
def gaussian_noise(
    x: Array, rows: Array, clock: Array, y: Array, deviation: float, stream: int
) -> None:
    """Add to each value a number from the normal distribution; see the plain twin."""
    key = key_of(clock, stream)
    kind, width = x.dtype.type, x.shape[1]
    unit, strength = kind(2.0**-24), kind(deviation)
    for i in range(x.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(width) * GOLDEN
        for k in range(width):
            number = counted(start, k)
            u = kind(np.int32(number >> _29) + np.int32(1)) * unit
            v = kind(np.int32((number >> _5) & _24_BITS)) * unit
            y[i, k] = x[i, k] + strength * box_muller(u, v)
