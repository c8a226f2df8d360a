"""A table as numbers for a network: gaps are filled, categories become columns of 0 and 1.

A category with exactly two possibilities is one column (0: the first, 1: the second), one with
more is one column for each. What a gap is filled with is found in the training rows alone:
whatever is learnt from the others would make the test look better than it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.data.samples import Array, TableColumn


def width_of(column: TableColumn) -> int:
    """How many numbers one cell of the column becomes."""
    return column.categories if column.categories > 2 else 1


def fillings(x: Array, columns: Sequence[TableColumn], training_rows: Array) -> Array:
    """What a gap of each column is filled with: (columns,) float64.

    Categories know no mean: their gaps become the most frequent one, or with "constant" the same
    number in all of their columns. Of equally frequent values the smallest is taken, and 0 where
    the training rows hold gaps only.
    """
    return np.array(
        [_filling(x[training_rows, i], column) for i, column in enumerate(columns)], dtype=float
    )


def _filling(cells: Array, column: TableColumn) -> float:
    if column.gaps == "constant":
        return column.constant
    there = cells[~np.isnan(cells)].astype(float)
    if not len(there):
        return 0.0
    if column.gaps == "most_frequent" or column.categories:
        values, counts = np.unique(there, return_counts=True)
        return float(values[np.argmax(counts)])
    return float(np.median(there) if column.gaps == "median" else there.mean())


def spread(x: Array, columns: Sequence[TableColumn], filling: Array) -> Array:
    """Cells as numbers, gaps filled with what `fillings` found: (N, sum of `width_of`) float64."""
    result = np.zeros((len(x), sum(map(width_of, columns))))
    start = 0
    for i, column in enumerate(columns):
        cells, width = x[:, i], width_of(column)
        empty = np.isnan(cells)
        if width == 1:
            result[:, start] = np.where(empty, filling[i], cells)
        elif column.gaps == "constant":
            _mark(result[:, start : start + width], cells, np.flatnonzero(~empty))
            result[empty, start : start + width] = column.constant
        else:
            cells = np.where(empty, filling[i], cells)
            _mark(result[:, start : start + width], cells, np.arange(len(x)))
        start += width
    return result


def _mark(places: Array, cells: Array, rows: Array) -> None:
    """Write a 1 in each row, in the column of its category."""
    places[rows, cells[rows].astype(np.int64)] = 1.0
