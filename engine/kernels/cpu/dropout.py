"""Dropout with counted random numbers: the same mask for any split of the batch among workers."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._chance import GOLDEN, counted, key_of


@kernel
def _drop(x: Array, rows: Array, clock: Array, y: Array, rate: float, stream: int) -> None:
    """Multiply each value by 0 or 1 / (1 - rate), as the hash of its place decides."""
    zero, factor = x.dtype.type(0), x.dtype.type(1 / (1 - rate))
    key = key_of(clock, stream)
    threshold = np.uint64(rate * 2.0**53)
    width = x.shape[1]
    for i in range(x.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(width) * GOLDEN
        for k in range(width):
            y[i, k] = x[i, k] * factor if counted(start, k) >= threshold else zero


@kernel
def dropout(x: Array, rows: Array, clock: Array, y: Array, rate: float, stream: int) -> None:
    """Set a share of the values to zero and enlarge the others; see the plain twin."""
    _drop(x, rows, clock, y, rate, stream)


@kernel
def dropout_gradient(
    dy: Array, rows: Array, clock: Array, dx: Array, rate: float, stream: int
) -> None:
    """Let the gradient through where the value went through; see the plain twin."""
    _drop(dy, rows, clock, dx, rate, stream)


@kernel
def spatial_dropout(
    x: Array, rows: Array, clock: Array, y: Array, rate: float, stream: int
) -> None:
    """Set a share of the channels to zero and enlarge the others; see the plain twin."""
    zero, factor = x.dtype.type(0), x.dtype.type(1 / (1 - rate))
    key = key_of(clock, stream)
    threshold = np.uint64(rate * 2.0**53)
    channels = x.shape[2]
    for i in range(x.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(channels) * GOLDEN
        first = y[i, 0]  # holds the factors of the channels, until it is its turn
        for c in range(channels):
            first[c] = factor if counted(start, c) >= threshold else zero
        for p in range(1, x.shape[1]):
            for c in range(channels):
                y[i, p, c] = x[i, p, c] * first[c] if first[c] != zero else zero
        for c in range(channels):
            first[c] = x[i, 0, c] * first[c] if first[c] != zero else zero


@kernel
def spatial_dropout_gradient(
    dy: Array, rows: Array, clock: Array, dx: Array, rate: float, stream: int
) -> None:
    """Let the gradient through where the channel went through; see the plain twin."""
    spatial_dropout(dy, rows, clock, dx, rate, stream)
