"""Activation functions and their derivatives, which are computed from the output of the function.

With y = f(x) at hand the derivative needs no x: relu' = [y > 0], sigmoid' = y (1 - y),
tanh' = 1 - y². So a layer may write its activation over its weighted sum and keep one array.
"""

import numpy as np

from engine.kernels import LINEAR, RELU, SIGMOID, TANH, Array


def activate(x: Array, y: Array, activation: int) -> None:
    """Apply an activation function to each value: y = f(x).

    x : (n, K)
    y : (n, K), may be the same array as x
    activation : LINEAR, RELU, SIGMOID or TANH of `engine.kernels`
    """
    if activation == LINEAR:
        y[...] = x
    elif activation == RELU:
        y[...] = np.where(x < 0, 0, x)  # asked this way round, NaN stays NaN
    elif activation == SIGMOID:
        y[...] = 0.5 * np.tanh(0.5 * x) + 0.5  # 1 / (1 + exp(-x)) without overflow
    elif activation == TANH:
        y[...] = np.tanh(x)


def activate_gradient(y: Array, dy: Array, dx: Array, activation: int) -> None:
    """Carry a gradient back through an activation: dx = dy f'(x), with f' taken from y.

    y : (n, K) output of `activate`
    dy : (n, K) gradient with respect to y
    dx : (n, K), may be the same array as dy
    activation : LINEAR, RELU, SIGMOID or TANH of `engine.kernels`
    """
    if activation == LINEAR:
        dx[...] = dy
    elif activation == RELU:
        dx[...] = np.where(y <= 0, 0, dy)
    elif activation == SIGMOID:
        dx[...] = dy * y * (1 - y)
    elif activation == TANH:
        dx[...] = dy * (1 - y * y)


def softmax(x: Array, y: Array) -> None:
    """Turn each row of scores into probabilities: y[c] = exp(x[c]) / Σ exp(x).

    The largest score is taken away first: that changes nothing and no exponential overflows.

    x, y : (n, C)
    """
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    y[...] = powers / powers.sum(axis=1, keepdims=True)


def softmax_gradient(y: Array, dy: Array, dx: Array) -> None:
    """Carry a gradient back through softmax: dx[c] = y[c] (dy[c] - Σ dy y).

    y : (n, C) output of `softmax`
    dy, dx : (n, C)
    """
    dx[...] = y * (dy - (dy * y).sum(axis=1, keepdims=True))
