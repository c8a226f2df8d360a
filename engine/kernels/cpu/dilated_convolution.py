"""Convolution with gaps between taps, or in groups: one matrix product for each tap and group.

All windows of a row that have a tap inside the picture are rows of one product. Their cells start
at equal distances in memory, and the channels of a group lie side by side.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu._product import add_product
from engine.kernels.cpu._turning import turn
from engine.kernels.cpu._windows import reached


@kernel
def _clear(values: Array) -> None:
    """Set all values of a flat array to zero."""
    zero = values.dtype.type(0)
    for k in range(values.size):
        values[k] = zero


@kernel
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
    """Slide filters over a picture and activate; see the plain twin."""
    _, height, width, channels = x.shape
    samples, p, q, filters = y.shape
    kh, kw, inputs, _ = w.shape
    outputs = filters // groups
    pictures, taps, results = x.reshape(x.size), w.reshape(w.size), y.reshape(y.size)
    for s in range(samples):  # one by one: results stay in the cache until they are activated
        _clear(y[s].reshape(p * q * filters))
        for t in range(kh * kw):
            u, v = t // kw * dilation, t % kw * dilation
            i, i_end = reached(u, p, stride, top, height)
            j, j_end = reached(v, q, stride, left, width)
            size = j_end - j, outputs, inputs, 1
            for row in range(i, i_end):
                line = s * height + row * stride - top + u
                cell = (line * width + j * stride - left + v) * channels
                result = ((s * p + row) * q + j) * filters
                for g in range(groups):
                    window = cell + g * inputs, stride * channels, 1, 0
                    tap = t * inputs * filters + g * outputs, filters, 0
                    target = result + g * outputs, filters
                    add_product(pictures, window, taps, tap, results, target, size, False)
        finish(y[s].reshape(p * q, filters), b, activation)


@kernel
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
    """Sum what each tap saw times the error; see the plain twin."""
    _, height, width, channels = x.shape
    samples, p, q, filters = dz.shape
    kh, kw, inputs, _ = dw.shape
    outputs = filters // groups
    pictures, errors, sums = x.reshape(x.size), dz.reshape(dz.size), dw.reshape(dw.size)
    _clear(sums)
    for t in range(kh * kw):
        u, v = t // kw * dilation, t % kw * dilation
        i, i_end = reached(u, p, stride, top, height)
        j, j_end = reached(v, q, stride, left, width)
        # one product sums over a whole picture, or over the same row of all samples
        is_per_sample = i_end - i >= samples
        row_of_x, row_of_dz = stride * width * channels, q * filters
        next_x, next_dz = height * width * channels, p * q * filters
        if not is_per_sample:
            row_of_x, row_of_dz, next_x, next_dz = next_x, next_dz, row_of_x, row_of_dz
        size = inputs, outputs, j_end - j, i_end - i if is_per_sample else samples
        cell = ((i * stride - top + u) * width + j * stride - left + v) * channels
        for k in range(samples if is_per_sample else i_end - i):
            for g in range(groups):
                seen = cell + k * next_x + g * inputs, 1, stride * channels, row_of_x
                error = (i * q + j) * filters + k * next_dz + g * outputs, filters, row_of_dz
                target = t * inputs * filters + g * outputs, filters
                add_product(pictures, seen, errors, error, sums, target, size, False)
    sum_rows(dz.reshape(samples * p * q, filters), db)


@kernel
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
    """Give every cell its share of the error of its windows; see the plain twin."""
    samples, p, q, filters = dz.shape
    _, height, width, channels = dx.shape
    kh, kw, inputs, _ = w.shape
    outputs = filters // groups
    errors, cells = dz.reshape(dz.size), dx.reshape(dx.size)
    turn(w, turned)
    _clear(cells)
    for s in range(samples):
        for t in range(kh * kw):
            u, v = t // kw * dilation, t % kw * dilation
            i, i_end = reached(u, p, stride, top, height)
            j, j_end = reached(v, q, stride, left, width)
            size = j_end - j, inputs, outputs, 1
            for row in range(i, i_end):
                line = s * height + row * stride - top + u
                cell = (line * width + j * stride - left + v) * channels
                for g in range(groups):
                    error = ((s * p + row) * q + j) * filters + g * outputs, filters, 1, 0
                    first = (kh * kw - 1 - t) * filters + g * outputs
                    target = cell + g * inputs, stride * channels
                    taken = first * inputs, inputs, 0
                    add_product(errors, error, turned, taken, cells, target, size, False)
