"""Convolution: windows are multiplied by the filters where they lie in the picture, uncopied.

The windows of a row of outputs start at equal distances in memory, and each line of a window is one
run of values. That is all that `add_product` asks of a matrix. Windows that reach over the edge of
the picture form groups of their own, in which all windows are cut alike.
"""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import finish, sum_rows
from engine.kernels.cpu._giving import FEW, give, room_to_give
from engine.kernels.cpu._product import add_product
from engine.kernels.cpu._shared import shared
from engine.kernels.cpu._turning import transpose, turn
from engine.kernels.cpu._windows import cut, group, reached

_LONG_SUM = 64  # outputs under which the filters' sums are read and written too often


@shared
def _slide(
    x: Array, taps: Array, kh: int, kw: int, y: Array, stride: int, top: int, left: int
) -> None:
    """Slide filters, flat (kh, kw, C, F), over pictures: the sum inside `conv2d`."""
    _, height, width, channels = x.shape
    samples, p, q, filters = y.shape
    pictures, results = x.reshape(x.size), y.reshape(y.size)
    down, right = stride * width * channels, stride * channels  # from window to window in x
    for s in range(samples):
        i = 0
        while i < p:
            high = group(i, p, stride, top, kh, height)
            u, u_end = cut(i, stride, top, kh, height)
            j = 0
            while j < q:
                wide = group(j, q, stride, left, kw, width)
                v, v_end = cut(j, stride, left, kw, width)
                corner = (s * height + i * stride - top + u) * width + j * stride - left + v
                tap = (u * kw + v) * channels * filters, filters, kw * channels * filters
                steps, blocks = (v_end - v) * channels, u_end - u
                result = ((s * p + i) * q + j) * filters
                is_upright = high > wide  # tiles want many rows: outputs below each other
                for k in range(wide if is_upright else high):
                    cell = corner * channels + k * (right if is_upright else down)
                    window = cell, down if is_upright else right, 1, width * channels
                    target = (
                        result + k * filters * (1 if is_upright else q),
                        filters * (q if is_upright else 1),
                    )
                    size = high if is_upright else wide, filters, steps, blocks
                    add_product(pictures, window, taps, tap, results, target, size, True)
                j += wide
            i += high


@kernel
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
    """Slide filters over a picture and activate; see the plain twin."""
    samples, p, q, filters = y.shape
    kh, kw = w.shape[:2]
    if stride == 1 and filters <= FEW and room.size >= w.size + room_to_give(x, y, kh * kw):
        turn(w, room)
        before = 1, kh - 1 - top, kw - 1 - left
        give(x, room, (kh, kw), y, before, room[w.size :])
        finish(y.reshape(samples * p * q, filters), b, activation)
        return
    taps = w.reshape(w.size)
    for s in range(samples):  # one by one: the second pass finds the results still in the cache
        _slide(x[s : s + 1], taps, kh, kw, y[s : s + 1], stride, top, left)
        finish(y[s].reshape(p * q, filters), b, activation)


@kernel
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
    """Sum what each tap saw times the error; see the plain twin."""
    _, height, width, channels = x.shape
    samples, p, q, filters = dz.shape
    kh, kw = dw.shape[:2]
    # With few filters the product is turned, so that its columns are channels: (F, kh, kw, C).
    is_turned = filters <= FEW and room.size >= dw.size
    pictures, errors, flat = x.reshape(x.size), dz.reshape(dz.size), dw.reshape(dw.size)
    sums, taps = room[: dw.size] if is_turned else flat, kh * kw * channels
    for k in range(sums.size):
        sums[k] = dw.dtype.type(0)
    i = 0
    while i < p:
        high = group(i, p, stride, top, kh, height)
        u, u_end = cut(i, stride, top, kh, height)
        j = 0
        while j < q:
            wide = group(j, q, stride, left, kw, width)
            v, v_end = cut(j, stride, left, kw, width)
            # One product sums over outputs beside and below each other, or beside each other in
            # all samples: long sums pay off, but a picture should stay in the cache while in use.
            is_per_sample = high >= samples or high * wide >= _LONG_SUM
            row_of_x, row_of_dz = stride * width * channels, q * filters
            next_x, next_dz = height * width * channels, p * q * filters
            if not is_per_sample:
                row_of_x, row_of_dz, next_x, next_dz = next_x, next_dz, row_of_x, row_of_dz
            run, blocks = (v_end - v) * channels, high if is_per_sample else samples
            for k in range(samples if is_per_sample else high):
                error = (i * q + j) * filters + k * next_dz, filters, row_of_dz
                for line in range(u, u_end):
                    row = (i * stride - top + line) * width + j * stride - left + v
                    first, tap = row * channels + k * next_x, (line * kw + v) * channels
                    if is_turned:
                        rows = error[0], 1, filters, row_of_dz
                        seen = first, stride * channels, row_of_x
                        size = filters, run, wide, blocks
                        add_product(errors, rows, pictures, seen, sums, (tap, taps), size, False)
                    else:
                        rows = first, 1, stride * channels, row_of_x
                        size = run, filters, wide, blocks
                        target = tap * filters, filters
                        add_product(pictures, rows, errors, error, sums, target, size, False)
            j += wide
        i += high
    if is_turned:
        transpose(sums, (0, taps), flat, (0, filters), (filters, taps))
    sum_rows(dz.reshape(samples * p * q, filters), db)


@shared
def _spread(
    dz: Array, turned: Array, kh: int, kw: int, dx: Array, stride: int, top: int, left: int
) -> None:
    """Add to dx tap by tap, for any stride.

    dz, dx, stride, top, left : as in `conv2d_input_gradient`
    turned : w with its taps in reverse order and filters before channels, see `turn`
    """
    samples, p, q, filters = dz.shape
    _, height, width, channels = dx.shape
    errors, cells = dz.reshape(dz.size), dx.reshape(dx.size)
    for k in range(cells.size):
        cells[k] = dx.dtype.type(0)
    for s in range(samples):
        for t in range(kh * kw):
            u, v = t // kw, t % kw
            i, i_end = reached(u, p, stride, top, height)
            j, j_end = reached(v, q, stride, left, width)
            taken = (kh * kw - 1 - t) * filters * channels, channels, 0
            size = j_end - j, channels, filters, 1
            for row in range(i, i_end):
                error = ((s * p + row) * q + j) * filters, filters, 1, 0
                line = s * height + row * stride - top + u
                cell = (line * width + j * stride - left + v) * channels
                target = cell, stride * channels
                add_product(errors, error, turned, taken, cells, target, size, False)


@kernel
def conv2d_input_gradient(
    dz: Array, w: Array, room: Array, dx: Array, stride: int, top: int, left: int
) -> None:
    """Give every cell its share of the error of its windows; see the plain twin.

    With stride 1 that is a convolution too, of dz with the filters turned by 180 degrees.
    """
    kh, kw, channels, _ = w.shape
    if channels <= FEW and room.size >= room_to_give(dz, dx, kh * kw):
        give(dz, w.reshape(w.size), (kh, kw), dx, (stride, top, left), room)
        return
    turn(w, room)
    if stride == 1:
        _slide(dz, room, kh, kw, dx, 1, kh - 1 - top, kw - 1 - left)
    else:
        _spread(dz, room, kh, kw, dx, stride, top, left)
