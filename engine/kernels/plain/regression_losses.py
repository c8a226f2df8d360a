"""Losses of numbers to predict: how far off each row is, large errors weighing more or less.

As in `losses`, every loss writes one number per row, the mean over its K values, and every gradient
is multiplied by `scale[0]`. (The mean absolute error itself is `metrics.absolute_error`.)
"""

import numpy as np

from engine.kernels import Array

EPSILON = 1e-7  # Keras's, so that the logarithm of a rate of 0 is no infinity


def absolute_error_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """The sign of the error, over K; 0 where there is none.

    predictions : (n, K)
    targets : (n, K) any type
    scale : (1,)
    dx : (n, K)
    """
    errors = predictions - targets.astype(predictions.dtype)
    dx[...] = np.sign(errors) * (scale[0] / predictions.shape[1])


def huber(predictions: Array, targets: Array, delta: float, losses: Array) -> None:
    """Half the squared error up to `delta`, and a straight line beyond (Huber 1964).

    predictions : (n, K)
    targets : (n, K) any type
    delta : error from which on the loss grows linearly
    losses : (n,)
    """
    errors = np.abs(predictions - targets.astype(predictions.dtype))
    far = delta * (errors - 0.5 * delta)
    losses[...] = np.where(errors <= delta, 0.5 * errors * errors, far).mean(axis=1)


def huber_gradient(
    predictions: Array, targets: Array, delta: float, scale: Array, dx: Array
) -> None:
    """The error, cut off at ±`delta`, over K.

    predictions : (n, K)
    targets : (n, K) any type
    delta : error from which on the loss grows linearly
    scale : (1,)
    dx : (n, K)
    """
    errors = predictions - targets.astype(predictions.dtype)
    dx[...] = np.clip(errors, -delta, delta) * (scale[0] / predictions.shape[1])


def log_cosh(predictions: Array, targets: Array, losses: Array) -> None:
    """log cosh e, written |e| + log(1 + exp(-2|e|)) - log 2, which no error can make overflow.

    predictions : (n, K)
    targets : (n, K) any type
    losses : (n,)
    """
    errors = np.abs(predictions - targets.astype(predictions.dtype))
    losses[...] = (errors + np.log1p(np.exp(-2 * errors)) - np.log(2)).mean(axis=1)


def log_cosh_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """tanh of the error, over K.

    predictions : (n, K)
    targets : (n, K) any type
    scale : (1,)
    dx : (n, K)
    """
    errors = predictions - targets.astype(predictions.dtype)
    dx[...] = np.tanh(errors) * (scale[0] / predictions.shape[1])


def poisson(rates: Array, targets: Array, losses: Array) -> None:
    """Mean over K of λ - t log(λ + 1e-7): the surprise at t counted events, without log t!.

    rates : (n, K), λ, 0 or more
    targets : (n, K) any type, 0 or more
    losses : (n,)
    """
    counts = targets.astype(rates.dtype)
    losses[...] = (rates - counts * np.log(rates + EPSILON)).mean(axis=1)


def poisson_gradient(rates: Array, targets: Array, scale: Array, dx: Array) -> None:
    """1 - t / (λ + 1e-7), over K.

    rates : (n, K)
    targets : (n, K) any type
    scale : (1,)
    dx : (n, K)
    """
    slopes = 1 - targets.astype(rates.dtype) / (rates + EPSILON)
    dx[...] = slopes * (scale[0] / rates.shape[1])


def log_poisson(logarithms: Array, targets: Array, losses: Array) -> None:
    """The same from z = log λ: mean over K of exp(z) - t z.

    logarithms : (n, K)
    targets : (n, K) any type, 0 or more
    losses : (n,)
    """
    terms = np.exp(logarithms) - targets.astype(logarithms.dtype) * logarithms
    losses[...] = terms.mean(axis=1)


def log_poisson_gradient(logarithms: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Rate minus target, over K.

    logarithms : (n, K)
    targets : (n, K) any type
    scale : (1,)
    dx : (n, K)
    """
    errors = np.exp(logarithms) - targets.astype(logarithms.dtype)
    dx[...] = errors * (scale[0] / logarithms.shape[1])


def rates(logarithms: Array, y: Array) -> None:
    """What a network that gives log λ answers: λ = exp(z).

    logarithms : (n, K)
    y : (n, K)
    """
    y[...] = np.exp(logarithms)
