"""Metrics of classification: true classes against predicted ones, and against probabilities.

true, predicted : (N,) class numbers
shares : (N, C) a probability, or another score, for each class
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def confusion(true: Array, predicted: Array, classes: int) -> Array:
    """How often each true class (row) was taken for each class (column): (C, C) int64."""
    cells = true.astype(np.int64) * classes + predicted.astype(np.int64)
    return np.bincount(cells, minlength=classes * classes).reshape(classes, classes)


def accuracy(true: Array, predicted: Array) -> float:
    """The share of right answers."""
    return float(np.mean(true == predicted))


def top_accuracy(true: Array, shares: Array, most: int) -> float:
    """The share of answers whose true class is among the `most` with the highest scores.

    A class counts if fewer than `most` score higher, as in training.
    """
    own = np.take_along_axis(shares, true.astype(np.int64)[:, None], axis=1)
    return float(np.mean((shares > own).sum(axis=1) < most))


def per_class(true: Array, predicted: Array, classes: int) -> tuple[Array, Array, Array, Array]:
    """Precision, recall, F1 and number of samples of each class, (C,) each.

    Precision of a class that is never predicted, and recall of one that does not occur, are 0.
    """
    from sklearn.metrics import precision_recall_fscore_support

    found = precision_recall_fscore_support(
        true, predicted, labels=np.arange(classes), average=None, zero_division=0.0
    )
    precision, recall, f1, count = (np.asarray(each) for each in found)
    return precision, recall, f1, count


def averaged(values: Array, counts: Array, weighted: bool) -> float:
    """The mean over the classes that occur; `weighted` by how often they do, or all alike."""
    occurs = counts > 0
    if not occurs.any():
        return float("nan")
    return float(np.average(values[occurs], weights=counts[occurs] if weighted else None))


def areas(true: Array, shares: Array) -> Array:
    """The area under the ROC curve of each class against all others, (C,).

    It is the probability that a sample of the class gets a higher score for it than a sample of
    another class (Hanley & McNeil 1982). NaN where all samples, or none, are of the class.
    """
    from sklearn.metrics import roc_auc_score

    found = np.full(shares.shape[1], np.nan)
    for c in range(len(found)):
        is_own = true == c
        if is_own.any() and not is_own.all():
            found[c] = roc_auc_score(is_own, shares[:, c])
    return found


AVERAGES: dict[str, tuple[int, bool]] = {  # name: (place in `per_class`, weighted)
    "precision_macro": (0, False),
    "recall_macro": (1, False),
    "f1_macro": (2, False),
    "f1_weighted": (2, True),
}
