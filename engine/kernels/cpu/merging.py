"""Kernels that make one array of several, value by value."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._elementary import is_same


@kernel
def subtract(a: Array, b: Array, y: Array) -> None:
    """Take one array from another; see the plain twin."""
    flat_a, flat_b, flat_y = a.reshape(a.size), b.reshape(b.size), y.reshape(y.size)
    for k in range(flat_y.size):
        flat_y[k] = flat_a[k] - flat_b[k]


@kernel
def multiply(a: Array, b: Array, y: Array) -> None:
    """Multiply two arrays; see the plain twin."""
    flat_a, flat_b, flat_y = a.reshape(a.size), b.reshape(b.size), y.reshape(y.size)
    if is_same(a, y):  # a loop over arrays that overlap would not be vectorised
        for k in range(flat_y.size):
            flat_y[k] *= flat_b[k]
    else:
        for k in range(flat_y.size):
            flat_y[k] = flat_a[k] * flat_b[k]


@kernel
def scale(x: Array, y: Array, factor: float) -> None:
    """Multiply by a number; see the plain twin."""
    flat_x, flat_y, times = x.reshape(x.size), y.reshape(y.size), x.dtype.type(factor)
    for k in range(flat_y.size):
        flat_y[k] = flat_x[k] * times


@kernel
def fill(y: Array, value: float) -> None:
    """Set every value to a number; see the plain twin."""
    flat_y = y.reshape(y.size)
    for k in range(flat_y.size):
        flat_y[k] = y.dtype.type(value)


@kernel
def maximum(x: Array, y: Array, winner: Array, number: int) -> None:
    """Keep what is larger than the largest so far; see the plain twin."""
    flat_x, flat_y, flat_winner = x.reshape(x.size), y.reshape(y.size), winner.reshape(y.size)
    if number == 0:
        for k in range(flat_y.size):
            flat_y[k] = flat_x[k]
        for k in range(flat_y.size):
            flat_winner[k] = 0
    else:
        for k in range(flat_y.size):
            if flat_x[k] > flat_y[k] or flat_x[k] != flat_x[k]:
                flat_y[k] = flat_x[k]
                flat_winner[k] = number


@kernel
def maximum_gradient(dy: Array, winner: Array, dx: Array, number: int) -> None:
    """Send the gradient to the input that was largest; see the plain twin."""
    flat_dy, flat_dx, flat_winner = (
        dy.reshape(dy.size),
        dx.reshape(dx.size),
        winner.reshape(dx.size),
    )
    zero = dy.dtype.type(0)
    for k in range(flat_dx.size):
        flat_dx[k] = flat_dy[k] if flat_winner[k] == number else zero
