"""Which columns rise and fall together, and with the target."""

from __future__ import annotations

import numpy as np

from engine.data.samples import Array
from engine.data_protocol import Correlations

MOST = 40  # features and targets in one matrix
EXAMINED = 1000  # features among which those that go most with the target are looked for
AT_ONCE = 4096  # rows
Name = tuple[str, int]


def correlations(features: Array, target: Array | None, classes: int) -> Correlations:
    """The correlations of features and target, the target last.

    features : (N, F)
    target : (N,) class numbers if there are `classes`, else (N, K) values. Two classes are one
        column (0 and 1), more are a column each: 1 for its samples, 0 for the others.

    Of too many features those are kept that go most with any of the targets.
    """
    examined = features[:, :EXAMINED]
    count = examined.shape[1]
    targets, names = _targets(target, classes, len(features))
    whole = pearson(examined, targets)
    kept, room = np.arange(count), MOST - len(names)
    if count > room:
        strength = np.abs(np.nan_to_num(whole[:count, count:])).max(axis=1, initial=0.0)
        kept = np.sort(np.argsort(-strength, kind="stable")[:room])
    chosen = np.concatenate([kept, np.arange(count, len(whole))])
    labels = (*(("feature", int(i)) for i in kept), *names)
    return Correlations(whole[np.ix_(chosen, chosen)], labels, features.shape[1] - len(kept))


def _targets(target: Array | None, classes: int, count: int) -> tuple[Array, tuple[Name, ...]]:
    """Targets as columns, with their names."""
    if target is None:
        return np.zeros((count, 0)), ()
    if not classes:
        values = target.reshape(count, -1)[:, : MOST // 2]
        return values, tuple(("target", i) for i in range(values.shape[1]))
    if classes == 2:
        return target.reshape(count, 1), (("class", 1),)
    shown = min(classes, MOST // 2)
    marks = target.reshape(count, 1) == np.arange(shown)
    return marks, tuple(("class", i) for i in range(shown))


def pearson(*columns: Array) -> Array:
    """Pearson's correlation of each pair of columns, (N, …) each → (C, C).

    NaN where a column is constant. Rows are turned into float64 some at a time.
    """
    pieces = range(0, len(columns[0]), AT_ONCE)

    def piece(start: int) -> Array:
        return np.concatenate([c[start : start + AT_ONCE] for c in columns], axis=1, dtype=float)

    count = len(columns[0])
    mean = sum(piece(i).sum(axis=0) for i in pieces) / max(count, 1)
    width = sum(c.shape[1] for c in columns)
    products, largest = np.zeros((width, width)), np.zeros(width)
    for i in pieces:
        values = piece(i)
        away = values - mean
        products += away.T @ away
        largest = np.maximum(largest, np.abs(values).max(axis=0))
    length = np.sqrt(np.diag(products))
    # what rounding leaves of a constant is no change
    length = np.where(length > 1e-7 * largest * np.sqrt(count), length, np.nan)
    found: Array = np.clip(products / np.outer(length, length), -1.0, 1.0)
    return found
