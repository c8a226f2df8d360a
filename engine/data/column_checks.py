"""Faults of columns: constant, mostly empty, there twice, or giving the answer away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from engine.data.samples import Array, Samples, TableColumn
from engine.data.splitting import Rows
from engine.data_protocol import Complaint, Finding, Remedy
from engine.layers.data import Data
from engine.spec.options import Options
from engine.spec.shapes import REAL

GAPS = 0.3  # of a column's cells
EQUAL = 0.99999  # the correlation of columns that say the same
TOLD = 0.999  # the correlation with the target, or the share of right answers, that is no luck
COMMON = 5  # samples of each category, on average, before its class means something
ROWS = 50_000  # are looked at
COLUMNS = 400  # are compared with each other
MANY = 5  # names in a sentence


def column_findings(box: Data, samples: Samples, rows: Rows) -> Iterator[Finding]:
    """Findings about the columns of a table or of a series, as they were before scaling.

    What is constant or gives the answer away is found in the training part: there it does harm.
    """
    is_flat = samples.x.ndim == 2 and box.card.shape.kind == REAL
    if not is_flat or not (box.card.rows or len(box.card.shape.sizes) == 1):
        return
    names = names_of(box, samples)
    chosen = rows["training"]
    if len(chosen) > ROWS:
        chosen = chosen[np.linspace(0, len(chosen) - 1, ROWS).astype(np.int64)]
    x = np.asarray(samples.x[chosen], np.float64)
    constant = _constant(x)
    yield from _about(box, "constant_column", names, np.flatnonzero(constant))
    gaps = np.isnan(samples.x).mean(axis=0)
    yield from _about(box, "many_gaps", names, np.flatnonzero((gaps > GAPS) & ~constant))
    if box.is_own or box.card.category == "table":  # points in the plane are made to be simple
        yield from _twins(box, names, x, constant)
        if not box.card.rows:
            target = samples.target[chosen]
            told = [
                not constant[i] and _tells(x[:, i], target, box, _column(samples, i))
                for i in range(x.shape[1])
            ]
            yield from _about(box, "leak", names, np.flatnonzero(told))


def names_of(box: Data, samples: Samples) -> list[str]:
    """What the columns are called; by number where nobody named them."""
    count = samples.x.shape[1]
    if box.is_own:
        columns = box.own.recipe.get("columns", ())
        assert isinstance(columns, tuple)
        inputs = [
            str(c.get("name", ""))
            for c in columns
            if isinstance(c, Options) and c.get("role", "input") == "input"
        ]
        for names in (inputs, list(box.own.facts.feature_names)):
            if len(names) == count:
                return names
    return [str(number + 1) for number in range(count)]


def _column(samples: Samples, number: int) -> TableColumn:
    return samples.columns[number] if samples.columns else TableColumn()


def _about(box: Data, code: str, names: Sequence[str], which: Array) -> Iterator[Finding]:
    """One finding about some columns, and the offer to leave them out."""
    if not len(which):
        return
    chosen = tuple(names[i] for i in which)
    shown = ", ".join(chosen[:MANY]) + (", …" if len(chosen) > MANY else "")
    complaint = Complaint(code, {"columns": shown, "count": len(chosen)})
    yield Finding(complaint, _leaving_out(box, chosen, len(names)))


def _leaving_out(box: Data, columns: tuple[str, ...], count: int) -> tuple[Remedy, ...]:
    """The remedy of reading a table without some columns, if it is one and others are left."""
    is_table = box.is_own and box.own.form == "table" and bool(box.own.recipe.get("columns"))
    if not is_table or len(columns) >= count:
        return ()
    return (Remedy("ignore_columns", {"role": "ignored"}, of="recipe", columns=columns),)


def _constant(x: Array) -> Array:
    """Which columns have one value at most, gaps not counted."""
    low = np.where(np.isnan(x), np.inf, x).min(axis=0, initial=np.inf)
    high = np.where(np.isnan(x), -np.inf, x).max(axis=0, initial=-np.inf)
    found: Array = low >= high
    return found


def _twins(box: Data, names: Sequence[str], x: Array, constant: Array) -> Iterator[Finding]:
    """Columns that say the same as another one, up to unit and sign."""
    places = np.flatnonzero(~constant)[:COLUMNS]
    if len(places) < 2:
        return
    correlation = np.triu(np.abs(_correlations(x[:, places])), 1)
    first, second = np.nonzero(correlation > EQUAL)
    if len(second):
        both = zip(places[first], places[second], strict=True)
        pairs = [f"{names[a]} = {names[b]}" for a, b in both]
        shown = ", ".join(pairs[:MANY]) + (", …" if len(pairs) > MANY else "")
        extra = tuple(names[places[b]] for b in np.unique(second))
        complaint = Complaint("twin_columns", {"columns": shown, "count": len(extra)})
        yield Finding(complaint, _leaving_out(box, extra, len(names)))


def _correlations(x: Array) -> Array:
    """Correlations of columns, gaps taken for the mean: (F, F)."""
    good = np.isfinite(x)
    mean = np.where(good, x, 0).sum(axis=0) / np.maximum(good.sum(axis=0), 1)
    apart = np.where(good, x - mean, 0.0)
    length = np.sqrt(np.square(apart).sum(axis=0))
    apart /= np.where(length > 0, length, 1.0)
    found: Array = apart.T @ apart
    return found


def _tells(cells: Array, target: Array, box: Data, column: TableColumn) -> bool:
    """Whether one column alone gives the target away."""
    there = np.isfinite(cells)
    if np.count_nonzero(there) < 10:
        return False
    cells, target = cells[there], target[there].reshape(np.count_nonzero(there), -1)
    if not box.card.classes:
        both = np.column_stack([cells, target])
        return bool((np.abs(_correlations(both)[0, 1:]) > TOLD).any())
    return _tells_class(cells, target[:, 0], column.categories > 0)


def _tells_class(cells: Array, labels: Array, is_category: bool) -> bool:
    """Whether each value belongs to one class, and the classes, if values are numbers, to ranges.

    A category must be common enough; numbers that never repeat each belong to one class anyway,
    but then the classes' ranges lie within each other.
    """
    classes = len(np.unique(labels))
    values, which = np.unique(cells, return_inverse=True)
    if classes < 2 or (is_category and len(values) * COMMON > len(cells)):
        return False
    pairs, counts = np.unique(which * (labels.max() + 1) + labels, return_counts=True)
    of_pair = pairs // (labels.max() + 1)
    most = np.zeros(len(values), np.int64)
    np.maximum.at(most, of_pair, counts)
    if most.sum() < TOLD * len(cells):
        return False
    if is_category:
        return True
    order = np.lexsort((counts, of_pair))  # the most frequent class of each value comes last
    last = np.flatnonzero(np.diff(of_pair[order], append=-1))
    class_of_value = (pairs % (labels.max() + 1))[order][last]
    changes = np.count_nonzero(np.diff(class_of_value))
    return bool(changes <= classes - 1 + 2 * (1 - TOLD) * len(cells))
