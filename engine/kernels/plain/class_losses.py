"""More losses of classes: by a margin between scores, or between two distributions.

As in `losses`, every loss writes one number per row, and every gradient is multiplied by
`scale[0]`.
"""

import numpy as np

from engine.kernels import Array


def _signs(scores: Array, targets: Array) -> Array:
    """Return +1 for yes (a target above 0.5) and -1 for no."""
    return np.where(targets > 0.5, 1, -1).astype(scores.dtype)


def hinge(scores: Array, targets: Array, losses: Array) -> None:
    """Mean over K yes-or-no questions of max(1 - t·y, 0), with t = ±1 (Cortes & Vapnik 1995).

    scores : (n, K)
    targets : (n, K) any type, yes is above 0.5
    losses : (n,)
    """
    losses[...] = np.maximum(1 - _signs(scores, targets) * scores, 0).mean(axis=1)


def hinge_gradient(scores: Array, targets: Array, scale: Array, dx: Array) -> None:
    """-t over K where the margin is smaller than 1, else 0.

    scores : (n, K)
    targets : (n, K) any type, yes is above 0.5
    scale : (1,)
    dx : (n, K)
    """
    signs = _signs(scores, targets)
    inside = ~(1 - signs * scores <= 0)
    dx[...] = np.where(inside, -signs, 0) * (scale[0] / scores.shape[1])
    dx[np.isnan(scores)] = np.nan


def categorical_hinge(scores: Array, targets: Array, losses: Array) -> None:
    """max(1 + the highest score of another class - the score of the true class, 0), as in Keras.

    The other classes' scores are (1 - t)·y, so that the true class counts among them with 0.

    scores : (n, C)
    targets : (n, C), 1 for the true class and 0 for the others
    losses : (n,)
    """
    true = (targets * scores).sum(axis=1)
    other = ((1 - targets) * scores).max(axis=1)
    losses[...] = np.maximum(other - true + 1, 0)


def categorical_hinge_gradient(scores: Array, targets: Array, scale: Array, dx: Array) -> None:
    """Where the margin is smaller than 1: +1 for the highest other score, -1 for the true one.

    scores : (n, C)
    targets : (n, C)
    scale : (1,)
    dx : (n, C)
    """
    others = (1 - targets) * scores
    rows, highest = np.arange(len(scores)), others.argmax(axis=1)
    dx[...] = -targets
    dx[rows, highest] += 1 - targets[rows, highest]
    margin = others[rows, highest] - (targets * scores).sum(axis=1) + 1
    dx[margin <= 0] = 0
    dx[...] *= scale[0]
    dx[np.isnan(margin)] = np.nan


def kl_divergence(logits: Array, targets: Array, losses: Array) -> None:
    """Σ t log(t / p) with p = softmax(logits); a target of 0 adds nothing.

    What the answer lacks to the target distribution (Kullback & Leibler 1951). It differs from the
    cross-entropy by Σ t log t, which no weight changes: so its gradient is that of
    `soft_cross_entropy`.

    logits : (n, C)
    targets : (n, C), 0 or more, usually rows that sum to 1
    losses : (n,)
    """
    largest = logits.max(axis=1, keepdims=True)
    whole = largest + np.log(np.exp(logits - largest).sum(axis=1, keepdims=True))
    logarithms = np.log(np.where(targets > 0, targets, 1))
    losses[...] = (targets * (logarithms + whole - logits)).sum(axis=1)
