"""Losses of numbers to predict: how far off each row is, large errors weighing more or less."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp, log1p, tanh


@kernel
def absolute_error_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """The sign of the error, over K; see the plain twin."""
    kind = predictions.dtype.type
    factor = scale[0] / kind(predictions.shape[1])
    for i in range(predictions.shape[0]):
        for k in range(predictions.shape[1]):
            error = predictions[i, k] - kind(targets[i, k])
            sign = factor if error > 0 else -factor
            dx[i, k] = sign if error != 0 else kind(0)
            if error != error:
                dx[i, k] = error


@kernel
def huber(predictions: Array, targets: Array, delta: float, losses: Array) -> None:
    """Half the squared error up to `delta`, a straight line beyond; see the plain twin."""
    kind = predictions.dtype.type
    limit, half = kind(delta), kind(0.5)
    for i in range(predictions.shape[0]):
        loss = kind(0)
        for k in range(predictions.shape[1]):
            error = abs(predictions[i, k] - kind(targets[i, k]))
            near, far = half * error * error, limit * (error - half * limit)
            loss += near if error <= limit else far
        losses[i] = loss / kind(predictions.shape[1])


@kernel
def huber_gradient(
    predictions: Array, targets: Array, delta: float, scale: Array, dx: Array
) -> None:
    """The error, cut off at ±`delta`, over K; see the plain twin."""
    kind = predictions.dtype.type
    limit, factor = kind(delta), scale[0] / kind(predictions.shape[1])
    for i in range(predictions.shape[0]):
        for k in range(predictions.shape[1]):
            error = predictions[i, k] - kind(targets[i, k])
            error = limit if error > limit else error
            dx[i, k] = (-limit if error < -limit else error) * factor


@kernel
def log_cosh(predictions: Array, targets: Array, losses: Array) -> None:
    """log cosh of the error; see the plain twin."""
    kind = predictions.dtype.type
    two, log_2 = kind(2), kind(np.log(2))
    for i in range(predictions.shape[0]):
        loss = kind(0)
        for k in range(predictions.shape[1]):
            error = abs(predictions[i, k] - kind(targets[i, k]))
            loss += error + log1p(exp(-two * error)) - log_2
        losses[i] = loss / kind(predictions.shape[1])


@kernel
def log_cosh_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """tanh of the error, over K; see the plain twin."""
    kind = predictions.dtype.type
    factor = scale[0] / kind(predictions.shape[1])
    for i in range(predictions.shape[0]):
        for k in range(predictions.shape[1]):
            dx[i, k] = tanh(predictions[i, k] - kind(targets[i, k])) * factor


@kernel
def poisson(rates: Array, targets: Array, losses: Array) -> None:
    """Mean over K of λ - t log(λ + 1e-7); see the plain twin."""
    kind = rates.dtype.type
    for i in range(rates.shape[0]):
        loss = kind(0)
        for k in range(rates.shape[1]):
            rate = rates[i, k]
            loss += rate - kind(targets[i, k]) * np.log(rate + kind(1e-7))
        losses[i] = loss / kind(rates.shape[1])


@kernel
def poisson_gradient(rates: Array, targets: Array, scale: Array, dx: Array) -> None:
    """1 - t / (λ + 1e-7), over K; see the plain twin."""
    kind = rates.dtype.type
    factor = scale[0] / kind(rates.shape[1])
    for i in range(rates.shape[0]):
        for k in range(rates.shape[1]):
            slope = kind(1) - kind(targets[i, k]) / (rates[i, k] + kind(1e-7))
            dx[i, k] = slope * factor


@kernel
def log_poisson(logarithms: Array, targets: Array, losses: Array) -> None:
    """Mean over K of exp(z) - t z; see the plain twin."""
    kind = logarithms.dtype.type
    for i in range(logarithms.shape[0]):
        loss = kind(0)
        for k in range(logarithms.shape[1]):
            z = logarithms[i, k]
            loss += exp(z) - kind(targets[i, k]) * z
        losses[i] = loss / kind(logarithms.shape[1])


@kernel
def log_poisson_gradient(logarithms: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Rate minus target, over K; see the plain twin."""
    kind = logarithms.dtype.type
    factor = scale[0] / kind(logarithms.shape[1])
    for i in range(logarithms.shape[0]):
        for k in range(logarithms.shape[1]):
            dx[i, k] = (exp(logarithms[i, k]) - kind(targets[i, k])) * factor


@kernel
def rates(logarithms: Array, y: Array) -> None:
    """What a network that gives log λ answers: exp(z); see the plain twin."""
    for i in range(logarithms.shape[0]):
        for k in range(logarithms.shape[1]):
            y[i, k] = exp(logarithms[i, k])
