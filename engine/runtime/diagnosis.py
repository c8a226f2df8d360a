"""What was not a number first: a broken batch walked through again, one step after the other.

The steps are those of the plan, on cleared arrays, with the same samples and the same chance; after
each of them what it touched is looked at. That is slow, and happens once, after a run has ended.
"""

from __future__ import annotations

import numpy as np

from engine.protocol import Cause
from engine.runtime.build import GRADIENT, KEPT, MEET, REAL, SAMPLE, SHARED, WORKER, Ref, Step
from engine.runtime.memory import Array, Share, shares_of
from engine.runtime.model import Model
from engine.spec.shapes import TOKEN


def find_cause(model: Model, mode: str, rows: Array) -> Cause:
    """Walk a batch of the attached arrays again; the weights must be those it was computed with."""
    cause = _in_samples(model, rows) or _in_weights(model)
    if cause is not None:
        return cause
    memory = model.memory
    kept = {name: state.copy() for name, state in memory.kept.items()}
    memory.clear()
    model.set_batch(mode, rows)
    try:
        with np.errstate(all="ignore"):
            cause = _walk(model, mode, rows)
    finally:
        for name, state in kept.items():
            memory.kept[name][:] = state
    return cause or _largest_gradient(model, mode)


def _in_samples(model: Model, rows: Array) -> Cause | None:
    """A sample or target that is no number, or too large to be squared."""
    for (node, port), shape in model.plan.sources.items():
        values = model.sources[f"{node}.{port}"]
        if shape.kind == TOKEN:
            continue
        chosen = values[rows]
        wrong = _beyond(chosen, np.sqrt(np.finfo(values.dtype).max))
        if wrong.any():
            row = int(np.argmax(wrong.any(axis=1)))
            what = "samples" if port == "x" else "target"
            return Cause(what, node, port, int(rows[row]), _has_nan(chosen[row]))
    return None


def _in_weights(model: Model) -> Cause | None:
    for name, value in model.parameters.items():
        if not np.isfinite(value).all():
            node, _, weight = name.rpartition("/")
            return Cause("weights", node, weight, None, _has_nan(value))
    return None


def _walk(model: Model, mode: str, rows: Array) -> Cause | None:
    """Make the calls of each step, for all workers, and look at what they left."""
    shares = shares_of(len(rows), model.threads)
    backward = set(map(id, model.plan.backward))
    for step in model.plan.steps(mode):
        if step.kernel == MEET:
            continue
        kernel = model.kernels[step.kernel]
        bound = [model.memory.bind(step, kernel, share, model.sources) for share in shares]
        for call, arguments in bound:
            call(*arguments)
        for share, (_, arguments) in zip(shares, bound, strict=True):
            found = _in_step(step, share, arguments)
            if found is not None:
                place, has_nan = found
                row = None if place is None else int(rows[place])
                what = "gradient" if id(step) in backward else "result"
                return Cause(what, step.node, step.kernel, row, has_nan)
    return None


def _in_step(
    step: Step, share: Share, arguments: tuple[object, ...]
) -> tuple[int | None, bool] | None:
    """Where in the batch (None: not in one sample) a step left what is no number, and if NaN."""
    for argument, values in zip(step.arguments, arguments, strict=True):
        if not isinstance(argument, Ref) or argument.buffer.number != REAL:
            continue
        assert isinstance(values, np.ndarray)
        space = argument.buffer.space
        wrong = ~np.isfinite(values)
        if space in (SAMPLE, KEPT) and wrong.any():
            samples = wrong.reshape(share.last - share.first, -1)
            return share.first + int(np.argmax(samples.any(axis=1))), _has_nan(values)
        if space == GRADIENT and wrong.any():
            return None, _has_nan(values)
        # room to work in may hold infinities on purpose
        if space in (WORKER, SHARED) and _has_nan(values):
            return None, True
    return None


def _largest_gradient(model: Model, mode: str) -> Cause:
    """Nothing is infinite yet, but the sum of squares would be."""
    if mode != "training":
        return Cause("result", model.plan.outcomes[0].node, "", None, False)
    sizes = {
        place.name: float(np.abs(model.memory.gradient(place.name, w)).max(initial=0))
        for place in model.plan.parameters
        if place.weight.trainable
        for w in range(model.threads)
    }
    node, _, weight = max(sizes, key=lambda name: sizes[name], default="/").rpartition("/")
    return Cause("gradient", node, weight, None, False)


def _beyond(values: Array, limit: float) -> Array:
    wrong: Array = ~(np.abs(values) <= limit)  # NaN is within no limit
    return wrong


def _has_nan(values: Array) -> bool:
    return bool(np.isnan(values).any())
