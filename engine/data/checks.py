"""Faults of data, named before training: what would spoil it, or make its scores too good.

Each check looks at what a data box hands out, compares with thresholds that are written at the top,
and returns findings with what would help. Rows are sampled where there are many: a million rows of
twenty columns take about a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.data.column_checks import column_findings
from engine.data.encoding import width_of
from engine.data.loading import load
from engine.data.own.refusal import Report, silent
from engine.data.preparing import Part, Prepared, prepare_samples
from engine.data.samples import Array, Samples
from engine.data.splitting import labels_of
from engine.data_protocol import Complaint, Finding, Remedy
from engine.layers.data import Data
from engine.spec.division import PARTS
from engine.spec.shapes import REAL

UNEQUAL = 5.0  # the largest class by the smallest
FEW = 10  # samples of a class, fewer teach little about it
SPREADS = 50.0  # the widest range of an input by the narrowest, where nothing is scaled
WIDE = 200.0  # the range of inputs, and half that of targets, that makes steps too large
SHARED = 0.05  # of a part's samples that are also in training
REPEATED = 0.5  # where fewer samples of training are different, all data repeat
COMPARED = 64  # numbers of a sample that are compared first
MANY = 5  # names in a sentence


@dataclass(frozen=True, slots=True)
class Case:
    """A data box with what it hands out, and whether its loss lets rare classes weigh more."""

    box: Data
    samples: Samples
    prepared: Prepared
    is_weighted: bool = False


def check(box: Data, is_weighted: bool = False, report: Report = silent) -> tuple[Finding, ...]:
    """All findings about a data box; Refusal if its files cannot be read."""
    samples = load(box, report)
    prepared = prepare_samples(box, samples, report=report)
    return check_prepared(Case(box, samples, prepared, is_weighted))


def check_prepared(case: Case) -> tuple[Finding, ...]:
    """The same for data that are prepared already."""
    found = [*_not_numbers(case), *column_findings(case.box, case.samples, case.prepared.rows)]
    found += [*_classes(case), *_scales(case), *_targets(case), *_shared(case)]
    return tuple(found)


def named(names: Sequence[str]) -> str:
    """Some names in a sentence, the first few of many."""
    return ", ".join(names[:MANY]) + (", …" if len(names) > MANY else "")


def _not_numbers(case: Case) -> Iterator[Finding]:
    """Inputs or targets that are NaN or infinite: no weight survives them."""
    for part in PARTS:
        data = case.prepared.parts[part]
        for name, array in (("x", data.x), ("target", data.target)):
            if array.dtype.kind != "f":
                continue
            bad = int(np.count_nonzero(~np.isfinite(array.sum(axis=1, dtype=np.float64))))
            if bad:
                yield Finding(Complaint(f"not_numbers_{name}", {"part": part, "count": bad}))


def class_name(box: Data, number: int) -> str:
    """What a class of the person's own is called; of other data its number."""
    names = box.own.facts.class_names if box.is_own else ()
    return names[number] if number < len(names) else str(number)


def _classes(case: Case) -> Iterator[Finding]:
    """Classes that are missing in a part, rare, or much rarer than others."""
    box, labels = case.box, labels_of(case.box, case.samples)
    if labels is None:
        return
    classes, rows = box.card.classes, case.prepared.rows
    by_part = {part: _counts(labels, rows[part], classes) for part in PARTS}
    total = np.sum([by_part[part] for part in PARTS], axis=0)
    for part in PARTS:
        # of a class with two samples one is missing somewhere, which is said of its size below
        absent = np.flatnonzero((by_part[part] == 0) & ((total > 2) | (total == 0)))
        if len(absent) and len(rows[part]):
            names = named([class_name(box, c) for c in absent.tolist()])
            numbers: dict[str, object] = {"part": part, "classes": names, "count": len(absent)}
            helps = box.division != "stratified" and box.applies("split") and total[absent].all()
            fixed = part == "test" and box.test_samples > 0
            remedy = Remedy("stratify", {"split": "stratified"})
            yield Finding(
                Complaint("class_missing", numbers), (remedy,) if helps and not fixed else ()
            )
    few = np.flatnonzero((total > 0) & (total < FEW))
    if len(few):
        names = named([f"{class_name(box, c)} ({total[c]})" for c in few.tolist()])
        yield Finding(Complaint("few_per_class", {"classes": names, "wanted": FEW}))
    there = np.bincount(labels[rows["training"]])
    there = there[there > 0]
    if len(there) > 1 and there.max() >= UNEQUAL * there.min() and not case.is_weighted:
        most = int(total.argmax())
        least = int(np.where(total > 0, total, total[most] + 1).argmin())
        numbers = {
            "most": class_name(box, most),
            "least": class_name(box, least),
            "times": round(float(there.max() / there.min()), 1),
        }
        remedies = (
            Remedy("weigh", {"class_weights": "balanced"}, of="loss"),
            Remedy("oversample", {"balance": "oversample"}),
            Remedy("undersample", {"balance": "undersample"}),
        )
        yield Finding(Complaint("unequal_classes", numbers), remedies)


