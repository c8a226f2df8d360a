"""Noise with counted random numbers: the same for any split of the batch among workers."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._chance import GOLDEN, counted, key_of

_UNIT = 2.0**-53


@kernel
def gaussian_noise(
    x: Array, rows: Array, clock: Array, y: Array, deviation: float, stream: int
) -> None:
    """Add to each value a number from the normal distribution; see the plain twin."""
    key = key_of(clock, stream)
    width = x.shape[1]
    for i in range(x.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(2 * width) * GOLDEN
        for k in range(width):
            u = (np.float64(counted(start, 2 * k)) + 1.0) * _UNIT
            v = np.float64(counted(start, 2 * k + 1)) * _UNIT
            z = np.sqrt(-2.0 * np.log(u)) * np.cos(2.0 * np.pi * v)
            y[i, k] = x[i, k] + deviation * z
