"""What a run has shown so far: the points of the curves, and one record per epoch.

Kept by the window and by the headless trainer alike, saved as JSON beside the weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.spec.codec import Unreadable

Record = dict[str, float]  # "loss", "accuracy", "validation_loss", …, "seconds", "learning_rate"


@dataclass(slots=True)
class History:
    """Grows while a run trains.

    `steps[name][i]` is the value of batch i (loss and metrics on the training batch itself, before
    its update); `epochs[i]` is the record of epoch i; `batches` is the number of batches an epoch.
    """

    batches: int = 0
    steps: dict[str, list[float]] = field(default_factory=dict)
    epochs: list[Record] = field(default_factory=list)
    reason: str = ""  # why the run ended, a code; empty while it goes on

    def add_points(self, points: Mapping[str, Sequence[float]]) -> None:
        """Append the values of some batches."""
        for name, values in points.items():
            self.steps.setdefault(name, []).extend(float(v) for v in values)

    @property
    def count(self) -> int:
        """Number of batches seen."""
        return max((len(values) for values in self.steps.values()), default=0)

    def cut(self, steps: int, epochs: int) -> None:
        """Forget what came after a moment, to go on from there."""
        for values in self.steps.values():
            del values[steps:]
        del self.epochs[epochs:]
        self.reason = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON values (NaN and infinity included, see `files`)."""
        return {
            "batches": self.batches,
            "steps": self.steps,
            "epochs": self.epochs,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> History:
        """Read JSON values; Unreadable says which part is wrong."""
        batches, reason = value.get("batches", 0), value.get("reason", "")
        if type(batches) is not int or batches < 0:
            raise Unreadable("value", place="history.batches", value=type(batches).__name__)
        if not isinstance(reason, str):
            raise Unreadable("value", place="history.reason", value=type(reason).__name__)
        steps, epochs = value.get("steps", {}), value.get("epochs", [])
        if not isinstance(steps, dict):
            raise Unreadable("value", place="history.steps", value=type(steps).__name__)
        if not isinstance(epochs, list) or not all(isinstance(e, dict) for e in epochs):
            raise Unreadable("value", place="history.epochs", value=type(epochs).__name__)
        return cls(
            batches,
            {name: _numbers("history.steps", values) for name, values in steps.items()},
            [dict(zip(e, _numbers("history.epochs", [*e.values()]), strict=True)) for e in epochs],
            reason,
        )


def _numbers(place: str, values: object) -> list[float]:
    try:
        if isinstance(values, list) and all(type(v) in (int, float) for v in values):
            return [float(v) for v in values]
    except OverflowError:  # a whole number with hundreds of digits
        pass
    raise Unreadable("value", place=place, value=type(values).__name__)


def best(epochs: Sequence[Record], name: str, largest: bool) -> tuple[int, float] | None:
    """The best epoch (from 0) by one quantity, and its value; None if there is none."""
    found = [(i, e[name]) for i, e in enumerate(epochs) if math.isfinite(e.get(name, math.nan))]
    if not found:
        return None
    return (max if largest else min)(found, key=lambda item: item[1])


def least_loss(epochs: Sequence[Record], minimum_change: float = 0.0) -> int:
    """The epoch (from 0) whose validation loss early stopping holds for the smallest."""
    least, found = math.inf, 0
    for i, record in enumerate(epochs):
        loss = record.get("validation_loss", math.nan)
        if loss + minimum_change < least:
            least, found = loss, i
    return found
