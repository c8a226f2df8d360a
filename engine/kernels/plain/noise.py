"""Noise on values while training; the random numbers are counted, not drawn: see `_chance`."""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._chance import counted


def gaussian_noise(
    x: Array, rows: Array, clock: Array, y: Array, deviation: float, stream: int
) -> None:
    """Add to each value a number from the normal distribution: y = x + deviation · z.

    z = √(-2 ln u) cos(2π v) with u and v uniform between 0 and 1 (Box & Muller 1958).

    x : (n, K)
    rows : (n,) int64, number of each sample in the whole batch
    clock : (2,) uint64, seed of the run and number of the step
    y : (n, K)
    deviation : standard deviation of the noise
    stream : number of the layer, so that two layers get different noise
    """
    numbers = counted(rows, 2 * x.shape[1], clock, stream)
    u = (numbers[:, ::2] + 1.0) * 2.0**-53  # above 0, so that its logarithm is finite
    v = numbers[:, 1::2] * 2.0**-53
    z = np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)
    y[...] = x + deviation * z
