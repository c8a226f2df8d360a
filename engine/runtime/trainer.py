"""Training: epochs over shuffled batches, validation, and a position that can be saved.

A trainer is advanced one batch at a time by whoever holds it, so it can be paused anywhere; its
position, sums and shuffling are part of its state, so going on equals never having stopped.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.data.own.refusal import Report, silent
from engine.data.preparing import Prepared, prepare
from engine.layers.data import Data
from engine.protocol import COMPLETED, DIVERGED, EARLY, STOPPED, Cause
from engine.runtime.checkpoint import StateMismatch, pack, position_of, unpack
from engine.runtime.diagnosis import find_cause
from engine.runtime.initializers import generator
from engine.runtime.memory import Array, Sources
from engine.runtime.model import Model
from engine.runtime.outcome import add_totals
from engine.runtime.practice import Practice
from engine.runtime.sources import balance_classes, check, in_stretches
from engine.runtime.tally import PENALTY, SAMPLES
from engine.schedules import factor
from engine.spec.history import Record
from engine.spec.training import FIXED, TrainingOptions

COMING = {PENALTY, SAMPLES}  # sums that may come and go in the middle of an epoch


@dataclass(slots=True)
class Position:
    """Where a run stands. `sums` are over the present epoch, see `Tally.totals`."""

    epoch: int = 0  # epochs done
    batch: int = 0  # batches of the present epoch done
    samples: int = 0  # samples of the present epoch done
    sums: dict[str, float] = field(default_factory=dict)


class UnequalData(ValueError):
    """Data boxes whose sets do not have the same number of samples."""


class Trainer:
    """Trains one model on the data boxes of its document."""

    def __init__(
        self, model: Model, data: dict[str, Prepared] | None = None, report: Report = silent
    ) -> None:
        """`data` are samples split by someone else, by data box; `report` follows the reading."""
        self.model = model
        self.data = dict(data or {})
        for node, _ in model.plan.sources:
            if node not in self.data:
                choice = data_layer(model, node)
                self.data[node] = prepare(choice, model.memory.dtype.name, report=report)
        self.sources = {part: self._sources(part) for part in ("training", "validation", "test")}
        balance_classes(model.plan, model.memory, self.sources["training"])
        self.position = Position()
        self.practice = Practice()
        self.reason = ""
        self.cause: Cause | None = None  # of divergence
        self._order: tuple[int, Array] | None = None
        self._started = time.perf_counter()

    def _sources(self, part: str) -> Sources:
        counts = {node: data.parts[part].count for node, data in self.data.items()}
        if len(set(counts.values())) > 1:
            raise UnequalData(", ".join(f"{node}: {count}" for node, count in counts.items()))
        sources: Sources = {
            f"{node}.{port}": data.parts[part].x if port == "x" else data.parts[part].target
            for node, data in self.data.items()
            for port in ("x", "target")
        }
        check(self.model.plan, sources)
        return sources

    def count(self, part: str) -> int:
        """Number of samples in a part of the data."""
        return next(iter(self.data.values())).parts[part].count

    @property
    def batches(self) -> int:
        """Batches in an epoch; the last may be smaller."""
        return math.ceil(self.count("training") / self.model.batch_size)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to train."""
        done = self.position.epoch >= self.model.training.epochs
        return done or self.reason in (DIVERGED, EARLY)

    @property
    def rate(self) -> float:
        """The learning rate of the next batch."""
        return self._rate_at(self.position.batch)

    def _rate_at(self, batch: int) -> float:
        step = self.position.epoch * self.batches + batch
        options = self.model.training
        return options.learning_rate * self.practice.factor * factor(options, step, self.batches)

    def advance(self) -> dict[str, float]:
        """Train one batch; returns its loss and metrics. At an epoch's end, call `end_epoch`.

        A batch that is not all numbers ends the run, and does not count as done.
        """
        place, size = self.position, self.model.batch_size
        if place.batch == 0:
            self._started = time.perf_counter()
            self.model.forget()  # each place of the batch is at the beginning of its stretch
        rows = self._ordered()[place.batch * size : (place.batch + 1) * size]
        self.model.attach(self.sources["training"])
        closes = place.batch + 1 == self.batches  # no group of batches goes beyond an epoch
        self.model.rate = self.rate
        totals = self.model.train(rows, closes)
        values = self.model.scores(totals)
        if self.model.is_broken:
            self._diverge(find_cause(self.model, "training", rows))
            return values
        add_totals(place.sums, totals)
        place.samples += len(rows)
        place.batch += 1
        return values

    def _diverge(self, cause: Cause) -> None:
        self.reason = self.practice.reason = DIVERGED
        self.cause = cause

    @property
    def epoch_is_complete(self) -> bool:
        """Whether all batches of the present epoch are trained."""
        return self.position.batch >= self.batches

    def end_epoch(self) -> Record:
        """Validate, and turn to the next epoch; returns the epoch's record."""
        place = self.position
        record = self.model.scores(place.sums)
        record |= {f"validation_{k}": v for k, v in self.evaluate("validation").items()}
        record["seconds"] = time.perf_counter() - self._started
        record["learning_rate"] = self._rate_at(place.batch - 1)
        self.position = Position(place.epoch + 1)
        loss, options = record["validation_loss"], self.model.training
        if not math.isfinite(loss):  # the last update went too far
            self._diverge(self._cause_in("validation"))
        elif self.practice.end_epoch(options, loss, place.epoch, self.model.memory.parameters):
            self.reason = self.practice.reason = EARLY
        if self.is_done and not self.reason:
            self.reason = COMPLETED
        if self.reason in (COMPLETED, EARLY) and self.practice.weights is not None:
            self.model.memory.parameters[:] = self.practice.weights
        return record

    def _cause_in(self, part: str) -> Cause:
        """What was no number first, where a part of the data was looked at without training."""
        size, count = self.model.batch_size, self.count(part)
        for first in range(0, count, size):
            rows = np.arange(first, min(first + size, count))
            self.model.forward("evaluation", rows)
            if not math.isfinite(self.model.scores(self.model.totals(len(rows)))["loss"]):
                break
        return replace(find_cause(self.model, "evaluation", rows), part=part)

    def start_again(self) -> None:
        """Begin the next epoch without looking at the validation samples."""
        self.position = Position(self.position.epoch + 1)

    def evaluate(self, part: str) -> dict[str, float]:
        """Mean loss and metrics on a part of the data."""
        self.model.attach(self.sources[part])
        return self.model.evaluate_rows(self.count(part))

    def _ordered(self) -> Array:
        """The samples of an epoch in the order of training: shuffled, unless batches hang together.

        They do where layers keep their state from batch to batch, see `in_stretches`.
        """
        epoch, count = self.position.epoch, self.count("training")
        if self._order is None or self._order[0] != epoch:
            order = in_stretches(count, self.model.batch_size)
            if not self.model.states:
                order = generator(self.model.seed, "shuffle", epoch).permutation(count)
            self._order = epoch, order
        return self._order[1]

    def set_training(self, training: TrainingOptions) -> None:
        """Change what may change while a run goes on, and leave the rest as it is."""
        kept = {name: getattr(self.model.training, name) for name in FIXED}
        self.model.with_training(replace(training, **kept))
        if self.reason == COMPLETED and not self.is_done:
            self.reason = ""

    def go_on(self) -> None:
        """Go on after a stop, also one to come; after an early one, be patient once more."""
        if self.reason == EARLY:
            self.practice.reason, self.practice.stopping.waited = "", 0
        if self.reason in (STOPPED, EARLY):
            self.reason = ""

    # saving

    def state(self) -> bytes:
        """Weights, optimizer memory and position, as a safetensors file."""
        place = self.position
        position: dict[str, Any] = {
            "epoch": place.epoch,
            "batch": place.batch,
            "samples": place.samples,
            "sums": place.sums,
            "practice": self.practice.to_json(),
        }
        return pack(self.model, position, self.practice.weights)

    def restore(self, state: bytes) -> None:
        """Go back to a saved state; StateMismatch names the first thing that does not fit."""
        saved = position_of(state)
        place = Position(saved["epoch"], saved["batch"], saved["samples"], saved["sums"])
        done = min(place.batch * self.model.batch_size, self.count("training"))
        if place.batch > self.batches or place.samples != done:
            raise StateMismatch(f"{place.samples} samples in {place.batch} batches")
        names = set(self.model.total_names()) if place.batch else set()
        if (set(place.sums) ^ names) - COMING:
            raise StateMismatch(f"sums of {', '.join(place.sums)}")
        best = unpack(self.model, state)
        self.position, self.practice, self.cause = place, saved["practice"], None
        self.practice.weights = best
        self.reason = self.practice.reason
        if self.is_done and not self.reason:
            self.reason = COMPLETED


def data_layer(model: Model, node: str) -> Data:
    """What a data box of the model's document was told to hand out."""
    from engine.layers.analysis import build_layer

    layer = build_layer(model.document.network.node(node))
    assert isinstance(layer, Data)
    return layer


def row_numbers(count: int, most: int) -> Array:
    """At most `most` rows, evenly spread over `count`, always the same ones."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))
