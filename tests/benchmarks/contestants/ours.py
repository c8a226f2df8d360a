"""The engine, as the window and a notebook use it: with loss, accuracy and the watch for NaN."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.runtime.sources import as_sources
from engine.scripting import Document, Model, chain, summarise
from engine.spec import edits
from engine.spec.datasets import CARDS
from engine.spec.files import read
from engine.spec.options import Value
from engine.spec.shapes import tokens
from tests.benchmarks.arrays import batches, samples, weights
from tests.benchmarks.contestants.base import EPSILON, RATE, Contestant
from tests.benchmarks.workloads import Layer, Workload

AUTOMATIC = "automatic"
EXAMPLES = Path(__file__).resolve().parents[3] / "resources" / "examples"


def document_of(workload: Workload) -> Document:
    """The workload as a drawing: an example of the app, or drawn from its layers."""
    data: dict[str, Value] = {"dataset": workload.dataset}
    if workload.tokens:
        data["length"] = workload.shape[0]
        fit_card(workload)
    if workload.example:
        document = read(EXAMPLES / f"{workload.example}.json").document
        document = edits.set_options(document, "data_1", data)
    else:
        boxes = ((layer.kind, options(layer)) for layer in workload.layers)
        document = chain(("data", data), *boxes, ("cross_entropy", {}))
    training = replace(
        document.training,
        batch_size=workload.batch,
        optimizer="adam",
        learning_rate=RATE,
        epsilon=EPSILON,
    )
    return replace(document, training=training)


def fit_card(workload: Workload) -> None:
    """Let the data set that lends its shape have as many tokens as the workload.

    No bundled text has exactly 64 characters. Only the card changes, and only in this process.
    """
    card = CARDS[workload.dataset]
    if card.shape.limit != workload.tokens:
        shape, classes = tokens(workload.shape[0], workload.tokens), workload.classes
        CARDS[workload.dataset] = replace(card, shape=shape, classes=classes)


def options(layer: Layer) -> dict[str, Value]:
    """A layer's options in a drawing."""
    found: dict[str, Value] = {}
    if layer.units:
        found["filters" if layer.kind == "conv2d" else "units"] = layer.units
    if layer.kind in ("dense", "conv2d"):
        found["activation"] = layer.activation
    if layer.returns:
        found["returns"] = layer.returns
    return found


class Ours(Contestant):
    """The engine on its processor backend."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way or self.ways(workload, threads)[0])
        self.document = document_of(workload)
        self.model = Model(self.document, threads=workers(self.way))
        x, target = samples(workload)
        sources = as_sources(self.model.plan, self.model.memory.dtype, (x,), (target,))
        for _ in self.model.compile(sources):
            pass
        self.model.set_parameters(weights(workload))
        count = len(batches(workload))
        order = np.arange(len(x), dtype=np.int64).reshape(count, workload.batch)
        self.order, self.done = list(order), 0

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        if threads == os.cpu_count():  # the engine chooses, as it does for everybody
            return (AUTOMATIC,)
        return (f"{threads} workers", "1 workers") if threads > 1 else ("1 workers",)

    @property
    def parameters(self) -> int:
        return self.model.plan.size

    def run(self, steps: int) -> float:
        train, order, count = self.model.train, self.order, len(self.order)
        for i in range(self.done, self.done + steps):
            totals = train(order[i % count])
        self.done += steps
        if self.model.is_broken:
            raise ArithmeticError("the loss is not a number any more")
        return self.model.scores(totals)["loss"]

    @property
    def facts(self) -> dict[str, object]:
        flop = flop_of_step(self.document, self.workload.batch)
        return {"flop": flop, "workers": self.model.threads}


def workers(way: str) -> int:
    """The number of workers that a way asks for; 0 lets the engine choose."""
    return 0 if way == AUTOMATIC else int(way.split()[0])


def flop_of_step(document: Document, batch: int) -> int:
    """Floating point operations of a training step, counted from the plan's multiply-adds.

    Each multiply-add of the way forward is two operations, and comes twice more on the way back:
    for the weights, and for what went in. The first layer with weights does without the latter.
    """
    rows = summarise(document).rows
    first = next(row for row in rows if row.parameters)
    forward = sum(row.multiplications for row in rows)
    return 2 * batch * (3 * forward - first.multiplications)


CONTESTANT = Ours
