"""Small functions of single values and rows that several kernels share."""

from engine.kernels import RELU, SIGMOID, TANH, Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import sigmoid, tanh
from engine.kernels.cpu._shared import shared


@kernel
def is_same(a: Array, b: Array) -> bool:
    """Tell whether two arrays begin at the same place in memory."""
    return bool(a.ctypes.data == b.ctypes.data)


@shared
def activate_in_place(y: Array, activation: int) -> None:
    """Overwrite each value of a flat array by its activation."""
    zero = y.dtype.type(0)
    if activation == RELU:
        for k in range(y.size):
            y[k] = zero if y[k] < zero else y[k]  # asked this way round, NaN stays NaN
    elif activation == SIGMOID:
        for k in range(y.size):
            y[k] = sigmoid(y[k])
    elif activation == TANH:
        for k in range(y.size):
            y[k] = tanh(y[k])


@shared
def times_slope(y: Array, d: Array, activation: int) -> None:
    """Multiply each gradient in a flat array by the slope of the activation that gave y."""
    zero, one = y.dtype.type(0), y.dtype.type(1)
    if activation == RELU:
        for k in range(y.size):
            d[k] = zero if y[k] <= zero else d[k]
    elif activation == SIGMOID:
        for k in range(y.size):
            d[k] *= y[k] * (one - y[k])
    elif activation == TANH:
        for k in range(y.size):
            d[k] *= one - y[k] * y[k]


@shared
def finish(rows: Array, b: Array, activation: int) -> None:
    """Add the bias, if any, to each row of (R, F), and activate."""
    zero = rows.dtype.type(0)
    features = rows.shape[1]
    if b.size == 0:
        activate_in_place(rows.reshape(rows.size), activation)
    elif activation == RELU:
        for r in range(rows.shape[0]):
            for f in range(features):
                value = rows[r, f] + b[f]
                rows[r, f] = zero if value < zero else value
    else:
        for r in range(rows.shape[0]):
            for f in range(features):
                rows[r, f] += b[f]
        activate_in_place(rows.reshape(rows.size), activation)


@shared
def sum_rows(rows: Array, total: Array) -> None:
    """Sum the rows of (R, F) into (F,); an empty total asks for nothing."""
    if total.size == 0:
        return
    count, features = rows.shape
    values = rows.reshape(rows.size)
    for f in range(features):
        total[f] = total.dtype.type(0)
    eights = count - count % 8
    for r in range(0, eights, 8):  # eight rows at once, for else the total is read and written most
        for f in range(features):
            k = r * features + f
            one = values[k] + values[k + features]
            two = values[k + 2 * features] + values[k + 3 * features]
            three = values[k + 4 * features] + values[k + 5 * features]
            four = values[k + 6 * features] + values[k + 7 * features]
            total[f] += (one + two) + (three + four)
    for r in range(eights, count):
        for f in range(features):
            total[f] += values[r * features + f]
