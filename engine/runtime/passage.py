"""One sample's way through a network, box by box: for the small pictures in the boxes.

While there is a run, its model lets the sample through between two batches. Without one the plain
kernels do it, with the weights that training would begin with: nothing is compiled, so that the
pictures follow each edit of the drawing; and where the drawing has errors, the boxes before them
still show what they do.
"""

from __future__ import annotations

import time
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController

from engine.data.preparing import Prepared, prepare
from engine.kernels import load
from engine.layers.analysis import build_layer
from engine.layers.data import Data
from engine.protocol import Flow, Glanced, Passage
from engine.runtime.build import MEET
from engine.runtime.initializers import initial
from engine.runtime.memory import Array, Memory, Share, Sources
from engine.runtime.plan import Plan, plan_what_works
from engine.runtime.sources import balance_classes
from engine.spec.document import Document

if TYPE_CHECKING:  # the data process does without it
    from engine.runtime.trainer import Trainer

PART = "training"  # of which a sample is shown
CHANNELS, SIDE = 8, 32  # of a picture: the first channels, and cells along each side
STEPS, WIDE = 64, 32  # of a sequence
LONGEST = 128  # of a row of numbers
# beyond these, following every edit would take too long
MOST_PARAMETERS, MOST_MULTIPLICATIONS = 5_000_000, 300_000_000
MOST_NUMBERS = 30_000_000  # in all samples of a data box, which are prepared together
KEPT = 2  # data boxes whose samples are kept, because they are asked for after each edit
MODES = ("evaluation", "inference")  # of answering and of judging
ALONE = Share(0, 1, 0, 1)  # one worker, one sample
NOTHING = Passage(0, 0, {}, {})


def glance(trainer: Trainer, run: int, sample: int) -> Glanced:
    """What the network of a run makes of a sample now; nothing in the run changes."""
    begun, model, count = time.perf_counter(), trainer.model, trainer.count(PART)
    place = sample % count
    rows = np.array([place])
    model.attach(trainer.sources[PART])
    with model.aside():
        model.forward("inference", rows)
        flows = flows_of(model.plan, model.memory)
    with model.aside():
        model.forward("evaluation", rows)
        flows |= _losses(model.plan, model.memory)
    passage = Passage(place, count, flows, _targets(model.plan, model.memory))
    return Glanced(run, trainer.position.epoch, passage, time.perf_counter() - begun)


def first_passage(document: Document, sample: int) -> Passage:
    """What a network that was not trained yet makes of a sample, as far as the drawing works.

    Nothing is shown of networks and data too large for a moment. Refusal if files cannot be
    read.
    """
    plan = plan_what_works(document)
    if is_too_large(plan):
        return NOTHING
    boxes = _data_boxes(plan, document)
    if any(map(holds_much, boxes.values())):
        return NOTHING
    sources = _sources(boxes)
    count = min(map(len, sources.values()), default=0)
    if not count:
        return NOTHING
    memory = first_weights(plan, document.training.seed)
    balance_classes(plan, memory, sources)
    let_through(plan, memory, sources, sample % count)
    flows = flows_of(plan, memory) | _losses(plan, memory)
    return Passage(sample % count, count, flows, _targets(plan, memory))


def is_too_large(plan: Plan) -> bool:
    """Whether the plain kernels would take more than a moment."""
    return plan.size > MOST_PARAMETERS or plan.multiplications > MOST_MULTIPLICATIONS


def holds_much(box: Data) -> bool:
    """Whether preparing the samples of a data box would take more than a moment."""
    return box.total * box.card.shape.count > MOST_NUMBERS


def first_weights(plan: Plan, seed: int) -> Memory:
    """Room for one sample, and the weights that training would begin with."""
    memory = Memory(plan, 1, 1)
    for place in plan.parameters:
        memory.weight(place.name)[...] = initial(place.weight, seed, place.name)
    return memory


