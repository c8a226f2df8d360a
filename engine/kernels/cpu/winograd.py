"""Convolution with filters of 3 by 3 in a quarter of the multiplications; see the plain twin.

Squares of the picture are transformed, block by block so that they stay in the cache. Each of their
36 values then meets the same value of the filters, in one matrix product for all squares of the
block. The room holds, each 36 times: the filters (C, F), the squares of a block at the input's side
(block, C), and those at the output's side (block, F).
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu._product import add_product
from engine.kernels.cpu._shared import shared
from engine.kernels.cpu._turning import turn
from engine.kernels.cpu._winograd import (
    Square,
    add_transformed_to_picture,
    transform_errors,
    transform_filters,
    transform_picture,
    transform_to_results,
    transform_to_taps,
)

Pair = tuple[int, int]

VALUES = 36  # of a square
_STEP = 4  # cells from square to square
_GAP = 16  # numbers between planes: 36 lines at equal distances would meet in one corner of a cache


@kernel
def _rooms(room: Array, channels: int, filters: int) -> tuple[Array, Array, Array, int]:
    """Cut the room: for filters, for squares at the input and at the output; and their number."""
    taps = channels * filters
    block = (room.size // VALUES - taps - 2 * _GAP) // (channels + filters)
    first = VALUES * taps
    second = first + VALUES * (block * channels + _GAP)
    third = second + VALUES * (block * filters + _GAP)
    return room[:first], room[first:second], room[second:third], block


@kernel
def _grid(places: Array) -> Pair:
    """How many squares of 4 by 4 cover a picture (n, P, Q, F), down and to the right."""
    return (places.shape[1] + _STEP - 1) // _STEP, (places.shape[2] + _STEP - 1) // _STEP


@kernel
def _square(picture: Array, number: int, grid: Pair, corner: Pair) -> Square:
    """Where a square lies in flat pictures (n, H, W, C).

    number : of the square, counted through all pictures
    grid : squares of one picture
    corner : cells of padding above and to the left
    """
    _, height, width, channels = picture.shape
    s, place = divmod(number, grid[0] * grid[1])
    row, col = place // grid[1] * _STEP - corner[0], place % grid[1] * _STEP - corner[1]
    start = ((s * height + row) * width + col) * channels
    return start, width * channels, channels, -row, height - row, -col, width - col


# Four walks over some squares, as in `_square`: from pictures to values, flat (36, squares, C) with
# a gap after each plane, or back. Compiled one by one, for each kernel needs two of them.


@shared
def _take_picture(
    picture: Array, values: Array, first: int, count: int, grid: Pair, corner: Pair
) -> None:
    cells, channels, plane = picture.reshape(picture.size), picture.shape[3], values.size // VALUES
    for k in range(count):
        here = k * channels, 6 * plane, plane, 0, 6, 0, 6
        there = _square(picture, first + k, grid, corner)
        transform_picture(cells, there, values, here, channels)


@shared
def _take_errors(dz: Array, values: Array, first: int, count: int, grid: Pair) -> None:
    cells, channels, plane = dz.reshape(dz.size), dz.shape[3], values.size // VALUES
    for k in range(count):
        here = k * channels, 6 * plane, plane, 0, 6, 0, 6
        there = _square(dz, first + k, grid, (0, 0))
        transform_errors(cells, there, values, here, channels)


@shared
def _give_results(values: Array, y: Array, first: int, count: int, grid: Pair) -> None:
    cells, channels, plane = y.reshape(y.size), y.shape[3], values.size // VALUES
    for k in range(count):
        here = k * channels, 6 * plane, plane, 0, 6, 0, 6
        there = _square(y, first + k, grid, (0, 0))
        transform_to_results(values, here, cells, there, channels)


@shared
def _give_shares(
    values: Array, dx: Array, first: int, count: int, grid: Pair, corner: Pair
) -> None:
    cells, channels, plane = dx.reshape(dx.size), dx.shape[3], values.size // VALUES
    for k in range(count):
        here = k * channels, 6 * plane, plane, 0, 6, 0, 6
        there = _square(dx, first + k, grid, corner)
        add_transformed_to_picture(values, here, cells, there, channels)


@kernel
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
    """Slide filters over a picture and activate; see the plain twin."""
    channels = x.shape[3]
    samples, p, q, filters = y.shape
    taps, seen, found, block = _rooms(room, channels, filters)
    plane, plane_seen, plane_found = w.size // 9, seen.size // VALUES, found.size // VALUES
    square, values = (0, 3 * plane, plane, 0, 3, 0, 3), (0, 6 * plane, plane, 0, 6, 0, 6)
    transform_filters(w.reshape(w.size), square, taps, values, plane)
    grid = _grid(y)
    each, done = grid[0] * grid[1], 0
    for first in range(0, samples * each, block):
        count = min(block, samples * each - first)
        _take_picture(x, seen, first, count, grid, (top, left))
        size = count, filters, channels, 1
        for k in range(VALUES):
            window, tap = (k * plane_seen, channels, 1, 0), (k * plane, filters, 0)
            target = k * plane_found, filters
            add_product(seen, window, taps, tap, found, target, size, True)
        _give_results(found, y, first, count, grid)
        complete = (first + count) // each
        for s in range(done, complete):  # while their results are still in the cache
            finish(y[s].reshape(p * q, filters), b, activation)
        done = complete


@kernel
def winograd_conv2d_weight_gradient(
    x: Array, dz: Array, dw: Array, db: Array, room: Array, stride: int, top: int, left: int
) -> None:
    """Sum what each tap saw times the error; see the plain twin."""
    channels = x.shape[3]
    samples, p, q, filters = dz.shape
    sums, seen, errors, block = _rooms(room, channels, filters)
    plane, plane_seen, plane_errors = dw.size // 9, seen.size // VALUES, errors.size // VALUES
    grid = _grid(dz)
    total = samples * grid[0] * grid[1]
    for first in range(0, total, block):
        count = min(block, total - first)
        _take_picture(x, seen, first, count, grid, (top, left))
        _take_errors(dz, errors, first, count, grid)
        size = channels, filters, count, 1
        for k in range(VALUES):
            window, error = (k * plane_seen, 1, channels, 0), (k * plane_errors, filters, 0)
            target = k * plane, filters
            add_product(seen, window, errors, error, sums, target, size, first == 0)
    values, square = (0, 6 * plane, plane, 0, 6, 0, 6), (0, 3 * plane, plane, 0, 3, 0, 3)
    transform_to_taps(sums, values, dw.reshape(dw.size), square, plane)
    sum_rows(dz.reshape(samples * p * q, filters), db)


@kernel
def winograd_conv2d_input_gradient(
    dz: Array, w: Array, room: Array, dx: Array, stride: int, top: int, left: int
) -> None:
    """Give every cell its share of the error of its windows; see the plain twin."""
    samples, _, _, filters = dz.shape
    channels = dx.shape[3]
    taps, shares, errors, block = _rooms(room, channels, filters)
    plane, plane_shares, plane_errors = w.size // 9, shares.size // VALUES, errors.size // VALUES
    turned = room[taps.size : taps.size + w.size]  # read before squares are written there
    turn(w, turned)
    square = 8 * plane, -3 * plane, -plane, 0, 3, 0, 3  # its last tap comes first
    transform_filters(turned, square, taps, (0, 6 * plane, plane, 0, 6, 0, 6), plane)
    cells = dx.reshape(dx.size)
    for k in range(cells.size):
        cells[k] = dx.dtype.type(0)
    grid = _grid(dz)
    total = samples * grid[0] * grid[1]
    for first in range(0, total, block):
        count = min(block, total - first)
        _take_errors(dz, errors, first, count, grid)
        size = count, channels, filters, 1
        for k in range(VALUES):
            error, tap = (k * plane_errors, filters, 1, 0), (k * plane, channels, 0)
            target = k * plane_shares, channels
            add_product(errors, error, taps, tap, shares, target, size, True)
        _give_shares(shares, dx, first, count, grid, (top, left))
