"""Losses of numbers to predict: how far off each row is, large errors weighing more or less."""

from typing import Any

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp, tanh
from engine.kernels.cpu._logarithms import log, log1p
from engine.kernels.cpu._terms import mean_of_terms, slopes_of_terms, term

_LEAST_RATE = 1e-7
_HALF: Any = np.float32(0.5)  # is as much in float64


@term
def _sign_of_error(prediction: float, target: float, one: float) -> float:
    """1, -1 or 0; NaN stays NaN."""
    error = prediction - target
    sign = one if error > 0 else -one
    return sign if abs(error) > 0 else error


@kernel
def absolute_error_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """The sign of the error, over K; see the plain twin."""
    slopes_of_terms(_sign_of_error, predictions.dtype.type(1), predictions, targets, scale, dx)


@term
def _bowl_with_straight_sides(prediction: float, target: float, limit: float) -> float:
    """½ e² for |e| up to the limit, and beyond the tangent there."""
    error = abs(prediction - target)
    near = error if error <= limit else limit
    return near * (error - _HALF * near)


@kernel
def huber(predictions: Array, targets: Array, delta: float, losses: Array) -> None:
    """Half the squared error up to `delta`, a straight line beyond; see the plain twin."""
    limit = predictions.dtype.type(delta)
    mean_of_terms(_bowl_with_straight_sides, limit, predictions, targets, losses)


@term
def _cut_off(prediction: float, target: float, limit: float) -> float:
    """The error, brought between -limit and limit."""
    error = prediction - target
    error = limit if error > limit else error
    return -limit if error < -limit else error


@kernel
def huber_gradient(
    predictions: Array, targets: Array, delta: float, scale: Array, dx: Array
) -> None:
    """The error, cut off at ±`delta`, over K; see the plain twin."""
    limit = predictions.dtype.type(delta)
    slopes_of_terms(_cut_off, limit, predictions, targets, scale, dx)


@term
def _log_cosh(prediction: float, target: float, log_2: float) -> float:
    """log cosh e = |e| + log(1 + exp(-2|e|)) - log 2, so that nothing is beyond all numbers."""
    error = abs(prediction - target)
    return error + log1p(exp(-(error + error))) - log_2


@kernel
def log_cosh(predictions: Array, targets: Array, losses: Array) -> None:
    """log cosh of the error; see the plain twin."""
    log_2 = predictions.dtype.type(np.log(2))
    mean_of_terms(_log_cosh, log_2, predictions, targets, losses)


@term
def _tanh_of_error(prediction: float, target: float, _: float) -> float:
    """The slope of log cosh."""
    return tanh(prediction - target)


@kernel
def log_cosh_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """tanh of the error, over K; see the plain twin."""
    nothing = predictions.dtype.type(0)
    slopes_of_terms(_tanh_of_error, nothing, predictions, targets, scale, dx)


@term
def _surprise_at_count(rate: float, count: float, least: float) -> float:
    """Of a Poisson distribution, without the part that no weight changes."""
    return rate - count * log(rate + least)


@kernel
def poisson(rates: Array, targets: Array, losses: Array) -> None:
    """Mean over K of λ - t log(λ + 1e-7); see the plain twin."""
    mean_of_terms(_surprise_at_count, rates.dtype.type(_LEAST_RATE), rates, targets, losses)


@term
def _slope_by_rate(rate: float, count: float, least: float) -> float:
    """1 - t / (λ + 1e-7)."""
    return (rate + least - count) / (rate + least)


@kernel
def poisson_gradient(rates: Array, targets: Array, scale: Array, dx: Array) -> None:
    """1 - t / (λ + 1e-7), over K; see the plain twin."""
    slopes_of_terms(_slope_by_rate, rates.dtype.type(_LEAST_RATE), rates, targets, scale, dx)


@term
def _surprise_by_logarithm(z: float, count: float, _: float) -> float:
    """The same of λ = exp(z)."""
    return exp(z) - count * z


@kernel
def log_poisson(logarithms: Array, targets: Array, losses: Array) -> None:
    """Mean over K of exp(z) - t z; see the plain twin."""
    nothing = logarithms.dtype.type(0)
    mean_of_terms(_surprise_by_logarithm, nothing, logarithms, targets, losses)


@term
def _rate_minus_count(z: float, count: float, _: float) -> float:
    """The slope by z."""
    return exp(z) - count


@kernel
def log_poisson_gradient(logarithms: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Rate minus target, over K; see the plain twin."""
    nothing = logarithms.dtype.type(0)
    slopes_of_terms(_rate_minus_count, nothing, logarithms, targets, scale, dx)


@kernel
def rates(logarithms: Array, y: Array) -> None:
    """What a network that gives log λ answers: exp(z); see the plain twin."""
    flat, flat_y = logarithms.reshape(logarithms.size), y.reshape(y.size)
    for k in range(flat_y.size):
        flat_y[k] = exp(flat[k])
