"""Pairs of steps that training makes as one, so that what lies between is never written down."""

from engine.kernels import FACTOR, MEAN, OFFSET, RELU, Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import activate_in_place
from engine.kernels.cpu.batch_norm import normalise_features

_AT_ONCE = 2048  # values: what was written is still in the nearest cache when it is activated


@kernel
def normalise_and_activate(x: Array, statistics: Array, y: Array, activation: int) -> None:
    """Shift and scale each feature, and apply an activation; see the plain twin."""
    rows, features = x.shape
    if activation == RELU:
        mean, factor, offset = statistics[MEAN], statistics[FACTOR], statistics[OFFSET]
        zero = y.dtype.type(0)
        for r in range(rows):
            for c in range(features):
                value = (x[r, c] - mean[c]) * factor[c] + offset[c]
                y[r, c] = zero if value < zero else value
        return
    height = max(_AT_ONCE // features, 1)
    for start in range(0, rows, height):
        part = y[start : start + height]
        normalise_features(x[start : start + height], statistics, part)
        activate_in_place(part.reshape(part.size), activation)


@kernel
def add_and_activate(a: Array, b: Array, y: Array, activation: int) -> None:
    """Add two arrays and apply an activation; see the plain twin."""
    flat_a, flat_b, flat_y = a.reshape(a.size), b.reshape(b.size), y.reshape(y.size)
    if activation == RELU:
        zero = y.dtype.type(0)
        for k in range(flat_y.size):
            value = flat_a[k] + flat_b[k]
            flat_y[k] = zero if value < zero else value
        return
    for start in range(0, flat_y.size, _AT_ONCE):
        left, right = flat_a[start : start + _AT_ONCE], flat_b[start : start + _AT_ONCE]
        part = flat_y[start : start + _AT_ONCE]
        for k in range(part.size):
            part[k] = left[k] + right[k]
        activate_in_place(part, activation)
