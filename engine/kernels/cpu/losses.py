"""Losses: how wrong each sample is, and in which direction its outputs should move."""

from typing import Any

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._curves import exp, log1p, sigmoid


@kernel
def _log_sum_exp(logits: Array) -> Any:
    """Return log Σ exp(logits) of one row; the plain twin says why the largest is taken out."""
    largest = logits[0]
    for c in range(1, logits.size):
        largest = logits[c] if logits[c] > largest else largest
    total = logits.dtype.type(0)
    for c in range(logits.size):
        total += exp(logits[c] - largest)
    return largest + np.log(total)


@kernel
def cross_entropy(logits: Array, labels: Array, losses: Array) -> None:
    """Surprise at the right class; see the plain twin."""
    for i in range(logits.shape[0]):
        losses[i] = _log_sum_exp(logits[i]) - logits[i, labels[i, 0]]


@kernel
def cross_entropy_gradient(logits: Array, labels: Array, scale: Array, dx: Array) -> None:
    """Probability minus one for the right class; see the plain twin."""
    factor = scale[0]
    for i in range(logits.shape[0]):
        whole = _log_sum_exp(logits[i])
        for c in range(logits.shape[1]):
            dx[i, c] = exp(logits[i, c] - whole) * factor
        dx[i, labels[i, 0]] -= factor


@kernel
def soft_cross_entropy(logits: Array, targets: Array, losses: Array) -> None:
    """Cross-entropy with a target probability for each class; see the plain twin."""
    for i in range(logits.shape[0]):
        whole = _log_sum_exp(logits[i])
        loss = logits.dtype.type(0)
        for c in range(logits.shape[1]):
            loss += targets[i, c] * (whole - logits[i, c])
        losses[i] = loss


@kernel
def soft_cross_entropy_gradient(logits: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Probability times the sum of the targets, minus target; see the plain twin."""
    for i in range(logits.shape[0]):
        whole = _log_sum_exp(logits[i])
        total = logits.dtype.type(0)
        for c in range(logits.shape[1]):
            total += targets[i, c]
        for c in range(logits.shape[1]):
            dx[i, c] = (exp(logits[i, c] - whole) * total - targets[i, c]) * scale[0]


@kernel
def binary_cross_entropy(logits: Array, targets: Array, losses: Array) -> None:
    """Mean over K yes-or-no questions; see the plain twin for the formula."""
    zero = logits.dtype.type(0)
    for i in range(logits.shape[0]):
        loss = zero
        for k in range(logits.shape[1]):
            z = logits[i, k]
            positive = zero if z < zero else z
            loss += positive - z * logits.dtype.type(targets[i, k]) + log1p(exp(-abs(z)))
        losses[i] = loss / logits.dtype.type(logits.shape[1])


@kernel
def binary_cross_entropy_gradient(logits: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Probability minus target, over K; see the plain twin."""
    kind = logits.dtype.type
    factor = scale[0] / kind(logits.shape[1])
    for i in range(logits.shape[0]):
        for k in range(logits.shape[1]):
            dx[i, k] = (sigmoid(logits[i, k]) - kind(targets[i, k])) * factor


@kernel
def squared_error(predictions: Array, targets: Array, losses: Array) -> None:
    """Mean over K of the squared distance from the target; see the plain twin."""
    kind = predictions.dtype.type
    for i in range(predictions.shape[0]):
        loss = kind(0)
        for k in range(predictions.shape[1]):
            error = predictions[i, k] - kind(targets[i, k])
            loss += error * error
        losses[i] = loss / kind(predictions.shape[1])


@kernel
def squared_error_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Twice the distance from the target, over K; see the plain twin."""
    kind = predictions.dtype.type
    factor = kind(2) * scale[0] / kind(predictions.shape[1])
    for i in range(predictions.shape[0]):
        for k in range(predictions.shape[1]):
            dx[i, k] = (predictions[i, k] - kind(targets[i, k])) * factor
