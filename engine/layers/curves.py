"""Activation functions of a single number and their derivatives, for pictures of them.

The kernels `activate` and `nonlinearity` compute the same of arrays, and a test compares them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805  # Klambauer et al. 2017
Point = tuple[float, float]  # value and derivative
Curve = Callable[[float, float], Point]  # of x and of the slope or depth that some have


def _sigmoid(x: float) -> float:
    return 0.5 * math.tanh(0.5 * x) + 0.5


def _exponential(x: float, depth: float) -> Point:
    return (depth * math.expm1(x), depth * math.exp(x)) if x < 0 else (x, 1.0)


def _selu(x: float, alpha: float) -> Point:
    value, slope = _exponential(x, SELU_ALPHA)
    return SELU_SCALE * value, SELU_SCALE * slope


def _gelu(x: float, alpha: float) -> Point:
    share = 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))
    return x * share, share + x * math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)


def _silu(x: float, alpha: float) -> Point:
    s = _sigmoid(x)
    return x * s, s * (1.0 + x * (1.0 - s))


def _softplus(x: float, alpha: float) -> Point:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x))), _sigmoid(x)


def _logistic(x: float, alpha: float) -> Point:
    s = _sigmoid(x)
    return s, s * (1.0 - s)


def _tanh(x: float, alpha: float) -> Point:
    t = math.tanh(x)
    return t, 1.0 - t * t


CURVES: dict[str, Curve] = {
    "linear": lambda x, _: (x, 1.0),
    "relu": lambda x, _: (x, 1.0) if x > 0 else (0.0, 0.0),
    "leaky_relu": lambda x, slope: (slope * x, slope) if x < 0 else (x, 1.0),
    "elu": _exponential,
    "selu": _selu,
    "gelu": _gelu,
    "silu": _silu,
    "softplus": _softplus,
    "sigmoid": _logistic,
    "hard_sigmoid": lambda x, _: (min(max(x + 3, 0.0), 6.0) / 6, 1 / 6 if abs(x) < 3 else 0.0),
    "tanh": _tanh,
    # the gradient of the step is handed straight through, because its own would be 0
    "step": lambda x, _: (1.0 if x >= 0 else 0.0, 1.0),
}