def _counts(labels: Array, rows: Array, classes: int) -> Array:
    """Samples of each class in a part, those that are repeated counted once."""
    return np.bincount(labels[rows[np.diff(rows, prepend=-1) > 0]], minlength=classes)


def _scales(case: Case) -> Iterator[Finding]:
    """Inputs of very different size, or large ones, that nobody scales."""
    box, shape = case.box, case.box.card.shape
    if box.scaling_way != "none" or shape.kind != REAL or len(shape.sizes) > 2:
        return
    x = some(case.prepared.parts["training"].x).reshape(-1, shape.sizes[-1])
    spread = x.max(axis=0) - x.min(axis=0)
    if case.samples.columns:
        widths = [width_of(c) for c in case.samples.columns]
        spread = spread[np.repeat([c.categories == 0 for c in case.samples.columns], widths)]
    spread = spread[np.isfinite(spread) & (spread > 0)]
    if len(spread) and (spread.max() >= SPREADS * spread.min() or spread.max() >= WIDE):
        numbers: dict[str, object] = {"most": _short(spread.max()), "least": _short(spread.min())}
        remedies = (
            Remedy("standardise", {"scaling": "standardise"}),
            Remedy("min_max", {"scaling": "min_max"}),
        )
        yield Finding(Complaint("unscaled", numbers), remedies)


def _targets(case: Case) -> Iterator[Finding]:
    """Values to predict that are so large that the loss is enormous and learning takes ages."""
    if case.box.card.classes:
        return
    target = some(case.prepared.parts["training"].target)
    size = float(np.abs(target[np.isfinite(target)]).max(initial=0.0))
    if size >= WIDE / 2:
        remedy = Remedy("scale_targets", {"target_scaling": "standardise"})
        yield Finding(Complaint("large_targets", {"most": _short(size)}), (remedy,))


def _short(number: float) -> str:
    return f"{number:.3g}" if abs(number) < 1000 else f"{number:,.0f}"


def _shared(case: Case) -> Iterator[Finding]:
    """Samples of validation and test that are also in training: they test memory.

    Drawn points may meet by chance, and windows of one text or series repeat what it repeats.
    """
    box = case.box
    if not box.card.samples or box.reach[0] or box.card.characters or not _is_found(box):
        return
    training = case.prepared.parts["training"]
    marks = np.sort(_marks(_beginnings(training)))
    if np.count_nonzero(np.diff(marks)) < REPEATED * len(marks):
        return  # of a few categories, say: samples repeat, whoever collects them
    for part in ("validation", "test"):
        data = case.prepared.parts[part]
        if not data.count:
            continue
        count = int(np.count_nonzero(_are_in(data, training)))
        if count >= 3 and count >= SHARED * data.count:
            numbers: dict[str, object] = {"part": part, "count": count, "total": data.count}
            yield Finding(Complaint("shared_samples", numbers))


def _is_found(box: Data) -> bool:
    """Whether the samples were collected, not drawn by a formula or by hand."""
    return box.is_own or (box.card.samples > 0 and box.card.category != "plane")


def _are_in(some: Part, others: Part) -> Array:
    """Which samples, number by number and with their targets, are among the others: (n,) bool."""
    first, second = _marks(_beginnings(some)), _marks(_beginnings(others))
    found = _among(first, np.sort(second))
    if some.x.shape[1] > COMPARED and found.any():
        likely = _among(second, np.sort(first[found]))
        found[found] = _among(_marks(some.x[found]), np.sort(_marks(others.x[likely])))
    return found


def _beginnings(part: Part) -> Array:
    """Some numbers of each sample, from everywhere, and its target: enough to tell most apart."""
    places = np.linspace(0, part.x.shape[1] - 1, COMPARED).round().astype(np.int64)
    return np.column_stack([part.x[:, np.unique(places)], part.target])


def _among(values: Array, ordered: Array) -> Array:
    """Which values are in a sorted array."""
    if not len(ordered):
        return np.zeros(len(values), bool)
    places = np.searchsorted(ordered, values)
    there: Array = ordered[np.minimum(places, len(ordered) - 1)] == values
    return there


def _marks(rows: Array) -> Array:
    """A number of 64 bits for each row: equal rows have equal ones, others hardly ever.

    A sum of the row's numbers, each times a factor drawn for its place (multilinear hashing).
    """
    bits = np.ascontiguousarray(rows + 0, rows.dtype)  # -0.0 + 0 is 0.0, with other bits
    words = bits.view(np.uint32).reshape(len(rows), -1)
    factors = np.random.default_rng(0).integers(1, 2**64, words.shape[1], np.uint64) | np.uint64(1)
    total = np.zeros(len(rows), np.uint64)
    for column, factor in zip(words.T, factors, strict=True):
        total += column * factor
    return total


def some(rows: Array, most: int = 100_000) -> Array:
    """At most so many rows, evenly spread."""
    if len(rows) <= most:
        return rows
    found: Array = rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]
    return found
