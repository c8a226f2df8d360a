"""What a network gets right and wrong on all validation samples, counted and made small.

Counts are of all answers. Curves and calibration are exact too, but of evenly chosen answers where
there are more than MOST_ANSWERS, and a curve keeps at most POINTS of its points; the areas are
computed before.
"""

from __future__ import annotations

import numpy as np

from engine.results import Cell, ClassResults, FloatArray, IntArray, Results, ValueResults
from engine.runtime.answers import Answered
from engine.runtime.memory import Array
from engine.runtime.trainer import Trainer, row_numbers

MOST_CLASSES = 100  # of which every pair is counted
MOST_ANSWERS = 20_000  # that curves and calibration are made of
POINTS = 200  # of a curve
BINS = 10  # of calibration
EXAMPLES = 24  # answers shown as samples
PAIRS = 2000  # numbers shown with their predictions
MOST_VALUES = 12  # predicted numbers of a sample that are told apart
HISTOGRAM = 41  # bars of errors; the middle one is around 0


def results(trainer: Trainer, run: int, found: Answered, cell: Cell | None = None) -> Results:
    """Count answers; `cell` chooses the examples, otherwise they are the surest mistakes."""
    epoch, first = trainer.position.epoch, found.first
    of_classes, of_values = None, None
    if np.isfinite(first.outputs).all():
        if first.task == "values":
            of_values = value_results(first)
        else:
            of_classes = class_results(first, trainer, cell)
    return Results(run, epoch, first.task, of_classes, of_values)


# classes


def class_results(found: Answered, trainer: Trainer, cell: Cell | None) -> ClassResults:
    """The counts of answers with classes, and some of the samples behind them."""
    steps = found.targets[0].size if len(found.targets) else 1
    shares, raw, true, places = _rows(found)
    classes = shares.shape[1]
    named = np.argmax(raw, axis=1)
    examples = _examples(shares, true, named, cell)
    places, at = places[examples], np.full(len(examples), -1)
    if found.targets.ndim > 1:
        places, at = places // steps, places % steps
    data = next(iter(trainer.data.values()))
    kept = row_numbers(len(true), MOST_ANSWERS)
    curves, areas = _curves(shares[kept], true[kept])
    return ClassResults(
        confusion(true, named, classes) if classes <= MOST_CLASSES else None,
        len(true),
        int(np.count_nonzero(true != named)),
        len(kept),
        curves,
        areas,
        _calibrations(shares[kept], true[kept], named[kept]),
        cell,
        places,
        at,
        data.inputs("validation", places),
        true[examples],
        named[examples],
        shares[examples, named[examples]],
    )


def _rows(found: Answered) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    """Answers that count, one below the other: probabilities, outputs, classes, row numbers."""
    width = found.outputs.shape[-1]
    outputs = found.outputs.reshape(-1, width)
    targets = found.targets.reshape(len(outputs))
    places = np.arange(len(outputs))
    if found.counted is not None:
        places = np.flatnonzero(found.counted.reshape(-1) > 0)
        outputs, targets = outputs[places], targets[places]
    if found.task == "binary":
        one = outputs[:, :1]
        outputs, targets = np.concatenate([1 - one, one], axis=1), targets > 0.5
    shares = np.clip(outputs, 0.0, 1.0)  # an unusual loss knows no probabilities
    return shares, outputs, targets.astype(np.int64), places


def confusion(true: Array, named: Array, classes: int) -> IntArray:
    """How often an answer of the true class (row) was named as a class (column): (K, K)."""
    counts = np.bincount(true * classes + named, minlength=classes * classes)
    return counts.reshape(classes, classes)


def _examples(shares: FloatArray, true: IntArray, named: IntArray, cell: Cell | None) -> IntArray:
    """Which answers to show: those of a cell, or the mistakes; the surest first."""
    chosen = true != named if cell is None else (true == cell[0]) & (named == cell[1])
    rows = np.flatnonzero(chosen)
    order = np.argsort(-shares[rows, named[rows]], kind="stable")
    return rows[order[:EXAMPLES]]


def _curves(shares: FloatArray, true: IntArray) -> tuple[FloatArray, FloatArray]:
    """The curves of each class against the rest, (K, POINTS, 4), and its areas, (K, 2)."""
    classes = min(shares.shape[1], MOST_CLASSES)
    curves, areas = np.full((classes, POINTS, 4), np.nan), np.full((classes, 2), np.nan)
    for k in range(classes):
        is_one = true == k
        if 0 < np.count_nonzero(is_one) < len(true):
            curves[k], areas[k] = curve(shares[:, k], is_one)
    return curves.astype(np.float32), areas


