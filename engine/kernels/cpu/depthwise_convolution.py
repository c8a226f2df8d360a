"""Depthwise convolution: the innermost loops run over channels, which lie side by side in memory.

Several filters for each channel are brought back to one: a picture with each channel that many
times is laid out first, which costs little beside the taps that read it.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows


@kernel
def _repeat(values: Array, repeated: Array) -> None:
    """Write each value as often as it fits, side by side."""
    times = repeated.size // values.size
    for k in range(values.size):
        for m in range(times):
            repeated[k * times + m] = values[k]


@kernel
def _add_products(
    c: Array, c_first: int, a: Array, a_first: int, b: Array, b_first: int, count: int
) -> None:
    """Add c += a · b value by value; all are flat, from their first places on."""
    for k in range(count):
        c[c_first + k] += a[a_first + k] * b[b_first + k]


@kernel
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
    """Slide each channel's own filters over it and activate; see the plain twin."""
    zero = y.dtype.type(0)
    samples, height, width, channels = x.shape
    _, p, q, filters = y.shape
    kh, kw = w.shape[:2]
    taps = w.reshape(w.size)
    for s in range(samples):
        cells, sums = x[s].reshape(height * width * channels), y[s].reshape(p * q * filters)
        if filters > channels:
            _repeat(cells, repeated)
            cells = repeated
        for k in range(sums.size):
            sums[k] = zero
        for i in range(p):
            for u in range(kh):
                row = i * stride - top + u * dilation
                if row < 0 or row >= height:
                    continue
                for j in range(q):
                    for v in range(kw):
                        col = j * stride - left + v * dilation
                        if col >= 0 and col < width:
                            sum, cell = (i * q + j) * filters, (row * width + col) * filters
                            tap = (u * kw + v) * filters
                            _add_products(sums, sum, cells, cell, taps, tap, filters)
        finish(y[s].reshape(p * q, filters), b, activation)


@kernel
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
    """Sum what each tap saw times the error; see the plain twin."""
    zero = dw.dtype.type(0)
    samples, height, width, channels = x.shape
    _, p, q, filters = dz.shape
    kh, kw = dw.shape[:2]
    sums = dw.reshape(dw.size)
    for k in range(sums.size):
        sums[k] = zero
    for s in range(samples):
        cells, errors = x[s].reshape(height * width * channels), dz[s].reshape(p * q * filters)
        if filters > channels:
            _repeat(cells, repeated)
            cells = repeated
        for i in range(p):
            for u in range(kh):
                row = i * stride - top + u * dilation
                if row < 0 or row >= height:
                    continue
                for j in range(q):
                    for v in range(kw):
                        col = j * stride - left + v * dilation
                        if col >= 0 and col < width:
                            error, cell = (i * q + j) * filters, (row * width + col) * filters
                            tap = (u * kw + v) * filters
                            _add_products(sums, tap, cells, cell, errors, error, filters)
    sum_rows(dz.reshape(samples * p * q, filters), db)


@kernel
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
    """Give every cell its share of the error of its windows; see the plain twin."""
    zero = dx.dtype.type(0)
    samples, height, width, channels = dx.shape
    _, p, q, filters = dz.shape
    kh, kw, _, multiplier = w.shape
    taps = w.reshape(w.size)
    for s in range(samples):
        errors, sums = dz[s].reshape(p * q * filters), dx[s].reshape(height * width * channels)
        shares = repeated if multiplier > 1 else sums
        for k in range(shares.size):
            shares[k] = zero
        for i in range(p):
            for u in range(kh):
                row = i * stride - top + u * dilation
                if row < 0 or row >= height:
                    continue
                for j in range(q):
                    for v in range(kw):
                        col = j * stride - left + v * dilation
                        if col >= 0 and col < width:
                            error, cell = (i * q + j) * filters, (row * width + col) * filters
                            tap = (u * kw + v) * filters
                            _add_products(shares, cell, errors, error, taps, tap, filters)
        if multiplier > 1:
            for k in range(sums.size):
                total = zero
                for m in range(multiplier):
                    total += shares[k * multiplier + m]
                sums[k] = total
