"""NumPy's arrays of one's own: .npz, .npy, or a folder of .npy files.

What samples are, their axes tell: (N, F) rows of features, (N, T, F) sequences, (N, H, W) or
(N, H, W, C) pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.data.own.archives import is_archive, opened
from engine.data.own.array_names import Pair, pairs
from engine.data.own.array_targets import Targets, targets_of
from engine.data.own.forms import Look, Take
from engine.data.own.npy import ENDING, Stored, stored_in
from engine.data.own.refusal import Refusal, Report
from engine.data.samples import Array, Samples, TableColumn
from engine.data_protocol import ArrayGlimpse, Complaint
from engine.spec.options import Options, checked
from engine.spec.recipes import Arrays
from engine.spec.sources import Facts

MOST_BYTES = 4_000_000_000  # of all samples together, as they are kept
MOST_FEATURES = 100_000  # of a row with gaps
SHOWN = 8
COLOURS = (1, 3, 4)  # channels of pictures
LEAST_SIDE = 8  # of a picture of real numbers without channels, which could be a sequence as well
AXES = {
    "rows": ("features",),
    "sequences": ("time", "features"),
    "pictures": ("height", "width", "channels"),
}


@dataclass(frozen=True, slots=True)
class Read:
    """Arrays as they were chosen, before anything is left out."""

    x: Array
    targets: Targets
    test: int
    kind: str  # a key of AXES
    recipe: Options
    complaints: tuple[Complaint, ...]


def recognises(path: Path) -> bool:
    """Whether this is a .npz or .npy by its name, or a folder or .zip of .npy files."""
    if path.is_dir() or is_archive(path):
        with opened(path) as files:
            fitting = sum(name.casefold().endswith(ENDING) for name in files.sizes)
            return 2 * fitting > len(files.sizes)
    return path.suffix.casefold() in (ENDING, ".npz")


def look(path: Path, recipe: Options) -> Look:
    """The arrays of a file with their shapes, and the first samples with their targets."""
    with stored_in(path) as arrays, np.errstate(all="ignore"):  # what is no number is found later
        read = _read(arrays, recipe, SHOWN)
        told = tuple((name, a.shape, str(a.dtype)) for name, a in arrays.items())
    first = read.x[:SHOWN].astype(np.uint8 if read.x.dtype == np.uint8 else np.float64)
    glimpse = ArrayGlimpse(read.recipe, told, first, read.targets.shown(len(first)))
    return Look(glimpse, read.complaints)


def take(path: Path, recipe: Options, report: Report) -> Take:
    """All samples, those for the test at the end; what has no number in it is left out or filled.

    Refusals say what is missing or does not fit together.
    """
    with stored_in(path) as arrays, np.errstate(all="ignore"):  # what is no number is found later
        report(0, 2)
        read = _read(arrays, recipe)
        report(1, 2)
        x, targets, test, complaint = _without_gaps(read)
    complaints = read.complaints if complaint is None else (*read.complaints, complaint)
    columns = _columns(x, read.kind)
    samples = Samples(x, targets, columns, test=test)
    classes = len(read.targets.class_names)
    facts = Facts(
        x.shape[1:],
        AXES[read.kind],
        len(x),
        classes=classes,
        outputs=1 if classes else targets.shape[1],
        test_samples=test,
        scaling=_scaling(x, read.kind),
        class_names=read.targets.class_names,
    )
    report(2, 2)
    return Take(samples, facts, read.recipe, complaints)


def _read(arrays: Mapping[str, Stored], recipe: Options, first: int | None = None) -> Read:
    chosen = checked(Arrays, recipe)
    if len(arrays) == 1 and not chosen.target:
        return _last_column(next(iter(arrays.items())), chosen, first)
    training, test = pairs(arrays, chosen.x, chosen.target)
    every = [*training, *test]
    for pair in every:
        _check(arrays, pair, training[0])
    parts = [arrays[pair.x].read(first) for pair in every]
    x = np.concatenate(parts) if len(parts) > 1 else parts[0]
    given = np.concatenate([arrays[pair.target].read() for pair in every])
    count = sum(arrays[pair.x].shape[0] for pair in test)
    targets = targets_of(given, chosen.task)
    turned, kind, complaints = _as_samples(x)
    pair = training[0]
    told = Options({"x": pair.x, "target": pair.target, "task": targets.task})
    return Read(turned, targets, count if count < len(given) else 0, kind, told, complaints)


def _last_column(named: tuple[str, Stored], chosen: Arrays, first: int | None) -> Read:
    """A single table of numbers: what is to be predicted stands in its last column."""
    name, stored = named
    if stored.is_readable and (len(stored.shape) != 2 or stored.shape[1] < 2):
        raise Refusal("no_target_array", names=name)
    _check_amount(stored, 1)
    every = stored.read()
    if every.dtype.kind not in "biuf":
        raise Refusal("array_of_texts", name=name)
    last = every[:, -1]
    # whole numbers in a table of real ones are labels all the same
    whole = every.dtype.kind == "f" and bool(np.all(np.isfinite(last) & (last == np.rint(last))))
    few = whole and len(np.unique(last)) <= min(50, len(last) // 2)
    task = "classes" if few and chosen.task == "auto" else chosen.task
    targets = targets_of(last, task)
    x, kind, complaints = _as_samples(every[:first, :-1])
    complaints = (*complaints, Complaint("last_column", {"name": name, "column": every.shape[1]}))
    told = Options({"x": name, "target": "", "task": targets.task})
    return Read(x, targets, 0, kind, told, complaints)


def _check(arrays: Mapping[str, Stored], pair: Pair, usual: Pair) -> None:
    """Refuse arrays that do not fit together."""
    x, target = arrays[pair.x], arrays[pair.target]
    lengths = x.shape[:1], target.shape[:1]
    if lengths[0] != lengths[1] or not lengths[0]:
        first, second = ((each[0] if each else 1) for each in lengths)
        raise Refusal("lengths_differ", x=pair.x, samples=first, target=pair.target, targets=second)
    if x.is_readable and x.dtype.kind not in "biuf":
        raise Refusal("array_of_texts", name=pair.x)
    for one, other in ((x, arrays[usual.x]), (target, arrays[usual.target])):
        if one.shape[1:] != other.shape[1:]:
            sizes = ["×".join(map(str, each.shape[1:])) or "1" for each in (one, other)]
            raise Refusal("sizes_differ", name=one.file, one=sizes[1], other=sizes[0])
    _check_amount(x, lengths[0][0])


def _check_amount(stored: Stored, needed: int) -> None:
    stored.check()
    if stored.size == 0 or needed == 0:
        raise Refusal("no_samples", name=stored.file)
    if stored.size > MOST_BYTES:
        raise Refusal("too_much", size=stored.size / 1e9, most=MOST_BYTES / 1e9)


def _as_samples(x: Array) -> tuple[Array, str, tuple[Complaint, ...]]:
    """Samples with the axes that the network knows, and what they are: a key of AXES."""
    if x.ndim == 1:
        return _real(x[:, None]), "rows", ()
    if x.ndim == 2:
        return _real(x), "rows", ()
    if x.ndim == 3:
        height, width = x.shape[1:]
        square = height == width >= LEAST_SIDE
        if x.dtype == np.uint8 or square:
            return _picture(x[..., None]), "pictures", ()
        return _real(x), "sequences", ()
    if x.ndim != 4:
        raise Refusal("too_many_axes", shape="×".join(map(str, x.shape)))
    if x.shape[1] in COLOURS and x.shape[3] not in COLOURS:
        complaint = Complaint("channels_first", {"channels": x.shape[1]})
        return _picture(x.transpose(0, 2, 3, 1)), "pictures", (complaint,)
    return _picture(x), "pictures", ()


def _picture(x: Array) -> Array:
    return np.ascontiguousarray(x) if x.dtype == np.uint8 else _real(x)


def _real(x: Array) -> Array:
    """Real numbers in the precision that holds them."""
    small = x.dtype.kind == "b" or x.dtype.itemsize <= 2 or x.dtype == np.float32
    return np.ascontiguousarray(x, np.float32 if small else np.float64)


def _without_gaps(read: Read) -> tuple[Array, Array, int, Complaint | None]:
    """Samples, targets, and how many are for the test, where all of them are numbers.

    In rows of features what is no number becomes a gap, to be filled from the training part; other
    samples with such are left out, and those whose target is none.
    """
    x, targets = read.x, read.targets.values
    wrong = np.zeros(len(x), bool)
    if targets.dtype.kind == "f":
        wrong |= ~np.isfinite(targets).all(axis=1)
    count = 0
    if x.dtype.kind == "f":
        bad = ~np.isfinite(x)
        count = int(bad.sum())
        if count and read.kind == "rows" and x.shape[1] <= MOST_FEATURES:
            x = np.where(bad, np.nan, x)
        elif count:
            wrong |= bad.reshape(len(x), -1).any(axis=1)
    if not count and not wrong.any():
        return x, targets, read.test, None
    if wrong.all():
        raise Refusal("no_numbers", count=len(x))
    test = int((~wrong[len(x) - read.test :]).sum()) if read.test else 0
    left = int((~wrong).sum())
    numbers: dict[str, object] = {"count": count, "left_out": int(wrong.sum())}
    complaint = Complaint("not_numbers", numbers)
    return x[~wrong], targets[~wrong], test if test < left else 0, complaint


def _columns(x: Array, kind: str) -> tuple[TableColumn, ...]:
    if kind == "rows" and x.dtype.kind == "f" and np.isnan(x).any():
        return (TableColumn(),) * x.shape[1]
    return ()


def _scaling(x: Array, kind: str) -> str:
    """What is usual: pictures stay within 0 and 1, what was measured is standardised."""
    if kind == "pictures" and (x.dtype == np.uint8 or float(x.max()) <= 1.0):
        return "none"
    return "standardise"
