"""The arrays that samples and targets come from, and what must hold of them before anything runs.

Kernels check nothing: a class number that does not exist would read somewhere in memory, and a
target that a loss has no meaning for would make it NaN long after the mistake.
"""

from __future__ import annotations

import numpy as np

from engine.runtime.memory import Array, Memory, Sources
from engine.runtime.outcome import Outcome
from engine.runtime.plan import Plan
from engine.spec.shapes import TOKEN, Shape


class WrongNumbers(ValueError):
    """A number that an array must not hold: where, which, and what is expected there."""

    def __init__(self, name: str, given: float, low: float, high: float) -> None:
        self.name, self.given, self.low, self.high = name, f"{given:g}", low, high
        super().__init__(f"{name}: {given:g} given, {self.expected} expected")

    @property
    def expected(self) -> str:
        """What is expected, without words: 0 … 9, or ≥ 0."""
        if np.isinf(self.low):
            return "-∞ … ∞" if np.isinf(self.high) else f"≤ {self.high:g}"
        return f"≥ {self.low:g}" if np.isinf(self.high) else f"{self.low:g} … {self.high:g}"


def as_sources(plan: Plan, dtype: np.dtype, x: tuple[Array, ...], y: tuple[Array, ...]) -> Sources:
    """Arrays at hand as the rows of numbers that data boxes hand out, checked."""
    given = {"x": x, "target": y}
    boxes = [node for node, port in plan.sources if port == "x"]
    sources: dict[str, Array] = {}
    counts: dict[str, int] = {}
    for (node, port), shape in plan.sources.items():
        name, arrays = f"{node}.{port}", given[port]
        number = np.dtype(np.int64) if shape.kind == TOKEN else dtype
        if not arrays:
            sources[name] = np.zeros((1, shape.count), number)
            continue
        if len(arrays) not in (1, len(boxes)):
            raise ValueError(f"{len(arrays)} arrays of samples given for {len(boxes)} box(es)")
        array = np.asarray(arrays[boxes.index(node) if len(arrays) > 1 else 0])
        sources[name] = _as_rows(name, array, shape, number)
        counts[name] = len(array)
    if len(set(counts.values())) > 1:
        raise ValueError(", ".join(f"{n} samples for {name}" for name, n in counts.items()))
    if y:
        check_targets(plan, sources)
    return sources


def _as_rows(name: str, array: Array, shape: Shape, dtype: np.dtype) -> Array:
    if array.size != len(array) * shape.count:
        raise ValueError(
            f"{name}: samples of shape {array.shape[1:]} given, {shape.sizes} expected"
        )
    rows = array.reshape(len(array), shape.count)
    if shape.kind == TOKEN:
        _check_tokens(name, rows, shape)
    return np.ascontiguousarray(rows, dtype)


def check(plan: Plan, sources: Sources) -> None:
    """What data boxes hand out: class numbers that exist, and targets that suit their losses."""
    for (node, port), shape in plan.sources.items():
        name = f"{node}.{port}"
        if shape.kind == TOKEN and name in sources:
            _check_tokens(name, sources[name], shape)
    check_targets(plan, sources)


def _check_tokens(name: str, rows: Array, shape: Shape) -> None:
    """Whole numbers from 0 to the limit; asked this way round, NaN is none."""
    fits = (rows >= 0) & (rows < shape.limit) & (rows == np.floor(rows))
    if not fits.all():
        raise WrongNumbers(name, rows[~fits][0], 0, shape.limit - 1)


def check_targets(plan: Plan, sources: Sources) -> None:
    """Targets that a data box hands out must lie where the loss that reads them has a meaning."""
    for outcome in plan.outcomes:
        name, (low, high) = source_of(plan, outcome), outcome.bounds
        if name:
            rows = sources[name]
            fits = (rows >= low) & (rows <= high)
            if not fits.all():
                raise WrongNumbers(f"{outcome.node} ← {name}", rows[~fits][0], low, high)


def source_of(plan: Plan, outcome: Outcome) -> str:
    """The array that a loss's target comes from unchanged, as "node.port"; empty if from none."""
    for node, port in plan.sources:
        name = f"{node}.{port}"
        if plan.outputs[name].buffer is outcome.target.buffer:
            return name
    return ""


def balance_classes(plan: Plan, memory: Memory, sources: Sources) -> None:
    """Let rare classes weigh more: N / (C·N[c]), so that all classes together weigh the same.

    A class that does not occur weighs 1. (King & Zeng 2001; scikit-learn's "balanced".)
    """
    for outcome in plan.outcomes:
        name = source_of(plan, outcome)
        if outcome.class_weights is None or not name:
            continue
        weights, rows = memory.shared(outcome.class_weights), sources[name]
        width = outcome.target.shape[-1]
        labels = rows if width == 1 else rows.reshape(-1, width).argmax(axis=1)
        counts = np.bincount(labels.astype(np.int64).ravel(), minlength=len(weights))
        weights[:] = np.where(counts, counts.sum() / (len(weights) * np.maximum(counts, 1)), 1.0)


def in_stretches(count: int, places: int) -> Array:
    """The order in which each place of a batch reads a stretch of the samples, and no other.

    count : number of samples
    places : samples in a batch

    So the k-th sample of each batch follows in the data set on the k-th sample of the batch before,
    which is what layers that keep their state need. Where the last batch is smaller, the places
    that are not in it have a stretch that is shorter by one.
    """
    batches = -(-count // places)
    longer = count - (batches - 1) * places
    place = np.arange(min(places, count))
    starts = place * batches - np.maximum(place - longer, 0)
    order: Array = (starts + np.arange(batches)[:, None]).ravel()[:count]
    return order
