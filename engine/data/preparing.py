"""From a data set to what the network receives: split by seed, scaled by the training part only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.loading import load
from engine.data.own.refusal import Report, silent
from engine.layers.data import Data
from engine.runtime.initializers import generator
from engine.runtime.memory import Array
from engine.spec.shapes import REAL, TOKEN, Shape

Rows = dict[str, Array]  # row numbers by part
PARTS = ("training", "validation", "test")


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
    """One data box's samples, split."""

    parts: dict[str, Part]
    shape: Shape
    classes: int

    def inputs(self, part: str, rows: Array) -> Array:
        """Some samples in the shape in which the network receives them."""
        return self.parts[part].x[rows].reshape(len(rows), *self.shape.sizes)


def prepare(
    choice: Data, dtype: str = "float32", rows: Rows | None = None, report: Report = silent
) -> Prepared:
    """Load, split, scale and encode the samples of a data box; `rows` are a split of one's own."""
    samples = load(choice, report)
    x, target = samples.x, samples.target
    card = choice.card
    if rows is None:
        rows = split(target, _classes(choice), choice.validation, choice.test, choice.seed)
    flat = x.reshape(len(x), -1)
    scaling = card.scaling if choice.scaling == "auto" else choice.scaling
    if scaling == "standardise" and card.shape.kind == REAL:
        training = flat[rows["training"]]
        spread = training.std(axis=0)
        flat = (flat - training.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    flat = flat.astype("int64" if card.shape.kind == TOKEN else dtype)
    del x  # which may be twice as long in memory as what is cut into parts
    encoded = _encoded(target, card.classes, choice.target, dtype)
    parts = {
        name: Part(np.ascontiguousarray(flat[chosen]), np.ascontiguousarray(encoded[chosen]))
        for name, chosen in rows.items()
    }
    return Prepared(parts, card.shape, card.classes)


def split_of(choice: Data) -> tuple[Rows, Array | None]:
    """The row numbers of a data box's parts, and the class of every row, if it has one."""
    target = load(choice).target
    classes = _classes(choice)
    rows = split(target, classes, choice.validation, choice.test, choice.seed)
    return rows, target.reshape(len(target)) if classes else None


def _classes(choice: Data) -> int:
    """How many classes there are to divide evenly; a sequence of classes belongs to none."""
    return 0 if choice.card.per_step else choice.card.classes


def split(
    target: Array, classes: int, validation: float, test: float, seed: int
) -> dict[str, Array]:
    """Row numbers of the three parts, each class divided in the same proportions.

    Classes are shuffled by the seed and cut; every part but "test" has at least one sample.
    """
    rng = generator(seed, "split")
    groups = [np.flatnonzero(target == c) for c in range(classes)] if classes else None
    if groups is None:
        groups = [np.arange(len(target))]
    found: dict[str, list[Array]] = {name: [] for name in PARTS}
    for group in groups:
        order = rng.permutation(group)
        # one sample at least is left for training, whatever the shares are
        held = max(0, min(max(1, round(len(group) * validation)), len(group) - 1))
        tested = max(0, min(round(len(group) * test), len(group) - held - 1))
        found["validation"].append(order[:held])
        found["test"].append(order[held : held + tested])
        found["training"].append(order[held + tested :])
    return {name: np.sort(np.concatenate(rows)) for name, rows in found.items()}


def _encoded(target: Array, classes: int, form: str, dtype: str) -> Array:
    if not classes:
        return target.reshape(len(target), -1).astype(dtype)
    if form == "one_hot":
        return np.eye(classes, dtype=dtype)[target].reshape(len(target), -1)
    return target.reshape(len(target), -1).astype(np.int64)
