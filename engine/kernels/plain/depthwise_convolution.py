"""Depthwise convolution: every channel has small filters of its own, and channels never mix.

Shapes: n samples, pictures of H by W cells with C channels, M filters of kh by kw taps for each
channel, results of P by Q cells with C·M channels. Cells outside the picture count as zero.
Source: Sifre 2014, Chollet 2017, Howard et al. 2017.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._windows import overlap
from engine.kernels.plain.activation import activate


def depthwise_conv2d(
    x: Array,
    w: Array,
    b: Array,
    y: Array,
    repeated: Array,
    stride: int,
    top: int,
    left: int,
    dilation: int,
    activation: int,
) -> None:
    """Slide each channel's own filters over it and activate:

    y[i, j, c·M + m] = act(b[c·M + m] + Σ x[i·stride + u·dilation - top,
                                            j·stride + v·dilation - left, c] · w[u, v, c, m])

    x : (n, H, W, C)
    w : (kh, kw, C, M)
    b : (C·M,) or (0,)
    y : (n, P, Q, C·M)
    repeated : (H·W·C·M,) scratch, for a picture with each channel M times; (0,) if M is 1
    stride : cells from one window to the next, down and to the right
    top, left : cells of padding above and to the left of the picture
    dilation : cells from one tap to the next, down and to the right
    activation : code of the activation, see `engine.kernels`
    """
    kh, kw, _, multiplier = w.shape
    cells, all_taps = np.repeat(x, multiplier, axis=3), w.reshape(kh, kw, -1)
    for i in range(y.shape[1]):
        rows, rows_of_w = overlap(i, stride, top, kh, x.shape[1], dilation)
        for j in range(y.shape[2]):
            cols, cols_of_w = overlap(j, stride, left, kw, x.shape[2], dilation)
            window, taps = cells[:, rows, cols], all_taps[rows_of_w, cols_of_w]
            y[:, i, j] = (window * taps).sum(axis=(1, 2))
    if b.size:
        y += b
    activate(y, y, activation)


def depthwise_conv2d_weight_gradient(
    x: Array,
    dz: Array,
    dw: Array,
    db: Array,
    repeated: Array,
    stride: int,
    top: int,
    left: int,
    dilation: int,
) -> None:
    """Sum over samples and places what each tap saw times the error it led to.

    x : (n, H, W, C)
    dz : (n, P, Q, C·M) gradient with respect to the sum inside the activation
    dw : (kh, kw, C, M)
    db : (C·M,) or (0,)
    repeated, stride, top, left, dilation : as in `depthwise_conv2d`
    """
    dw[...] = 0
    kh, kw, _, multiplier = dw.shape
    cells, sums = np.repeat(x, multiplier, axis=3), dw.reshape(kh, kw, -1)
    for i in range(dz.shape[1]):
        rows, rows_of_w = overlap(i, stride, top, kh, x.shape[1], dilation)
        for j in range(dz.shape[2]):
            cols, cols_of_w = overlap(j, stride, left, kw, x.shape[2], dilation)
            error = dz[:, i, j][:, None, None, :]
            sums[rows_of_w, cols_of_w] += (cells[:, rows, cols] * error).sum(axis=0)
    if db.size:
        db[...] = dz.sum(axis=(0, 1, 2))


def depthwise_conv2d_input_gradient(
    dz: Array,
    w: Array,
    repeated: Array,
    dx: Array,
    stride: int,
    top: int,
    left: int,
    dilation: int,
) -> None:
    """Give every cell its share of the error of each window that it was part of.

    dz : (n, P, Q, C·M) gradient with respect to the sum inside the activation
    w : (kh, kw, C, M)
    dx : (n, H, W, C)
    repeated, stride, top, left, dilation : as in `depthwise_conv2d`
    """
    kh, kw, channels, multiplier = w.shape
    shares = np.zeros((*dx.shape[:3], channels * multiplier), dx.dtype)
    all_taps = w.reshape(kh, kw, -1)
    for i in range(dz.shape[1]):
        rows, rows_of_w = overlap(i, stride, top, kh, dx.shape[1], dilation)
        for j in range(dz.shape[2]):
            cols, cols_of_w = overlap(j, stride, left, kw, dx.shape[2], dilation)
            error = dz[:, i, j][:, None, None, :]
            shares[:, rows, cols] += error * all_taps[rows_of_w, cols_of_w]
    dx[...] = shares.reshape(*dx.shape, multiplier).sum(axis=4)
