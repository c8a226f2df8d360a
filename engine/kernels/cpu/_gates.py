"""The curves of gates, for sixteen units at once; see `_lanes`.

tanh(x) ≈ x P(x²) / Q(x²) for |x| <= 9, where tanh(9) rounds to 1. Coefficients fitted by least
squares, reweighted until the largest relative error stopped falling, at 2.1e-8. It takes fewer
instructions than tanh by way of exp, and sigmoid(x) = ½ tanh(½ x) + ½ has an absolute error of
1e-7, which is all that a gate between 0 and 1 needs. float64 takes NumPy's tanh, value by value.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from typing import Any

import numpy as np
from numba.core import types
from numba.extending import overload

from engine.kernels import RELU, SIGMOID, TANH
from engine.kernels.cpu import SAFE_MATH
from engine.kernels.cpu._lanes import (
    LANES,
    Lanes,
    at_least,
    at_most,
    lane,
    positive_part,
    with_lane,
)

_P0, _P1, _P2 = np.float32(0.99999998), np.float32(0.13381025), np.float32(3.4955869e-3)
_P3, _P4 = np.float32(2.0609063e-5), np.float32(1.3354637e-8)
_Q1, _Q2 = np.float32(0.4671434), np.float32(2.5876977e-2)
_Q3, _Q4 = np.float32(3.2856328e-4), np.float32(7.7765476e-7)
_LIMIT, _HALF, _ONE = np.float32(9), np.float32(0.5), np.float32(1)
_OPTIONS: Any = {"nogil": True, "error_model": "numpy", "fastmath": SAFE_MATH}


def tanh(x: Any) -> Any:
    """Return the hyperbolic tangent of each lane; NaN stays NaN."""
    return np.tanh(x)


def sigmoid(x: Any) -> Any:
    """Return 1 / (1 + exp(-x)) of each lane; NaN stays NaN."""
    return 0.5 * np.tanh(0.5 * x) + 0.5


def activated(x: Any, activation: int) -> Any:
    """Return an activation of each lane."""
    if activation == TANH:
        return tanh(x)
    if activation == SIGMOID:
        return sigmoid(x)
    return np.where(x < 0, 0 * x, x) if activation == RELU else x


def sloped(d: Any, y: Any, activation: int) -> Any:
    """Return gradients times the slope of the activation that gave y."""
    if activation == TANH:
        return d * (1 - y * y)
    if activation == SIGMOID:
        return d * (y * (1 - y))
    return np.where(y <= 0, 0 * d, d) if activation == RELU else d


@overload(tanh, jit_options=_OPTIONS)
def _tanh_compiled(x):
    def fast(x):
        x = at_least(at_most(x, _LIMIT), -_LIMIT)
        s = x * x
        numerator = x * (_P0 + s * (_P1 + s * (_P2 + s * (_P3 + s * _P4))))
        y = numerator / (_ONE + s * (_Q1 + s * (_Q2 + s * (_Q3 + s * _Q4))))
        return at_least(at_most(y, _ONE), -_ONE)  # beyond, 1 - y² would turn negative

    def exact(x):
        for k in range(LANES):
            x = with_lane(x, k, np.tanh(lane(x, k)))
        return x

    return fast if x == Lanes(types.float32) else exact


@overload(sigmoid, jit_options=_OPTIONS)
def _sigmoid_compiled(x):
    return lambda x: _HALF * tanh(_HALF * x) + _HALF


@overload(activated, jit_options=_OPTIONS)
def _activated_compiled(x, activation):
    def choose(x, activation):
        if activation == TANH:
            return tanh(x)
        if activation == SIGMOID:
            return sigmoid(x)
        if activation == RELU:
            return positive_part(x, x)
        return x

    return choose


@overload(sloped, jit_options=_OPTIONS)
def _sloped_compiled(d, y, activation):
    def choose(d, y, activation):
        if activation == TANH:
            return d * (_ONE - y * y)
        if activation == SIGMOID:
            return d * (y * (_ONE - y))
        if activation == RELU:
            return positive_part(d, y)
        return d

    return choose
