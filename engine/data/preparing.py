"""From a data set to what the network receives: divided, filled, scaled, cut into windows.

What is learnt from the data on the way (what fills a gap, what inputs are scaled by) is learnt from
the training part only. Samples are turned into numbers some at a time, so that a file larger than
memory can be mapped, and pictures stay bytes until they are needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.data.encoding import fillings, spread, width_of
from engine.data.loading import load
from engine.data.own.refusal import Report, silent
from engine.data.resampling import balanced_rows
from engine.data.samples import Samples, TableColumn
from engine.data.scaling import Scaling, fit
from engine.data.splitting import Rows, labels_of, split
from engine.data.windows import ahead, covered, of_length, windows
from engine.layers.data import Data
from engine.runtime.memory import Array
from engine.spec.division import PARTS
from engine.spec.shapes import TOKEN, Shape

AT_ONCE = 1 << 18  # numbers that are turned into floats together
BYTES = np.arange(256) / 255.0  # what a byte of a picture means


@dataclass(frozen=True, slots=True)
class Part:
    """Samples as rows of numbers, ready to be gathered into batches.

    x : (N, numbers in a sample) in the run's format
    target : (N, numbers in a target), class numbers as int64
    """

    x: Array
    target: Array

    @property
    def count(self) -> int:
        """Number of samples."""
        return len(self.x)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One data box's samples, split.

    rows : by part, the numbers of its samples in the data set; of a series or a text, the rows
        with which its windows begin. Repeated in training where rare classes are.
    scaling : what the numbers of a sample were scaled by; None where they were not
    target_scaling : the same of the values to predict
    """

    parts: dict[str, Part]
    shape: Shape
    classes: int
    rows: Rows
    scaling: Scaling | None = None
    target_scaling: Scaling | None = None
    per_step: bool = False  # a target at each time step
    columns: tuple[TableColumn, ...] = ()  # of a table,
    filling: Array | None = None  # and what its gaps were filled with

    def inputs(self, part: str, rows: Array) -> Array:
        """Some samples in the shape in which the network receives them."""
        return self.parts[part].x[rows].reshape(len(rows), *self.shape.sizes)


def prepare(
    choice: Data, dtype: str = "float32", rows: Rows | None = None, report: Report = silent
) -> Prepared:
    """Load, divide, scale and encode the samples of a data box; `rows` are a split of one's own.

    Refusal if files cannot be read, or cannot be divided as the box says.
    """
    return prepare_samples(choice, load(choice, report), dtype, rows, report)


def prepare_samples(
    choice: Data,
    samples: Samples,
    dtype: str = "float32",
    rows: Rows | None = None,
    report: Report = silent,
) -> Prepared:
    """The same with samples at hand, which are those that the box describes."""
    rows = split(choice, samples) if rows is None else dict(rows)
    measured = rows["training"]  # each sample once, also where classes are balanced
    labels = labels_of(choice, samples)
    if labels is not None:
        rows["training"] = balanced_rows(measured, labels, choice.balance, choice.seed)
    preparation = _Preparation(choice, samples, dtype, report)
    preparation.measure(measured)
    parts = {name: preparation.part(rows[name]) for name in PARTS}
    card = choice.card
    return Prepared(
        parts,
        card.shape,
        card.classes,
        rows,
        preparation.whole_scaling,
        preparation.whole_target_scaling,
        card.per_step,
        samples.columns,
        preparation.filling,
    )


def prepare_more(choice: Data, prepared: Prepared, raw: Array) -> Array:
    """Samples that are in no part, (n, …) as read from files, as the network receives them: (n, F).

    What is learnt from data on the way was learnt from the training part of `prepared`.
    """
    samples = Samples(raw, np.zeros(len(raw), np.int64), prepared.columns)
    dtype = prepared.parts["training"].x.dtype.name
    preparation = _Preparation(choice, samples, dtype, silent)
    preparation.scaling, preparation.filling = prepared.scaling, prepared.filling
    return preparation.inputs(np.arange(len(raw)))


