"""Activation functions and their derivatives, computed from the function's output."""

from engine.kernels import RELU, Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import activate_in_place, is_same, times_slope
from engine.kernels.cpu._rows import soften

_AT_ONCE = 2048  # values: what was copied is still in the nearest cache when it is worked on


@kernel
def activate(x: Array, y: Array, activation: int) -> None:
    """Apply an activation function to each value; see the plain twin."""
    flat_x, flat_y = x.reshape(x.size), y.reshape(y.size)
    if is_same(x, y):
        activate_in_place(flat_y, activation)
        return
    if activation == RELU:
        zero = y.dtype.type(0)
        for k in range(flat_y.size):
            flat_y[k] = zero if flat_x[k] < zero else flat_x[k]  # asked so, NaN stays NaN
        return
    for start in range(0, flat_y.size, _AT_ONCE):
        source, part = flat_x[start : start + _AT_ONCE], flat_y[start : start + _AT_ONCE]
        for k in range(part.size):
            part[k] = source[k]
        activate_in_place(part, activation)


@kernel
def activate_gradient(y: Array, dy: Array, dx: Array, activation: int) -> None:
    """Carry a gradient back through an activation; see the plain twin."""
    flat_y, flat_dy, flat_dx = y.reshape(y.size), dy.reshape(dy.size), dx.reshape(dx.size)
    if is_same(dy, dx):
        times_slope(flat_y, flat_dx, activation)
        return
    if activation == RELU:
        zero = y.dtype.type(0)
        for k in range(flat_dx.size):
            flat_dx[k] = zero if flat_y[k] <= zero else flat_dy[k]
        return
    for start in range(0, flat_dx.size, _AT_ONCE):
        source, part = flat_dy[start : start + _AT_ONCE], flat_dx[start : start + _AT_ONCE]
        for k in range(part.size):
            part[k] = source[k]
        times_slope(flat_y[start : start + _AT_ONCE], part, activation)


@kernel
def softmax(x: Array, y: Array) -> None:
    """Turn each row of scores into probabilities; see the plain twin."""
    soften(x, y, y.dtype.type(1))


@kernel
def softmax_gradient(y: Array, dy: Array, dx: Array) -> None:
    """Carry a gradient back through softmax; see the plain twin."""
    for i in range(y.shape[0]):
        total = y.dtype.type(0)
        for c in range(y.shape[1]):
            total += dy[i, c] * y[i, c]
        for c in range(y.shape[1]):
            dx[i, c] = y[i, c] * (dy[i, c] - total)
