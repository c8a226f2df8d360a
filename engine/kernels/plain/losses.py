"""Losses: how wrong each sample is, and in which direction its outputs should move.

The cross-entropies take logits, the scores before softmax or sigmoid: together with them the
formula is exact for large scores, and its gradient is simply "probability minus target".
Every loss writes one number per sample. Every gradient is multiplied by `scale[0]`, which is 1 over
the number of samples in the batch, so that summing over samples gives the gradient of the mean.
"""

import numpy as np

from engine.kernels import Array


def _log_sum_exp(logits: Array) -> Array:
    """Return log Σ exp(logits) of each row, (n, 1), with the largest taken out of the sum."""
    largest = logits.max(axis=1, keepdims=True)
    return np.asarray(largest + np.log(np.exp(logits - largest).sum(axis=1, keepdims=True)))


def cross_entropy(logits: Array, labels: Array, losses: Array) -> None:
    """Surprise at the right class: loss = log Σ exp(logits) - logits[label].

    logits : (n, C)
    labels : (n, 1) int64, from 0 to C - 1
    losses : (n,)
    """
    right = np.take_along_axis(logits, labels, axis=1)
    losses[...] = (_log_sum_exp(logits) - right)[:, 0]


def cross_entropy_gradient(logits: Array, labels: Array, scale: Array, dx: Array) -> None:
    """Probability minus one for the right class, probability for the others.

    logits : (n, C)
    labels : (n, 1) int64
    scale : (1,)
    dx : (n, C)
    """
    probabilities = np.exp(logits - _log_sum_exp(logits))
    right = labels == np.arange(logits.shape[1])
    dx[...] = (probabilities - right.astype(logits.dtype)) * scale[0]


def soft_cross_entropy(logits: Array, targets: Array, losses: Array) -> None:
    """Cross-entropy with a target probability for each class: loss = -Σ t log softmax(logits).

    logits : (n, C)
    targets : (n, C), usually rows that sum to 1
    losses : (n,)
    """
    losses[...] = (targets * (_log_sum_exp(logits) - logits)).sum(axis=1)


def soft_cross_entropy_gradient(logits: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Probability times the sum of the targets, minus target.

    logits : (n, C)
    targets : (n, C)
    scale : (1,)
    dx : (n, C)
    """
    probabilities = np.exp(logits - _log_sum_exp(logits))
    dx[...] = (probabilities * targets.sum(axis=1, keepdims=True) - targets) * scale[0]


def binary_cross_entropy(logits: Array, targets: Array, losses: Array) -> None:
    """Mean over K yes-or-no questions of -t log p - (1 - t) log(1 - p), with p = sigmoid(logit).

    Rewritten as max(z, 0) - z t + log(1 + exp(-|z|)), which no z can make overflow.

    logits : (n, K)
    targets : (n, K) any type, 0 to 1
    losses : (n,)
    """
    t = targets.astype(logits.dtype)
    terms = np.maximum(logits, 0) - logits * t + np.log1p(np.exp(-np.abs(logits)))
    losses[...] = terms.mean(axis=1)


def binary_cross_entropy_gradient(logits: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Probability minus target, over K.

    logits : (n, K)
    targets : (n, K) any type, 0 to 1
    scale : (1,)
    dx : (n, K)
    """
    probabilities = 0.5 * np.tanh(0.5 * logits) + 0.5
    dx[...] = (probabilities - targets.astype(logits.dtype)) * (scale[0] / logits.shape[1])


def squared_error(predictions: Array, targets: Array, losses: Array) -> None:
    """Mean over K of the squared distance from the target.

    predictions : (n, K)
    targets : (n, K) any type
    losses : (n,)
    """
    errors = predictions - targets.astype(predictions.dtype)
    losses[...] = (errors * errors).mean(axis=1)


def squared_error_gradient(predictions: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Twice the distance from the target, over K.

    predictions : (n, K)
    targets : (n, K) any type
    scale : (1,)
    dx : (n, K)
    """
    errors = predictions - targets.astype(predictions.dtype)
    dx[...] = errors * (2 * scale[0] / predictions.shape[1])
