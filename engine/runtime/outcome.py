"""What a loss box contributes to a plan: its losses, metrics and answers, one for each row.

A row is what a loss compares at once: a sample, or one time step of a sequence. Where a sequence
has a mask, only the rows that count enter: the loss of a batch is the sum over them, divided by
their number in the whole batch, and so is every metric (the rule of Keras's masks and of PyTorch's
`ignore_index`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from engine.runtime.build import Argument, Buffer, Build, Later, Ref, Tensor
    from engine.runtime.memory import Memory

SCORED = ("training", "evaluation")
Totals = dict[str, float]  # sums over the rows that count, see `Outcome.totals`


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where prediction, target, losses and metrics of one loss box lie."""

    node: str
    task: str  # "classes", "binary", "values"
    prediction: Ref  # (*rows of a sample, K)
    target: Ref  # (*rows of a sample, K), or 1 for K if it is a class number
    losses: Buffer
    weight: float
    scale: Buffer
    metrics: dict[str, Buffer]
    counted: Ref | None  # 1 for each row that counts, 0 for the others; None: all count

    @property
    def rows(self) -> int:
        """Rows in a sample."""
        return prod(self.losses.shape)

    def total_names(self) -> list[str]:
        """The keys of `totals`."""
        return [f"{self.node}/{name}" for name in ("loss", *self.metrics, "rows")]

    def totals(self, memory: Memory, count: int) -> Totals:
        """Sums over the first `count` samples of the batch just computed, and their "rows"."""
        found = {"loss": _sum(memory.shared(self.losses)[:count])}
        for name, buffer in self.metrics.items():
            found[name] = _sum(memory.shared(buffer)[:count])
        counted = self.counted
        found["rows"] = (
            float(count * self.rows) if counted is None else _sum(memory.samples(counted, count))
        )
        return {f"{self.node}/{name}": value for name, value in found.items()}


def _sum(values: np.ndarray) -> float:
    return float(np.sum(values, dtype=np.float64))


def add_totals(sums: Totals, more: Totals) -> None:
    """Add the sums of another batch."""
    for name, value in more.items():
        sums[name] = sums.get(name, 0.0) + value


def means(outcomes: Iterable[Outcome], totals: Mapping[str, float]) -> dict[str, float]:
    """Mean loss and metrics from sums; with several losses, their weighted sum.

    Metrics of several losses are told apart by the name of the box: "loss_2/accuracy".
    """
    outcomes = tuple(outcomes)
    found = {"loss": 0.0}
    for outcome in outcomes:
        own = f"{outcome.node}/"
        rows = totals[f"{own}rows"] or 1.0  # nothing that counts: nothing is wrong
        found["loss"] += outcome.weight * totals[f"{own}loss"] / rows
        for name in outcome.metrics:
            full = f"{own}{name}" if len(outcomes) > 1 else name
            found[full] = totals[f"{own}{name}"] / rows
    return found


class Scoring:
    """Records what one loss box computes, row by row."""

    def __init__(self, build: Build, x: Tensor, target: Tensor, weight: float) -> None:
        self.build, self.x, self.target, self.weight = build, x, target, weight
        # a target of another form than the outputs, but of as many numbers, is laid out as one row
        self.lead = x.shape.sizes[:-1] if x.shape.sizes[:-1] == target.lead else ()
        self.is_stacked = self.lead == target.lead
        masked = x.mask is not None and x.mask.shape == self.lead
        self.counted = x.mask if masked else None
        self.losses: Buffer | None = None
        self.scale = build.shared("scale", (1,))
        self.metrics: dict[str, Buffer] = {}

    @property
    def width(self) -> int:
        """How many numbers a row of the target holds."""
        return self._rows(self.target).shape[0]

    def loss(self, name: str, z: Tensor, *options: Argument) -> None:
        """The loss of each row, and its gradient by `z`: kernels `name` and `name`_gradient."""
        build, target = self.build, self._rows(self.target)
        losses = build.room("losses", self.lead)
        build.forward(name, self._rows(z), target, *options, losses.each, when=SCORED)
        self._leave_out(losses.each)
        scale = self._scale()
        with build.backward():
            if z.needs_gradient:
                dz = build.gradient(z)
                rows = dz.stacked if self.is_stacked else dz.row
                build.step(f"{name}_gradient", self._rows(z), target, *options, scale, rows)
                if self.counted is not None:
                    build.step("weigh_rows", rows, self.counted.each)
        self.losses = losses.buffer

    def metric(self, name: str, kernel: str, z: Tensor, *options: Argument) -> None:
        """A value for each row, averaged and shown."""
        values = self.build.room(name, self.lead)
        rows = self._rows(z), self._rows(self.target)
        self.build.forward(kernel, *rows, *options, values.each, when=SCORED)
        self._leave_out(values.each)
        self.metrics[name] = values.buffer

    def predicts(self, function: str, z: Tensor) -> None:
        """What the network answers: `x`, after `function` if the network did not apply it."""
        x, build = self.x, self.build
        task = {"softmax": "classes", "sigmoid": "binary"}.get(function, "values")
        answer = x
        if function and x is z:
            answer = build.tensor(x.shape)
            code = (2,) if function == "sigmoid" else ()
            kernel = "activate" if function == "sigmoid" else function
            rows = self._rows(x), self._rows(answer)
            build.forward(kernel, *rows, *code, when=("evaluation", "inference"))
        assert self.losses is not None, "loss() comes before predicts()"
        target = self._rows(self.target)
        build.outcomes.append(
            Outcome(
                build.node,
                task,
                answer.value if self.is_stacked else answer.row,
                self.target.viewed((*self.lead, *target.shape)),
                self.losses,
                self.weight,
                self.scale.buffer,
                self.metrics,
                self.counted,
            )
        )

    def _rows(self, x: Tensor) -> Ref:
        return x.stacked if self.is_stacked else x.row

    def _leave_out(self, values: Ref) -> None:
        """Make values of rows that do not count zero."""
        if self.counted is not None:
            self.build.forward("weigh_each", values, self.counted.each, when=SCORED)

    def _scale(self) -> Ref | Later:
        """What a row's gradient is multiplied by: 1 over the number of rows that count.

        The model sets it for all rows; how many of them count, the workers find out together.
        """
        if self.counted is None:
            return self.scale
        build, when = self.build, ("training",)
        own, scale = build.scratch("counted", (2,)), build.scratch("own scale", (1,))
        build.forward("count_rows", self.counted.each, own, when=when)
        build.meet(when=when)
        build.forward("scale_of_counted", build.everyone(own), self.scale, scale, when=when)
        return scale
