"""What a network makes of a sample of a person's own, on the weights it has now.

A network in a run is asked between two batches. One that is not trained yet answers in the data
process, with the plain kernels and the weights that training would begin with, as in
`engine.runtime.passage`.
"""

from __future__ import annotations

import logging
import time
from functools import lru_cache

import numpy as np

from engine.data.fitting import fitted
from engine.data.preparing import Prepared, prepare_more
from engine.layers.analysis import build_layer
from engine.layers.data import Data
from engine.protocol import Flow, Own, Reply, Tried, Try
from engine.runtime.answers import as_shares
from engine.runtime.memory import Array, Memory
from engine.runtime.outcome import Outcome
from engine.runtime.passage import (
    first_prepared,
    first_weights,
    flows_of,
    holds_much,
    is_too_large,
    let_through,
)
from engine.runtime.plan import Plan, plan_what_works
from engine.runtime.trainer import Trainer, data_layer
from engine.spec.datasets import frame_of
from engine.spec.document import Document

log = logging.getLogger(__name__)


def received(box: Data, prepared: Prepared, own: Own) -> Array:
    """A sample of one's own as it enters the network: (1, F)."""
    raw = np.asarray(own.values)
    if frame_of(box.card) is not None:
        raw = fitted(box, prepared, raw, own.is_drawn)
    return prepare_more(box, prepared, raw[None])


def tried(trainer: Trainer, command: Try) -> Tried:
    """The answer of a run's network; nothing changes, even where the sample does not fit."""
    begun, reply = time.perf_counter(), None
    try:
        reply = _reply_now(trainer, command)
    except (ValueError, IndexError) as error:
        log.warning("a sample of one's own does not fit: %s", error)
    seconds = time.perf_counter() - begun
    return Tried(command.run, trainer.position.epoch, command.number, reply, seconds)


def _reply_now(trainer: Trainer, command: Try) -> Reply:
    """The numbers are those of `Model.predict`. ValueError of several data boxes."""
    model = trainer.model
    ((node, prepared),) = trainer.data.items()
    x = received(data_layer(model, node), prepared, command.own)
    with model.aside():
        outputs = model.predict(x)[0]
        flows = flows_of(model.plan, model.memory) if command.wants_flows else {}
    return _reply(model.plan.outcomes[0], prepared, x, outputs, flows)


def first_reply(document: Document, own: Own, wants_flows: bool) -> Reply | None:
    """The answer of a network that was not trained yet.

    None where it is too large to be computed in a moment, or has no output that works. Refusal
    if files cannot be read.
    """
    first = _first(document)
    if first is None:
        return None
    plan, memory = first
    nodes = tuple(dict.fromkeys(node for node, _ in plan.sources))
    if len(nodes) != 1 or not plan.outcomes:
        return None
    box = build_layer(document.network.node(nodes[0]))
    assert isinstance(box, Data)
    if holds_much(box):
        return None
    prepared = first_prepared(box)
    x = received(box, prepared, own)
    target = prepared.parts["training"].target[:1]
    sources = {f"{nodes[0]}.x": x, f"{nodes[0]}.target": target}
    for state in memory.kept.values():  # of stateful layers, which go on from the last question
        state[:] = 0
    let_through(plan, memory, sources, 0, ("inference",))
    outcome = plan.outcomes[0]
    outputs = memory.samples(outcome.prediction, 1)[0].copy()
    flows = flows_of(plan, memory) if wants_flows else {}
    return _reply(outcome, prepared, x, outputs, flows)


@lru_cache(maxsize=1)
def _first(document: Document) -> tuple[Plan, Memory] | None:
    """Plan and first weights, kept because the same network is asked with each stroke."""
    plan = plan_what_works(document)
    return None if is_too_large(plan) else (plan, first_weights(plan, document.training.seed))


def _reply(
    outcome: Outcome, prepared: Prepared, x: Array, outputs: Array, flows: dict[str, Flow]
) -> Reply:
    """Shares of classes; values in their own unit."""
    task, answers = outcome.task, as_shares(outcome, outputs)
    if task == "values" and answers.shape[-1] == prepared.classes > 1:
        task = "classes"  # a loss for values, and targets that are shares of classes
    scaling = prepared.target_scaling
    if task == "values" and scaling is not None and answers.size == len(scaling.centre):
        rows = scaling.undo(answers.reshape(1, -1).astype(np.float64))
        answers = rows.reshape(answers.shape)
    shape = prepared.shape.sizes
    return Reply(x.reshape(shape), task, np.array(answers, np.float32), flows)
