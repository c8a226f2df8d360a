"""Convolution with filters of 3 by 3 in a quarter of the multiplications: Winograd's way.

A line of 4 results takes 4·3 products with 3 taps. But a filter and a piece of the picture can be
read as polynomials, and those are known by their values at a few points: 6 products of values say
as much. In two dimensions that makes 6·6 products in place of 16·9. `FILTER` and `PICTURE` turn
taps and cells into values, `RESULT` turns products of values into results; the way back of each is
its transpose. Shapes as in `convolution`, with kh = kw = 3 and stride 1.

Rounding, measured over 64 channels of random numbers in float32: errors twice those of the sum
itself (root mean square 8e-7 of the size of a result, at most 6e-6; float64 1e-15).
Source: S. Winograd: Arithmetic complexity of computations, 1980; A. Lavin, S. Gray: Fast algorithms
for convolutional neural networks, 2016, F(4×4, 3×3). The points here are 0, ±2/3, ±3/2, infinity;
the usual 0, ±1, ±2 lose twice as much again.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain.activation import activate

_P, _Q = 2 / 3, 3 / 2  # the points; with P · Q = 1 many factors are 1
_POINTS = np.array([0, _P, -_P, _Q, -_Q])

# Values of 1, t, t², t³ at each point; at infinity the highest power alone counts.
RESULT = np.array([[*_POINTS**k, k == 3] for k in range(4)])  # (4, 6)
# Lagrange: values of a product of polynomials, each divided by the distances to other points.
_DISTANCES = np.array([np.prod([t - s for s in _POINTS if s != t]) for t in _POINTS])
FILTER = np.array([[*_POINTS**k / _DISTANCES, k == 2] for k in range(3)]).T  # (6, 3)
# Coefficients of the polynomial that is 0 at all other points; the last one at all five.
PICTURE = np.array(
    [[*np.poly([s for s in _POINTS if s != t])[::-1], 0] for t in _POINTS]
    + [np.poly(_POINTS)[::-1]]
)  # (6, 6)


def winograd_conv2d(
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
    """Slide filters over a picture and activate: what `conv2d` computes.

    x : (n, H, W, C)
    w : (3, 3, C, F)
    b : (F,) or (0,)
    y : (n, P, Q, F)
    room : (36·(C·F + B·(C + F) + 32),) scratch, for the filters and B squares
    stride : 1
    top, left : cells of padding above and to the left of the picture
    activation : code of the activation, see `engine.kernels`
    """
    taps = np.einsum("au,bv,uvcf->abcf", FILTER, FILTER, w)
    for i, j in _corners(y):
        seen = _values_of(PICTURE, _square(x, i - top, j - left, 6))
        products = np.einsum("nabc,abcf->nabf", seen, taps)
        results = _values_of(RESULT, products)
        place = y[:, i : i + 4, j : j + 4]
        place[...] = results[:, : place.shape[1], : place.shape[2]]
    if b.size:
        y += b
    activate(y, y, activation)


def winograd_conv2d_weight_gradient(
    x: Array, dz: Array, dw: Array, db: Array, room: Array, stride: int, top: int, left: int
) -> None:
    """Sum over samples and places what each tap saw times the error it led to.

    x : (n, H, W, C)
    dz : (n, P, Q, F) gradient with respect to the sum inside the activation
    dw : (3, 3, C, F)
    db : (F,) or (0,)
    room, stride, top, left : as in `winograd_conv2d`
    """
    sums = np.zeros((6, 6, *dw.shape[2:]))
    for i, j in _corners(dz):
        seen = _values_of(PICTURE, _square(x, i - top, j - left, 6))
        errors = _values_of(RESULT.T, _square(dz, i, j, 4))
        sums += np.einsum("nabc,nabf->abcf", seen, errors)
    dw[...] = np.einsum("au,bv,abcf->uvcf", FILTER, FILTER, sums)
    if db.size:
        db[...] = dz.sum(axis=(0, 1, 2))


def winograd_conv2d_input_gradient(
    dz: Array, w: Array, room: Array, dx: Array, stride: int, top: int, left: int
) -> None:
    """Give every cell its share of the error of each window that it was part of.

    dz : (n, P, Q, F) gradient with respect to the sum inside the activation
    w : (3, 3, C, F)
    dx : (n, H, W, C)
    room, stride, top, left : as in `winograd_conv2d`
    """
    taps = np.einsum("au,bv,uvcf->abcf", FILTER, FILTER, w)
    dx[...] = 0
    for i, j in _corners(dz):
        errors = _values_of(RESULT.T, _square(dz, i, j, 4))
        products = np.einsum("nabf,abcf->nabc", errors, taps)
        shares = _values_of(PICTURE.T, products)
        rows, rows_there = _inside(i - top, 6, dx.shape[1])
        cols, cols_there = _inside(j - left, 6, dx.shape[2])
        dx[:, rows, cols] += shares[:, rows_there, cols_there]


def _values_of(matrix: Array, square: Array) -> Array:
    """Transform the columns and the rows of squares (n, rows, columns, channels)."""
    return np.asarray(np.einsum("au,bv,nuvc->nabc", matrix, matrix, square))


def _corners(places: Array) -> list[tuple[int, int]]:
    """First row and column of each square of 4 by 4 that covers pictures (n, P, Q, F)."""
    return [(i, j) for i in range(0, places.shape[1], 4) for j in range(0, places.shape[2], 4)]


def _inside(start: int, size: int, length: int) -> tuple[slice, slice]:
    """Which cells of an axis a square covers, and which of the square's lines they are."""
    first, last = max(start, 0), max(min(start + size, length), max(start, 0))
    return slice(first, last), slice(first - start, last - start)


def _square(picture: Array, row: int, col: int, size: int) -> Array:
    """Cut a square out of pictures (n, H, W, C), zero where it reaches over the edge."""
    found = np.zeros((len(picture), size, size, picture.shape[3]), picture.dtype)
    rows, rows_there = _inside(row, size, picture.shape[1])
    cols, cols_there = _inside(col, size, picture.shape[2])
    found[:, rows_there, cols_there] = picture[:, rows, cols]
    return found
