"""Noise on values while training; the random numbers are counted, not drawn: see `_chance`."""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._chance import counted


def gaussian_noise(
    x: Array, rows: Array, clock: Array, y: Array, deviation: float, stream: int
) -> None:
    """Add to each value a number from the normal distribution: y = x + deviation · z.

    z = √(-2 ln u) cos(2π v) with u and v uniform between 0 and 1 (Box & Muller 1958), each of 24
    bits of one random number, which a float32 can hold.

    x : (n, K)
    rows : (n,) int64, number of each sample in the whole batch
    clock : (2,) uint64, seed of the run and number of the step
    y : (n, K)
    deviation : standard deviation of the noise
    stream : number of the layer, so that two layers get different noise
    """
    numbers = counted(rows, x.shape[1], clock, stream)
    u = ((numbers >> np.uint64(29)) + np.uint64(1)) * 2.0**-24  # above 0: its logarithm is finite
    v = ((numbers >> np.uint64(5)) & np.uint64(0xFFFFFF)) * 2.0**-24
    z = np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)
    y[...] = x + deviation * z