def let_through(
    plan: Plan, memory: Memory, sources: Sources, sample: int, modes: tuple[str, ...] = MODES
) -> None:
    """Make the steps of `modes` for one sample, one by one, with the plain kernels."""
    kernels = load("plain")
    memory.chosen[:] = sample
    with _threads().limit(limits=1, user_api="blas"):  # starting more takes longer than they save
        for step in plan.forward:
            if any(mode in step.modes for mode in modes) and step.kernel != MEET:
                kernel, arguments = memory.bind(step, kernels[step.kernel], ALONE, sources)
                kernel(*arguments)


def _data_boxes(plan: Plan, document: Document) -> dict[str, Data]:
    found = {}
    for node in dict.fromkeys(node for node, _ in plan.sources):
        layer = build_layer(document.network.node(node))
        assert isinstance(layer, Data)
        found[node] = layer
    return found


def _sources(boxes: dict[str, Data]) -> Sources:
    """The samples of all data boxes."""
    sources: Sources = {}
    for node, box in boxes.items():
        part = first_prepared(box).parts[PART]
        sources = {**sources, f"{node}.x": part.x, f"{node}.target": part.target}
    return sources


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


@lru_cache(maxsize=KEPT)
def first_prepared(box: Data) -> Prepared:
    """The samples of a data box, kept for the next question."""
    return prepare(box)


# what is sent


def flows_of(plan: Plan, memory: Memory) -> dict[str, Flow]:
    """What each box hands on at its first output."""
    found: dict[str, Flow] = {}
    for name, ref in plan.outputs.items():
        node, _, port = name.rpartition(".")
        if node not in found and port != "target":
            found[node] = flow_of(memory.samples(ref, 1)[0])
    return found


def _losses(plan: Plan, memory: Memory) -> dict[str, Flow]:
    """The loss of the sample, of each loss box: a mean over the time steps that count."""
    found = {}
    for outcome in plan.outcomes:
        rows = memory.shared(outcome.losses)[0]
        counted = rows.size
        if outcome.counted is not None:
            counted = max(float(memory.samples(outcome.counted, 1).sum()), 1.0)
        found[outcome.node] = flow_of(np.asarray(rows.sum() / counted))
    return found


def _targets(plan: Plan, memory: Memory) -> dict[str, Array]:
    """What is to be predicted of the sample, by data box."""
    found = {}
    for node, port in plan.sources:
        if port == "target":
            values = memory.samples(plan.outputs[f"{node}.{port}"], 1)[0]
            found[node] = values.reshape(-1)[:LONGEST].copy()
    return found


def flow_of(values: Array) -> Flow:
    """Numbers of one sample, made small enough to be sent often.

    values : (H, W, C), (T, F), (F,) or (); whole numbers are tokens

    Pictures come as (C, h, w) with the first CHANNELS. What is longer than its limit is divided
    into blocks, of which the means are sent; of tokens the first ones are.
    """
    if values.dtype.kind == "i":
        first = values[:LONGEST] if values.ndim else values
        return Flow(first.copy(), float(values.min()), float(values.max()), float(values.mean()))
    finite = values[np.isfinite(values)]
    ends = (finite.min(), finite.max(), finite.mean()) if finite.size else (np.nan,) * 3
    limits: tuple[int, ...] = (LONGEST,)
    shown = values
    if values.ndim == 3:
        shown, limits = np.moveaxis(values[..., :CHANNELS], -1, 0), (CHANNELS, SIDE, SIDE)
    elif values.ndim == 2:
        limits = (STEPS, WIDE)
    for axis, limit in zip(range(shown.ndim), limits, strict=False):
        shown = _blocks(shown, axis, limit)
    low, high, mean = (float(end) for end in ends)
    return Flow(np.array(shown, np.float32), low, high, mean)


def _blocks(values: Array, axis: int, most: int) -> Array:
    """Means of at most `most` contiguous blocks of nearly equal length along an axis."""
    size = values.shape[axis]
    if size <= most:
        return values
    starts = np.arange(most) * size // most
    lengths = np.diff([*starts.tolist(), size])
    shape = [1] * values.ndim
    shape[axis] = most
    found: Array = np.add.reduceat(values, starts, axis=axis) / lengths.reshape(shape)
    return found
