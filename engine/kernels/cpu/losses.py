"""Losses: how wrong each sample is, and in which direction its outputs should move."""

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp, sigmoid
from engine.kernels.cpu._logarithms import log1p
from engine.kernels.cpu._rows import log_sum_exp, soften
from engine.kernels.cpu._terms import mean_of_terms, slopes_of_terms, term


@kernel
def cross_entropy(logits: Array, labels: Array, losses: Array) -> None:
    """Surprise at the right class; see the plain twin."""
    log_sum_exp(logits, losses)
    for i in range(logits.shape[0]):
        losses[i] -= logits[i, labels[i, 0]]


@kernel
def cross_entropy_gradient(logits: Array, labels: Array, scale: Array, dx: Array) -> None:
    """Probability minus one for the right class; see the plain twin."""
    factor = scale[0]
    soften(logits, dx, factor)
    for i in range(logits.shape[0]):
        dx[i, labels[i, 0]] -= factor


@kernel
def soft_cross_entropy(logits: Array, targets: Array, losses: Array) -> None:
    """Cross-entropy with a target probability for each class; see the plain twin."""
    log_sum_exp(logits, losses)
    for i in range(logits.shape[0]):
        whole, loss = losses[i], logits.dtype.type(0)
        for c in range(logits.shape[1]):
            loss += targets[i, c] * (whole - logits[i, c])
        losses[i] = loss


@kernel
def soft_cross_entropy_gradient(logits: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Probability times the sum of the targets, minus target; see the plain twin."""
    factor = scale[0]
    soften(logits, dx, factor)
    for i in range(logits.shape[0]):
        row, target, total = dx[i], targets[i], logits.dtype.type(0)
        for c in range(row.size):
            total += target[c]
        for c in range(row.size):
            row[c] = row[c] * total - target[c] * factor


@term
def _surprise(z: float, target: float, zero: float) -> float:
    """log(1 + exp(z)) - z t, so that no exponential is beyond all numbers."""
    positive = zero if z < zero else z
    return positive - z * target + log1p(exp(-abs(z)))


@kernel
def binary_cross_entropy(logits: Array, targets: Array, losses: Array) -> None:
    """Mean over K yes-or-no questions; see the plain twin for the formula."""
    mean_of_terms(_surprise, logits.dtype.type(0), logits, targets, losses)


@term
def _too_sure(z: float, target: float, _: float) -> float:
    """Probability minus target."""
    return sigmoid(z) - target


@kernel
def binary_cross_entropy_gradient(logits: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Probability minus target, over K; see the plain twin."""
    slopes_of_terms(_too_sure, logits.dtype.type(0), logits, targets, scale, dx)


@term
def _square(prediction: float, target: float, _: float) -> float:
    """The squared distance."""
    error = prediction - target
    return error * error


@kernel
def squared_error(predictions: Array, targets: Array, losses: Array) -> None:
    """Mean over K of the squared distance from the target; see the plain twin."""
    mean_of_terms(_square, predictions.dtype.type(0), predictions, targets, losses)


@term
def _distance_times(prediction: float, target: float, factor: float) -> float:
    """The distance, with its sign, times a factor."""
    return factor * (prediction - target)


@kernel
def squared_error_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Twice the distance from the target, over K; see the plain twin."""
    two = predictions.dtype.type(2)
    slopes_of_terms(_distance_times, two, predictions, targets, scale, dx)
