"""Which samples are for training, for validation and for the test.

A sample is named by a row number; one that is cut out of a series or a text by the row with which
its window begins. All chance comes from the box's seed.
"""

from __future__ import annotations

import numpy as np

from engine.data.own.refusal import Refusal
from engine.data.samples import Array, Samples
from engine.layers.data import Data
from engine.runtime.initializers import generator
from engine.spec.division import PARTS, Sizes, divide, divide_classes

Rows = dict[str, Array]  # sorted row numbers, by part


def split(box: Data, samples: Samples) -> Rows:
    """The row numbers of the three parts, as a data box divides its samples.

    Refusal "one_group" where nothing could be divided without dividing a group.
    """
    span, step = box.reach
    if span and box.division == "time":
        return _stretches(samples.count, span, step, box)
    if span:
        count = max(0, (samples.count - span) // step + 1)
        return {k: v * step for k, v in _shuffled(count, box).items()}
    kept = samples.count - samples.test
    test = 0.0 if samples.test else box.test
    match box.division:
        case "stratified":
            labels = np.reshape(samples.target[:kept], -1)
            rows = stratified(labels, box.card.classes, box.validation, test, box.seed)
        case "group" if samples.groups is not None:
            rows = grouped(samples.groups[:kept], box.validation, test, box.seed)
        case "time":
            rows = _cut(np.arange(kept), divide(kept, box.validation, test))
        case _:
            rows = shuffled(kept, box.validation, test, box.seed)
    if samples.test:
        rows["test"] = np.arange(kept, samples.count)
    return rows


def labels_of(box: Data, samples: Samples) -> Array | None:
    """The class of the sample of each row, (N,); None where samples do not have one class each.

    A window of a series belongs to the class that it foretells.
    """
    if not box.has_classes:
        return None
    labels = np.reshape(samples.target, -1)
    if box.card.rows:
        ends = np.arange(len(labels)) + (box.length + box.horizon - 1)
        labels = labels[np.minimum(ends, len(labels) - 1)]
    return labels


def shuffled(count: int, validation: float, test: float, seed: int) -> Rows:
    """Parts drawn by lot."""
    order = generator(seed, "split").permutation(np.arange(count))
    return _dealt([order], [divide(count, validation, test)])


def stratified(labels: Array, classes: int, validation: float, test: float, seed: int) -> Rows:
    """Parts drawn by lot, each class divided in the same proportions."""
    rng = generator(seed, "split")
    members = [np.flatnonzero(labels == c) for c in range(classes)]
    sizes = divide_classes([len(rows) for rows in members], validation, test)
    return _dealt([rng.permutation(rows) for rows in members], sizes)


def grouped(groups: Array, validation: float, test: float, seed: int) -> Rows:
    """Whole groups drawn by lot, until validation and test have their shares, or come nearest to.

    Refusal "one_group" if there are fewer than two groups.
    """
    names, which, counts = np.unique(groups, return_inverse=True, return_counts=True)
    if len(names) < 2:
        raise Refusal("one_group")
    order = generator(seed, "split").permutation(len(names))
    parts = np.zeros(len(names), np.int64)  # by group: its part, as in PARTS
    open_ = list(order)
    wanted = (1, validation), (2, test if len(names) > 2 else 0.0)
    for number, share in wanted:
        filled = 0
        # a group is left for training, and one for the test if it is still to come
        while share and len(open_) > (2 if number == 1 and wanted[1][1] else 1):
            with_next = filled + counts[open_[0]]
            if filled and with_next - share * len(groups) > share * len(groups) - filled:
                break
            parts[open_.pop(0)], filled = number, with_next
    return {part: np.flatnonzero(parts[which] == number) for number, part in enumerate(PARTS)}


def _shuffled(count: int, box: Data) -> Rows:
    return shuffled(count, box.validation, box.test, box.seed)


def _stretches(count: int, span: int, step: int, box: Data) -> Rows:
    """Windows that lie with their targets inside the time of one part: the earliest for training.

    No window then shows what another part is asked for.
    """
    found, begin = {}, 0
    for part, size in zip(PARTS, divide(count, box.validation, box.test, span), strict=True):
        found[part] = np.arange(begin, begin + size - span + 1, step)
        begin += size
    return found


def _cut(rows: Array, sizes: Sizes) -> Rows:
    """Rows in the order of the parts."""
    pieces = np.split(rows, np.cumsum(sizes)[:2])
    return dict(zip(PARTS, pieces, strict=True))


def _dealt(members: list[Array], sizes: list[Sizes]) -> Rows:
    """Deal out each class: its first rows for validation, then test, then training."""
    found: dict[str, list[Array]] = {part: [] for part in PARTS}
    for rows, (_, held, tested) in zip(members, sizes, strict=True):
        found["validation"].append(rows[:held])
        found["test"].append(rows[held : held + tested])
        found["training"].append(rows[held + tested :])
    return {part: np.sort(np.concatenate(rows)) for part, rows in found.items()}
