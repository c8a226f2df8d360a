"""Convolution whose filters have gaps between their taps, or see only a group of the channels.

Dilation lets a small filter look far (Yu & Koltun 2016). With G groups the channels and the filters
are cut into G equal parts, and the filters of a part see the channels of that part only
(Krizhevsky et al. 2012). Shapes: n samples, pictures of H by W cells with C channels, F filters of
kh by kw taps, results of P by Q cells. Cells outside the picture count as zero.
"""

from collections.abc import Iterator

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._windows import overlap
from engine.kernels.plain.activation import activate


def dilated_conv2d(
    x: Array,
    w: Array,
    b: Array,
    y: Array,
    stride: int,
    top: int,
    left: int,
    dilation: int,
    groups: int,
    activation: int,
) -> None:
    """Slide filters over a picture and activate:

    y[i, j, f] = act(b[f] + Σ x[i·stride + u·dilation - top, j·stride + v·dilation - left, g + c]
                            · w[u, v, c, f]), where g is the first channel of the group of f

    x : (n, H, W, C)
    w : (kh, kw, C / groups, F)
    b : (F,) or (0,)
    y : (n, P, Q, F)
    stride : cells from one window to the next, down and to the right
    top, left : cells of padding above and to the left of the picture
    dilation : cells from one tap to the next, down and to the right
    groups : number of parts that channels and filters are cut into
    activation : code of the activation, see `engine.kernels`
    """
    kh, kw = w.shape[:2]
    for channels, filters in _parts(w.shape[2], w.shape[3], groups):
        for i in range(y.shape[1]):
            rows, rows_of_w = overlap(i, stride, top, kh, x.shape[1], dilation)
            for j in range(y.shape[2]):
                cols, cols_of_w = overlap(j, stride, left, kw, x.shape[2], dilation)
                window, taps = x[:, rows, cols, channels], w[rows_of_w, cols_of_w, :, filters]
                y[:, i, j, filters] = np.tensordot(window, taps, axes=3)  # over u, v and c
    if b.size:
        y += b
    activate(y, y, activation)


def dilated_conv2d_weight_gradient(
    x: Array,
    dz: Array,
    dw: Array,
    db: Array,
    stride: int,
    top: int,
    left: int,
    dilation: int,
    groups: int,
) -> None:
    """Sum over samples and places what each tap saw times the error it led to.

    x : (n, H, W, C)
    dz : (n, P, Q, F) gradient with respect to the sum inside the activation
    dw : (kh, kw, C / groups, F)
    db : (F,) or (0,)
    stride, top, left, dilation, groups : as in `dilated_conv2d`
    """
    dw[...] = 0
    kh, kw = dw.shape[:2]
    for channels, filters in _parts(dw.shape[2], dw.shape[3], groups):
        for i in range(dz.shape[1]):
            rows, rows_of_w = overlap(i, stride, top, kh, x.shape[1], dilation)
            for j in range(dz.shape[2]):
                cols, cols_of_w = overlap(j, stride, left, kw, x.shape[2], dilation)
                window, error = x[:, rows, cols, channels], dz[:, i, j, filters]
                share = np.tensordot(window, error, axes=(0, 0))  # over samples
                dw[rows_of_w, cols_of_w, :, filters] += share
    if db.size:
        db[...] = dz.sum(axis=(0, 1, 2))


def dilated_conv2d_input_gradient(
    dz: Array,
    w: Array,
    turned: Array,
    dx: Array,
    stride: int,
    top: int,
    left: int,
    dilation: int,
    groups: int,
) -> None:
    """Give every cell its share of the error of each window that it was part of.

    dz : (n, P, Q, F) gradient with respect to the sum inside the activation
    w : (kh, kw, C / groups, F)
    turned : (size of w,) scratch, for the filters turned round
    dx : (n, H, W, C)
    stride, top, left, dilation, groups : as in `dilated_conv2d`
    """
    dx[...] = 0
    kh, kw = w.shape[:2]
    for channels, filters in _parts(w.shape[2], w.shape[3], groups):
        for i in range(dz.shape[1]):
            rows, rows_of_w = overlap(i, stride, top, kh, dx.shape[1], dilation)
            for j in range(dz.shape[2]):
                cols, cols_of_w = overlap(j, stride, left, kw, dx.shape[2], dilation)
                error, taps = dz[:, i, j, filters], w[rows_of_w, cols_of_w, :, filters]
                dx[:, rows, cols, channels] += np.tensordot(error, taps, axes=(1, 3))


def _parts(channels: int, filters: int, groups: int) -> Iterator[tuple[slice, slice]]:
    """Return for each group its channels and its filters.

    channels : channels in a group
    filters : filters in all groups
    """
    width = filters // groups
    for g in range(groups):
        yield slice(g * channels, (g + 1) * channels), slice(g * width, (g + 1) * width)