class _Preparation:
    """Turns samples into parts, some rows at a time."""

    def __init__(self, box: Data, samples: Samples, dtype: str, report: Report) -> None:
        self.box, self.samples, self.card = box, samples, box.card
        self.dtype, self.report = np.dtype(dtype), report
        self.scaling: Scaling | None = None
        self.target_scaling: Scaling | None = None
        self.filling: Array | None = None  # of a table's columns
        self.read = self._reader()

    def _reader(self) -> Callable[[Array], Array]:
        """How rows of the data set become numbers, before scaling: (n,) to (n, F)."""
        x = self.samples.x
        if self.samples.columns:
            return lambda rows: spread(x[rows], self.samples.columns, self._filled())
        if x.dtype == np.uint8:
            return lambda rows: BYTES[_flat(x[rows])]
        return lambda rows: _flat(x[rows])

    def _filled(self) -> Array:
        assert self.filling is not None  # measured before anything is read
        return self.filling

    # what is learnt from the training part

    def measure(self, rows: Array) -> None:
        """Find what gaps are filled with and what inputs are scaled by."""
        self._measure_targets(rows)
        if self.card.shape.kind == TOKEN:
            return
        span, _ = self.box.reach
        rows = covered(rows, span, self.samples.count) if span else rows
        if self.samples.columns:
            self.filling = fillings(self.samples.x, self.samples.columns, rows)
        way = self.box.scaling_way
        self.scaling = fit(way, lambda: self._pieces(rows))
        if self.scaling is not None and self.samples.columns:
            columns = self.samples.columns
            numbers = np.array([c.categories == 0 for c in columns])
            where = np.repeat(numbers, [width_of(c) for c in columns])
            self.scaling = self.scaling.only(where)

    def _measure_targets(self, rows: Array) -> None:
        card, targets = self.card, self.samples.target
        if card.rows:
            rows = rows + (self.box.length + self.box.horizon - 1)  # where the targets stand
        size = card.outputs
        self.target_scaling = fit(
            self.box.target_scaling_way, lambda: [targets[rows].reshape(-1, size)]
        )

    def _pieces(self, rows: Array) -> Iterator[Array]:
        """Training rows to be measured; of a sequence each time step is a row."""
        for chosen in self._some(rows):
            values = np.asarray(self.read(chosen), np.float64)
            yield values.reshape(-1, self._repeating())

    def _repeating(self) -> int:
        """How many numbers have a scale of their own: features of a step, or all of a sample."""
        shape = self.card.shape
        return shape.count // shape.time if shape.time else shape.count

    @property
    def whole_scaling(self) -> Scaling | None:
        """The scaling of all numbers of a sample."""
        if self.scaling is None:
            return None
        return self.scaling.repeated(self.card.shape.count // len(self.scaling.centre))

    @property
    def whole_target_scaling(self) -> Scaling | None:
        """The scaling of all numbers of a target."""
        if self.target_scaling is None:
            return None
        return self.target_scaling.repeated(self.card.target.count // self.card.outputs)

    def _some(self, rows: Array) -> Iterator[Array]:
        """Rows, as many at once as memory is not felt; told to whoever waits."""
        most = max(1, AT_ONCE // self.card.shape.count)
        for first in range(0, len(rows), most):
            self.report(first, len(rows))
            yield rows[first : first + most]

    # parts

    def part(self, rows: Array) -> Part:
        """Rows as the network receives them."""
        card, length = self.card, self.box.length
        target = self.samples.target
        if card.rows:
            x = windows(self._moments(), rows, length)
            return Part(x, self._encoded(ahead(target, rows, length, self.box.horizon)))
        if self.box.reach[0]:
            tokens = self.samples.x
            x = windows(tokens, rows, length).astype(np.int64, copy=False)
            return Part(x, self._encoded(windows(tokens, rows + 1, length)))
        return Part(self.inputs(rows), self._encoded(target[rows]))

    def _moments(self) -> Array:
        """All moments of a series, scaled: (N, F)."""
        count = self.samples.count
        found = np.empty((count, self._repeating()), self.dtype)
        scaling = self.scaling
        for rows in self._some(np.arange(count)):
            values = self.read(rows)
            found[rows] = values if scaling is None else scaling.apply(values)
        return found

    def inputs(self, rows: Array) -> Array:
        """Samples that are not cut out of anything, (n, F)."""
        card = self.card
        if card.shape.kind == TOKEN:
            tokens = _flat(self.samples.x[rows]).astype(np.int64, copy=False)
            return of_length(tokens, card.shape.count) if card.any_length else tokens
        found = np.empty((len(rows), card.shape.count), self.dtype)
        scaling, done = self.whole_scaling, 0
        for chosen in self._some(rows):
            values = self.read(chosen)
            found[done : done + len(chosen)] = values if scaling is None else scaling.apply(values)
            done += len(chosen)
        return found

    def _encoded(self, target: Array) -> Array:
        """Targets as rows: values, class numbers, or a 1 at the place of the class."""
        rows = target.reshape(len(target), self.card.target.count)
        if not self.card.classes:
            scaling = self.whole_target_scaling
            values = rows if scaling is None else scaling.apply(rows)
            return np.ascontiguousarray(values, self.dtype)
        if self.box.target == "one_hot":
            return _flat(np.eye(self.card.classes, dtype=self.dtype)[rows])
        return np.ascontiguousarray(rows, np.int64)


def _flat(x: Array) -> Array:
    """Samples as rows of numbers, also where there are none."""
    return x.reshape(len(x), math.prod(x.shape[1:]))
