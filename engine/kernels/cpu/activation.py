"""Activation functions and their derivatives, computed from the function's output."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp
from engine.kernels.cpu._elementary import activate_in_place, is_same, times_slope


@kernel
def activate(x: Array, y: Array, activation: int) -> None:
    """Apply an activation function to each value; see the plain twin."""
    flat_x, flat_y = x.reshape(x.size), y.reshape(y.size)
    if not is_same(x, y):
        for k in range(flat_y.size):
            flat_y[k] = flat_x[k]
    activate_in_place(flat_y, activation)


@kernel
def activate_gradient(y: Array, dy: Array, dx: Array, activation: int) -> None:
    """Carry a gradient back through an activation; see the plain twin."""
    flat_y, flat_dy, flat_dx = y.reshape(y.size), dy.reshape(dy.size), dx.reshape(dx.size)
    if not is_same(dy, dx):
        for k in range(flat_dx.size):
            flat_dx[k] = flat_dy[k]
    times_slope(flat_y, flat_dx, activation)


@kernel
def softmax(x: Array, y: Array) -> None:
    """Turn each row of scores into probabilities; see the plain twin."""
    for i in range(x.shape[0]):
        largest = x[i, 0]
        for c in range(1, x.shape[1]):
            largest = x[i, c] if x[i, c] > largest else largest
        total = y.dtype.type(0)
        for c in range(x.shape[1]):
            y[i, c] = exp(x[i, c] - largest)
            total += y[i, c]
        for c in range(x.shape[1]):
            y[i, c] /= total


@kernel
def softmax_gradient(y: Array, dy: Array, dx: Array) -> None:
    """Carry a gradient back through softmax; see the plain twin."""
    for i in range(y.shape[0]):
        total = y.dtype.type(0)
        for c in range(y.shape[1]):
            total += dy[i, c] * y[i, c]
        for c in range(y.shape[1]):
            dx[i, c] = y[i, c] * (dy[i, c] - total)
