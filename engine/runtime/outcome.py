"""What a loss box contributes to a run, and how sums over rows become the numbers reported.

A row is what a loss compares at once: a sample, or one time step of a sequence. Where a sequence
has a mask, only the rows that count enter: the loss of a batch is the sum over them, divided by
their number in the whole batch, and so is every metric (the rule of Keras's masks and of PyTorch's
`ignore_index`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.runtime.build import Buffer, Ref

Totals = dict[str, float]  # sums over the rows that count, see `Tally.totals`


def _exponential(x: float) -> float:
    return math.exp(x) if x < 700 else math.inf


# metrics that are a function of a mean, not a mean themselves
FINISH: dict[str, Callable[[float], float]] = {
    "root_mean_squared_error": math.sqrt,
    "perplexity": _exponential,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where prediction, target, losses and metrics of one loss box lie, and what they mean."""

    node: str
    task: str  # "classes", "binary", "values"
    prediction: Ref  # (*rows of a sample, K)
    target: Ref  # (*rows of a sample, K), or 1 for K if it is a class number
    losses: Buffer
    weight: float
    scale: Buffer
    metrics: dict[str, Buffer]
    counted: Ref | None = None  # 1 for each row that counts, 0 for the others; None: all count
    class_weights: Buffer | None = None  # (C,), which the model sets; None: all classes are equal
    bounds: tuple[float, float] = (-math.inf, math.inf)  # between which a target makes sense
    scores: bool = False  # whether predictions are scores, of which the highest or above 0 wins

    @property
    def rows(self) -> int:
        """Rows in a sample."""
        return prod(self.losses.shape)


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
            mean = totals[f"{own}{name}"] / rows
            found[full] = FINISH[name](mean) if name in FINISH else mean
    return found
