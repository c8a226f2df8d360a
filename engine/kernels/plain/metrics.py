"""Metrics: one number per sample that people understand; nothing is learnt from them."""

import numpy as np

from engine.kernels import Array


def label_hits(scores: Array, labels: Array, out: Array) -> None:
    """1 where the class with the highest score is the right one, else 0; the mean is the accuracy.

    The first of equal scores counts as highest. Scores that are not numbers are never right.

    scores : (n, C)
    labels : (n, 1) int64
    out : (n,)
    """
    out[...] = (scores.argmax(axis=1) == labels[:, 0]) & ~np.isnan(scores).any(axis=1)


def class_hits(scores: Array, targets: Array, out: Array) -> None:
    """1 where the class with the highest score has the highest target too, else 0.

    The first of equals counts as highest. Scores that are not numbers are never right.

    scores : (n, C)
    targets : (n, C)
    out : (n,)
    """
    is_right = scores.argmax(axis=1) == targets.argmax(axis=1)
    out[...] = is_right & ~np.isnan(scores).any(axis=1)


def threshold_hits(logits: Array, targets: Array, out: Array) -> None:
    """Share of the K yes-or-no questions answered rightly: yes is a logit above 0.

    logits : (n, K)
    targets : (n, K) any type, yes is above 0.5
    out : (n,)
    """
    out[...] = ((logits > 0) == (targets > 0.5)).mean(axis=1)


def absolute_error(predictions: Array, targets: Array, out: Array) -> None:
    """Mean over K of the distance from the target.

    predictions : (n, K)
    targets : (n, K) any type
    out : (n,)
    """
    out[...] = np.abs(predictions - targets.astype(predictions.dtype)).mean(axis=1)


def top_label_hits(scores: Array, labels: Array, most: int, out: Array) -> None:
    """1 where fewer than `most` classes have a higher score than the right one, else 0.

    Scores that are not numbers are never right.

    scores : (n, C)
    labels : (n, 1) int64
    most : how many of the highest scores count, 1 or more
    out : (n,)
    """
    own = np.take_along_axis(scores, labels, axis=1)
    out[...] = ((scores > own).sum(axis=1) < most) & ~np.isnan(scores).any(axis=1)


def top_class_hits(scores: Array, targets: Array, most: int, out: Array) -> None:
    """The same with a target for each class: the right one has the highest, the first of equals.

    scores : (n, C)
    targets : (n, C)
    most : how many of the highest scores count, 1 or more
    out : (n,)
    """
    top_label_hits(scores, targets.argmax(axis=1)[:, None], most, out)
