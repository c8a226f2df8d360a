"""Kernels that make one array of several, value by value."""

import numpy as np

from engine.kernels import Array


def subtract(a: Array, b: Array, y: Array) -> None:
    """Take one array from another: y = a - b.

    a, b, y : (n, K)
    """
    y[...] = a - b


def multiply(a: Array, b: Array, y: Array) -> None:
    """Multiply two arrays: y = a · b.

    a, b : (n, K)
    y : (n, K), may be the same array as a
    """
    y[...] = a * b


def scale(x: Array, y: Array, factor: float) -> None:
    """Multiply by a number: y = factor · x.

    x : (n, K)
    y : (n, K), may be the same array as x
    factor : any number
    """
    y[...] = x * x.dtype.type(factor)


def fill(y: Array, value: float) -> None:
    """Set every value to a number.

    y : (n, …)
    value : that number
    """
    y[...] = value


def maximum(x: Array, y: Array, winner: Array, number: int) -> None:
    """Keep what is larger than the largest so far, and remember which input it came from.

    x : (n, K) the next input
    y : (n, K) the largest so far; NaN counts as larger than any number
    winner : (n, K) int32, number of the input that was largest
    number : of this input; the first one, 0, is taken as it is
    """
    is_larger = (number == 0) | (x > y) | np.isnan(x)
    y[...] = np.where(is_larger, x, y)
    winner[is_larger] = number


def maximum_gradient(dy: Array, winner: Array, dx: Array, number: int) -> None:
    """Send the gradient to the input that was largest: dx = dy where winner = number, else 0.

    dy : (n, K)
    winner : (n, K) int32, from `maximum`
    dx : (n, K)
    number : of the input
    """
    dx[...] = np.where(winner == number, dy, 0)