def curve(scores: FloatArray, is_one: Array) -> tuple[FloatArray, tuple[float, float]]:
    """One class against the rest, at each value of its scores as the threshold.

    Returns POINTS evenly along the curve, each (threshold, false positive rate, true positive
    rate, precision), and two areas over all thresholds: under the ROC curve, and the average
    precision, Σ (Rₙ − Rₙ₋₁) Pₙ.
    Fawcett (2006), An introduction to ROC analysis, algorithms 1 and 2.
    """
    order = np.argsort(-scores, kind="stable")
    sorted_scores = scores[order].astype(np.float64)
    last = np.flatnonzero(np.diff(sorted_scores, append=-np.inf))  # of answers with equal scores
    hits, asked = np.cumsum(is_one[order])[last], last + 1
    ones = hits[-1]
    recall, false = hits / ones, (asked - hits) / (len(scores) - ones)
    precision = hits / asked
    before = np.concatenate([[0.0], recall[:-1]])
    roc = float(np.trapezoid(np.append(0.0, recall), np.append(0.0, false)))
    average = float(np.sum((recall - before) * precision))
    way = recall + false
    at = np.searchsorted(way, np.linspace(way[0], way[-1], POINTS))
    at = np.minimum(at, len(way) - 1)
    points = np.stack([sorted_scores[last], false, recall, precision], axis=1)[at]
    return points, (roc, average)


def _calibrations(shares: FloatArray, true: IntArray, named: IntArray) -> FloatArray:
    """Of the class that was named, then of each class: (1 + K, BINS, 3), see `calibration`."""
    sure = shares[np.arange(len(named)), named]
    found = [calibration(sure, true == named)]
    classes = min(shares.shape[1], MOST_CLASSES)
    found += [calibration(shares[:, k], true == k) for k in range(classes)]
    return np.stack(found)


def calibration(sure: FloatArray, is_so: Array) -> FloatArray:
    """By probability in BINS equal steps: answers, those where it is so, sum of probabilities.

    Guo et al. (2017), On Calibration of Modern Neural Networks, section 2.
    """
    edges = np.linspace(0.0, 1.0, BINS + 1)
    bins = np.searchsorted(edges[1:-1], sure.astype(np.float64))
    weights = (None, is_so, sure)
    return np.stack([np.bincount(bins, w, BINS).astype(np.float64) for w in weights], axis=1)


# values


def value_results(found: Answered) -> ValueResults:
    """Numbers and how far their predictions are off, of each of the numbers of an answer."""
    width = found.outputs.shape[-1]
    said = found.outputs.reshape(-1, width).astype(np.float64)
    true = found.targets.reshape(said.shape).astype(np.float64)
    if found.counted is not None:
        kept = np.flatnonzero(found.counted.reshape(-1) > 0)
        said, true = said[kept], true[kept]
    said, true = said[:, :MOST_VALUES], true[:, :MOST_VALUES]
    errors = said - true
    rows = row_numbers(len(true), PAIRS)
    pairs = np.stack([true[rows], said[rows]]).transpose(2, 1, 0)
    first = np.stack([true[:PAIRS], said[:PAIRS]]).transpose(2, 1, 0)
    histograms, reach = _histograms(errors)
    return ValueResults(
        len(true),
        width,
        pairs,
        first,
        histograms,
        reach,
        _mean(np.abs(errors)),
        np.sqrt(_mean(np.square(errors))),
        _mean(errors),
        _determination(true, errors),
    )


def _mean(values: Array) -> FloatArray:
    found: FloatArray = values.sum(axis=0) / max(len(values), 1)
    return found


def _histograms(errors: Array) -> tuple[IntArray, FloatArray]:
    """Errors in HISTOGRAM equal steps from −reach to reach: (D, HISTOGRAM), and reach (D,)."""
    reach = np.abs(errors).max(axis=0, initial=0.0)
    reach[reach == 0] = 1.0
    counts = [
        np.histogram(errors[:, d], HISTOGRAM, (-reach[d], reach[d]))[0] for d in range(len(reach))
    ]
    return np.stack(counts), reach


def _determination(true: Array, errors: Array) -> FloatArray:
    """R² of each number: 1 − Σ e² ∕ Σ (y − mean)²; NaN where all are equal."""
    spread = np.square(true - _mean(true)).sum(axis=0)
    spread[spread == 0] = np.nan
    determined: FloatArray = 1.0 - np.square(errors).sum(axis=0) / spread
    return determined
