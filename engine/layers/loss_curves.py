"""Losses of a single answer and their derivatives, for pictures of them.

The kernels compute the same of arrays, and a test compares them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from engine.layers.base import Layer

Point = tuple[float, float]  # loss and derivative


@dataclass(frozen=True)
class LossCurve:
    """The loss as a function of one number, between `low` and `high`.

    `axis` says what that number is: "error" (answer − target), "score" (where yes is right), "lead"
    (of the true class over the best other), "probability" (of the true class), "rate" (where
    `target` events were counted) or its "logarithm".
    """

    axis: str
    low: float
    high: float
    at: Callable[[float], Point]
    target: float = 0.0


def _hinge(x: float) -> Point:
    return (1.0 - x, -1.0) if x < 1 else (0.0, 0.0)


def _log_cosh(e: float) -> Point:
    return abs(e) + math.log1p(math.exp(-2 * abs(e))) - math.log(2.0), math.tanh(e)


def _huber(delta: float) -> Callable[[float], Point]:
    def at(e: float) -> Point:
        if abs(e) <= delta:
            return 0.5 * e * e, e
        return delta * (abs(e) - 0.5 * delta), math.copysign(delta, e)

    return at


def _surprise(smoothing: float) -> Callable[[float], Point]:
    """−log p of the true one of two classes, of whose share some is smoothed away to the other."""
    true, other = 1.0 - 0.5 * smoothing, 0.5 * smoothing

    def at(p: float) -> Point:
        loss = -true * math.log(p) - other * math.log1p(-p)
        return loss, -true / p + other / (1.0 - p)

    return at


_ERROR = ("error", -3.0, 3.0)
_PLAIN = {
    "mean_squared_error": LossCurve(*_ERROR, lambda e: (e * e, 2 * e)),
    "mean_absolute_error": LossCurve(
        *_ERROR, lambda e: (abs(e), math.copysign(1.0, e) if e else 0.0)
    ),
    "log_cosh": LossCurve(*_ERROR, _log_cosh),
    "hinge": LossCurve("score", -2.0, 3.0, _hinge),
    "categorical_hinge": LossCurve("lead", -2.0, 3.0, _hinge),
}
_COUNT = 3.0  # events, in the picture of a loss of counts


def loss_curve(layer: Layer) -> LossCurve | None:
    """The curve of a loss with its options; None of a layer that is none."""
    if layer.kind in _PLAIN:
        return _PLAIN[layer.kind]
    if layer.kind == "huber":
        delta: float = layer.delta  # type: ignore[attr-defined]
        return LossCurve("error", -max(3.0, 2 * delta), max(3.0, 2 * delta), _huber(delta))
    if layer.kind in ("cross_entropy", "binary_cross_entropy", "kl_divergence"):
        smoothing = getattr(layer, "label_smoothing", 0.0)
        return LossCurve("probability", 0.01, 0.99, _surprise(smoothing))
    if layer.kind == "poisson" and layer.log_rate:  # type: ignore[attr-defined]
        return LossCurve("logarithm", -2.0, 3.0, _log_poisson, _COUNT)
    if layer.kind == "poisson":
        return LossCurve("rate", 0.2, 9.0, _poisson, _COUNT)
    return None


def _poisson(rate: float) -> Point:
    return rate - _COUNT * math.log(rate), 1.0 - _COUNT / rate


def _log_poisson(z: float) -> Point:
    return math.exp(z) - _COUNT * z, math.exp(z) - _COUNT
