"""Dropout: switch values off at random while training, so that no unit can rely on another.

N. Srivastava et al., JMLR 15 (2014), in the "inverted" form: the values that stay are enlarged
while training, and nothing needs to be done at prediction time. Whole channels: J. Tompson et al.,
CVPR 2015. The random numbers are counted, not drawn: see `_chance`.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._chance import counted


def _kept(rows: Array, width: int, clock: Array, rate: float, stream: int) -> Array:
    """Return which of the values of each sample stay: (n, width) of True or False."""
    return np.asarray(counted(rows, width, clock, stream) >= np.uint64(rate * 2.0**53))


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
    dx : (n, K), may be the same array as dy
    """
    kept = _kept(rows, dy.shape[1], clock, rate, stream)
    dx[...] = np.where(kept, dy * dy.dtype.type(1 / (1 - rate)), 0)


def spatial_dropout(
    x: Array, rows: Array, clock: Array, y: Array, rate: float, stream: int
) -> None:
    """Set a share of the channels to zero, at all places alike, and enlarge the others.

    x : (n, P, C) places (of a picture, or in time) and channels
    rows, clock, rate, stream : as in `dropout`
    y : (n, P, C)
    """
    kept = _kept(rows, x.shape[2], clock, rate, stream)[:, None, :]
    y[...] = np.where(kept, x * x.dtype.type(1 / (1 - rate)), 0)


def spatial_dropout_gradient(
    dy: Array, rows: Array, clock: Array, dx: Array, rate: float, stream: int
) -> None:
    """Let the gradient through where the channel went through, enlarged by the same factor.

    dy : (n, P, C)
    rows, clock, rate, stream : as in `dropout`, of the same step
    dx : (n, P, C)
    """
    spatial_dropout(dy, rows, clock, dx, rate, stream)
