"""Dropout with counted random numbers: the same mask for any split of the batch among workers."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel

# All integers are uint64: Numba would turn a mix of uint64 and int64 into float64.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FACTOR_1 = np.uint64(0xBF58476D1CE4E5B9)
_FACTOR_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)


@kernel
def _hash(value: np.uint64) -> np.uint64:
    """Scatter the bits of a number: near numbers get unrelated results."""
    value = (value ^ (value >> _30)) * _FACTOR_1
    value = (value ^ (value >> _27)) * _FACTOR_2
    return value ^ (value >> _31)


@kernel
def _drop(x: Array, rows: Array, clock: Array, y: Array, rate: float, stream: int) -> None:
    """Multiply each value by 0 or 1 / (1 - rate), as the hash of its place decides."""
    zero, factor = x.dtype.type(0), x.dtype.type(1 / (1 - rate))
    key = _hash(clock[0] + _GOLDEN)
    key = _hash(key + clock[1] * _GOLDEN)
    key = _hash(key + np.uint64(stream) * _GOLDEN)
    threshold = np.uint64(rate * 2.0**53)
    width = x.shape[1]
    for i in range(x.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(width) * _GOLDEN
        for k in range(width):
            number = _hash(start + np.uint64(k) * _GOLDEN) >> _11
            y[i, k] = x[i, k] * factor if number >= threshold else zero


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
