"""Kernels that move or join values without changing them: gathering, copying, adding, joining."""

import numpy as np

from engine.kernels import Array


def gather(source: Array, index: Array, out: Array) -> None:
    """Pick rows by number, as for a batch of samples: out[i] = source[index[i]].

    source : (N, K) any type
    index : (n,) int64, each from 0 to N - 1
    out : (n, K) same type as source
    """
    out[...] = source[index]


def copy(x: Array, y: Array) -> None:
    """Copy values: y = x.

    x, y : (n, K)
    """
    y[...] = x


def clear(y: Array) -> None:
    """Set every value to zero.

    y : (n, K)
    """
    y[...] = 0


def add(a: Array, b: Array, y: Array) -> None:
    """Add two arrays: y = a + b.

    a, b : (n, K)
    y : (n, K), may be the same array as a
    """
    y[...] = a + b


def put_columns(x: Array, y: Array, offset: int) -> None:
    """Write x into some columns of y and leave the other columns as they were.

    Joining several arrays side by side is one such step for each of them.

    x : (n, R, C)
    y : (n, R, D) with offset + C <= D
    offset : first column of y to write
    """
    y[..., offset : offset + x.shape[-1]] = x


def take_columns(y: Array, x: Array, offset: int) -> None:
    """Read some columns of y: the way back of `put_columns`.

    y : (n, R, D)
    x : (n, R, C) with offset + C <= D
    offset : first column of y to read
    """
    x[...] = y[..., offset : offset + x.shape[-1]]


def permute(x: Array, y: Array, strides: tuple[int, int, int]) -> None:
    """Put the axes of each sample into another order: y[n,i,j,k] = x[n, i·s₀ + j·s₁ + k·s₂].

    x : (n, K)
    y : (n, A, B, C) with A·B·C = K
    strides : s, how far apart in x two neighbours along each axis of y are
    """
    places = np.zeros(y.shape[1:], np.int64)
    for axis, (size, stride) in enumerate(zip(y.shape[1:], strides, strict=True)):
        along = [1, 1, 1]
        along[axis] = size
        places += stride * np.arange(size).reshape(along)
    y[...] = x[:, places]


def repeat(x: Array, y: Array) -> None:
    """Repeat a row: y[n,t] = x[n] for each t.

    x : (n, F)
    y : (n, T, F)
    """
    y[...] = x[:, None]


def repeat_gradient(dy: Array, dx: Array) -> None:
    """Sum over the repetitions: the way back of `repeat`.

    dy : (n, T, F)
    dx : (n, F)
    """
    dx[...] = dy.sum(axis=1)
