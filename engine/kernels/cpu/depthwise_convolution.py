"""Depthwise convolution: windows are multiplied channel by channel where they lie, uncopied.

Several filters for each channel are brought back to one: a picture with each channel that many
times is laid out first, which costs little beside the taps that read it. As in `convolution`,
windows that are cut alike by the edge of the picture are computed together.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._channelwise import add_channels
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu._windows import cut_with_gaps, group, reached

Pair = tuple[int, int]


@kernel
def _repeat(values: Array, repeated: Array) -> None:
    """Write each value as often as it fits, side by side."""
    times = repeated.size // values.size
    for k in range(values.size):
        for m in range(times):
            repeated[k * times + m] = values[k]


@kernel
def _slide(
    cells: Array,
    area: Pair,
    taps: Array,
    window: Pair,
    sums: Array,
    places: Pair,
    steps: tuple[int, int, int, int],
    is_turned: bool,
) -> None:
    """Slide the filters over one picture; all arrays are flat, with equally many channels.

    area, window, places : rows and columns of cells, taps and sums
    steps : stride, dilation, and cells of padding above and to the left
    is_turned : whether the filters are turned by 180 degrees
    """
    (height, width), (kh, kw), (p, q) = area, window, places
    stride, dilation, top, left = steps
    channels = taps.size // (kh * kw)
    for i in range(p):
        row = i * stride - top
        u, u_end = cut_with_gaps(row, dilation, kh, height)
        j = 0
        while j < q:
            col = j * stride - left
            wide = group(j, q, stride, left, (kw - 1) * dilation + 1, width)
            v, v_end = cut_with_gaps(col, dilation, kw, width)
            cell = (row + u * dilation) * width + col + v * dilation
            seen = cell * channels, stride * channels, dilation * channels
            first, direction = u * kw + v, channels
            if is_turned:
                first, direction = kh * kw - 1 - first, -channels
            tap = first * channels, direction, kw * direction
            target = (i * q + j) * channels, channels
            size = wide, channels, v_end - v, u_end - u
            there = seen[0], seen[1], seen[2], dilation * width * channels
            add_channels(cells, there, taps, tap, sums, target, size, True)
            j += wide


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
    samples, height, width, channels = x.shape
    _, p, q, filters = y.shape
    taps, window = w.reshape(w.size), (w.shape[0], w.shape[1])
    steps = stride, dilation, top, left
    for s in range(samples):
        cells, sums = x[s].reshape(height * width * channels), y[s].reshape(p * q * filters)
        if filters > channels:
            _repeat(cells, repeated)
            cells = repeated
        _slide(cells, (height, width), taps, window, sums, (p, q), steps, False)
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
    samples, height, width, channels = x.shape
    _, p, q, filters = dz.shape
    kh, kw = dw.shape[:2]
    tall, broad = (kh - 1) * dilation + 1, (kw - 1) * dilation + 1
    sums = dw.reshape(dw.size)
    for k in range(sums.size):
        sums[k] = dw.dtype.type(0)
    for s in range(samples):
        cells, errors = x[s].reshape(height * width * channels), dz[s].reshape(p * q * filters)
        if filters > channels:
            _repeat(cells, repeated)
            cells = repeated
        i = 0
        while i < p:
            high, row = group(i, p, stride, top, tall, height), i * stride - top
            u, u_end = cut_with_gaps(row, dilation, kh, height)
            j = 0
            while j < q:
                wide, col = group(j, q, stride, left, broad, width), j * stride - left
                v, v_end = cut_with_gaps(col, dilation, kw, width)
                error = (i * q + j) * filters, filters, q * filters
                size = v_end - v, filters, wide, high
                for line in range(u, u_end):  # its taps are the rows of one tile
                    cell = (row + line * dilation) * width + col + v * dilation
                    there = cell * filters, dilation * filters
                    seen = there[0], there[1], stride * filters, stride * width * filters
                    target = (line * kw + v) * filters, filters
                    add_channels(cells, seen, errors, error, sums, target, size, False)
                j += wide
            i += high
    sum_rows(dz.reshape(samples * p * q, filters), db)


@kernel
def _spread(
    errors: Array,
    places: Pair,
    taps: Array,
    window: Pair,
    shares: Array,
    area: Pair,
    steps: tuple[int, int, int, int],
) -> None:
    """Add to the shares tap by tap, for any stride; parameters as in `_slide`."""
    (height, width), (kh, kw), (p, q) = area, window, places
    stride, dilation, top, left = steps
    channels = taps.size // (kh * kw)
    for k in range(shares.size):
        shares[k] = shares.dtype.type(0)
    for t in range(kh * kw):
        u, v = t // kw * dilation, t % kw * dilation
        i, i_end = reached(u, p, stride, top, height)
        j, j_end = reached(v, q, stride, left, width)
        for row in range(i, i_end):
            error = (row * q + j) * channels, channels, 0, 0
            cell = (row * stride - top + u) * width + j * stride - left + v
            target = cell * channels, stride * channels
            tap, size = (t * channels, 0, 0), (j_end - j, channels, 1, 1)
            add_channels(errors, error, taps, tap, shares, target, size, False)


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
    """Give every cell its share of the error of its windows; see the plain twin.

    With stride 1 that is a convolution too, of dz with the filters turned by 180 degrees.
    """
    samples, height, width, channels = dx.shape
    _, p, q, filters = dz.shape
    kh, kw, _, multiplier = w.shape
    taps, window = w.reshape(w.size), (kh, kw)
    for s in range(samples):
        errors, sums = dz[s].reshape(p * q * filters), dx[s].reshape(height * width * channels)
        shares = repeated if multiplier > 1 else sums
        if stride == 1:
            above, before = (kh - 1) * dilation - top, (kw - 1) * dilation - left
            steps = 1, dilation, above, before
            _slide(errors, (p, q), taps, window, shares, (height, width), steps, True)
        else:
            steps = stride, dilation, top, left
            _spread(errors, (p, q), taps, window, shares, (height, width), steps)
        if multiplier > 1:
            for k in range(sums.size):
                total = sums.dtype.type(0)
                for m in range(multiplier):
                    total += shares[k * multiplier + m]
                sums[k] = total
