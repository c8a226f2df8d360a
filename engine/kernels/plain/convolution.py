"""Convolution: small filters slide over a picture, and every filter looks for its own pattern.

Shapes: n samples, pictures of H by W cells with C channels, F filters of kh by kw cells, results of
P by Q cells. Cells outside the picture count as zero.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._windows import overlap
from engine.kernels.plain.activation import activate


def conv2d(
    x: Array,
    w: Array,
    b: Array,
    y: Array,
    room: Array,
    stride: int,
    top: int,
    left: int,
    activation: int,
) -> None:
    """Slide filters over a picture and activate:

    y[i, j, f] = act(b[f] + Σ x[i·stride + u - top, j·stride + v - left, c] · w[u, v, c, f])

    As in all deep learning this is a correlation: the filter is not flipped.

    x : (n, H, W, C)
    w : (kh, kw, C, F)
    b : (F,) or (0,)
    y : (n, P, Q, F)
    room : (R,) scratch: with more of it, there are faster ways to compute the same
    stride : cells from one window to the next, down and to the right
    top, left : cells of padding above and to the left of the picture
    activation : code of the activation, see `engine.kernels`
    """
    for i in range(y.shape[1]):
        rows, rows_of_w = overlap(i, stride, top, w.shape[0], x.shape[1])
        for j in range(y.shape[2]):
            cols, cols_of_w = overlap(j, stride, left, w.shape[1], x.shape[2])
            window, taps = x[:, rows, cols], w[rows_of_w, cols_of_w]
            y[:, i, j] = np.tensordot(window, taps, axes=3)  # over u, v and c
    if b.size:
        y += b
    activate(y, y, activation)


def conv2d_weight_gradient(
    x: Array,
    dz: Array,
    dw: Array,
    db: Array,
    room: Array,
    stride: int,
    top: int,
    left: int,
) -> None:
    """Sum over samples and places what each tap saw times the error it led to.

    dw[u, v, c, f] = Σ x[i·stride + u - top, j·stride + v - left, c] · dz[i, j, f], db = Σ dz

    x : (n, H, W, C)
    dz : (n, P, Q, F) gradient with respect to the sum inside the activation
    dw : (kh, kw, C, F)
    db : (F,) or (0,)
    room, stride, top, left : as in `conv2d`
    """
    dw[...] = 0
    for i in range(dz.shape[1]):
        rows, rows_of_w = overlap(i, stride, top, dw.shape[0], x.shape[1])
        for j in range(dz.shape[2]):
            cols, cols_of_w = overlap(j, stride, left, dw.shape[1], x.shape[2])
            window, error = x[:, rows, cols], dz[:, i, j]
            dw[rows_of_w, cols_of_w] += np.tensordot(window, error, axes=(0, 0))  # over samples
    if db.size:
        db[...] = dz.sum(axis=(0, 1, 2))


def conv2d_input_gradient(
    dz: Array, w: Array, room: Array, dx: Array, stride: int, top: int, left: int
) -> None:
    """Give every cell its share of the error of each window that it was part of.

    dx[i·stride + u - top, j·stride + v - left, c] collects dz[i, j, f] · w[u, v, c, f]

    dz : (n, P, Q, F) gradient with respect to the sum inside the activation
    w : (kh, kw, C, F)
    room : (kh·kw·C·F or more,) scratch, for the filters turned round
    dx : (n, H, W, C)
    stride, top, left : as in `conv2d`
    """
    dx[...] = 0
    for i in range(dz.shape[1]):
        rows, rows_of_w = overlap(i, stride, top, w.shape[0], dx.shape[1])
        for j in range(dz.shape[2]):
            cols, cols_of_w = overlap(j, stride, left, w.shape[1], dx.shape[2])
            error, taps = dz[:, i, j], w[rows_of_w, cols_of_w]
            dx[:, rows, cols] += np.tensordot(error, taps, axes=(1, 3))  # over filters
