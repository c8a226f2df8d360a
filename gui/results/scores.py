"""What follows from counts: rates, precision, recall, F1, calibration error; as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.protocol import ClassResults, ValueResults
from gui.exporting import Cell

Numbers = NDArray[np.floating[Any]]
Whole = NDArray[np.integer[Any]]
Naming = Callable[[int], str]

COUNTS, BY_TRUE, BY_NAMED = "counts", "true", "named"
MODES = (COUNTS, BY_TRUE, BY_NAMED)  # what a square of the matrix tells


def divided(part: Numbers | Whole, whole: Numbers | Whole) -> Numbers:
    """part / whole, and 0 where there is nothing to be divided by."""
    found: Numbers = np.divide(part, whole, out=np.zeros(np.shape(part)), where=whole > 0)
    return found


def rates(confusion: Whole, mode: str) -> Numbers:
    """Counts as shares of their row (`BY_TRUE`) or column (`BY_NAMED`); otherwise the counts."""
    if mode == COUNTS:
        return confusion.astype(np.float64)
    axis = 1 if mode == BY_TRUE else 0
    whole = np.broadcast_to(confusion.sum(axis=axis, keepdims=True), confusion.shape)
    return divided(confusion, whole)


@dataclass(frozen=True)
class ClassScores:
    """Of each of K classes: shares between 0 and 1, and how often it occurs."""

    precision: Numbers  # of the answers that name it, those that are right
    recall: Numbers  # of those of the class, the ones found
    f1: Numbers
    support: Whole

    @property
    def macro(self) -> tuple[float, float, float]:
        """The mean over the classes that occur or are named, each counted alike."""
        return _mean(self, np.ones(len(self.support)))

    @property
    def weighted(self) -> tuple[float, float, float]:
        """The mean over the classes, each as often as it occurs."""
        return _mean(self, self.support.astype(np.float64))


def _mean(scores: ClassScores, weights: Numbers) -> tuple[float, float, float]:
    whole = float(weights.sum()) or 1.0
    columns = scores.precision, scores.recall, scores.f1
    first, second, third = (float((column * weights).sum()) / whole for column in columns)
    return first, second, third


def class_scores(confusion: Whole) -> ClassScores:
    """Precision, recall and F1 of each class; where nothing can be said, 0."""
    hits = np.diagonal(confusion)
    named, support = confusion.sum(axis=0), confusion.sum(axis=1)
    return ClassScores(
        divided(hits, named), divided(hits, support), divided(2 * hits, named + support), support
    )


def calibration_error(table: Numbers) -> float:
    """The expected calibration error: Σ n ∕ N · |share that is so − mean probability|.

    `table` is (B, 3): answers, those where it is so, sum of probabilities.
    """
    total = float(table[:, 0].sum())
    return float(np.abs(table[:, 1] - table[:, 2]).sum()) / total if total else 0.0


# to be taken away


def matrix_rows(results: ClassResults, name: Naming) -> Iterator[list[Cell]]:
    """The confusion matrix, then what follows from it for each class."""
    assert results.confusion is not None
    names = [name(k) for k in range(len(results.confusion))]
    yield ["true \\ predicted", *names]
    for k, row in enumerate(results.confusion.tolist()):
        yield [names[k], *row]
    yield []
    yield ["class", "precision", "recall", "f1", "support", "roc_auc", "average_precision"]
    scores = class_scores(results.confusion)
    for k, row in enumerate(
        zip(scores.precision, scores.recall, scores.f1, scores.support, strict=True)
    ):
        yield [names[k], *map(float, row[:3]), int(row[3]), *results.areas[k].tolist()]


def curve_rows(results: ClassResults, k: int, name: Naming) -> Iterator[list[Cell]]:
    """The curve of a class against the rest, then the calibration of the classes named."""
    yield ["class", name(k)]
    yield ["threshold", "false_positive_rate", "true_positive_rate", "precision"]
    yield from results.curves[k].tolist()
    yield []
    yield ["from", "to", "answers", "so", "mean_probability"]
    table = results.calibration[0]
    means = divided(table[:, 2], table[:, 0])
    for i, (count, so, _) in enumerate(table.tolist()):
        bins = len(table)
        yield [i / bins, (i + 1) / bins, int(count), int(so), float(means[i])]


def value_rows(results: ValueResults, d: int) -> Iterator[list[Cell]]:
    """How far predictions of a number are off, then pairs of numbers."""
    yield ["mean_absolute_error", float(results.mean_absolute[d])]
    yield ["root_mean_square_error", float(results.root_mean_square[d])]
    yield ["mean_error", float(results.mean[d])]
    yield ["r2", float(results.determination[d])]
    yield []
    yield ["true", "predicted"]
    yield from results.first[d].tolist()
