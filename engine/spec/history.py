"""What a run has shown so far: the points of the curves, and one record per epoch.

Kept by the window and by the headless trainer alike, saved as JSON beside the weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.spec.codec import Unreadable
from engine.spec.options import Value
from engine.spec.training import TrainingOptions

Record = dict[str, float]  # "loss", "accuracy", "validation_loss", …, "seconds", "learning_rate"


@dataclass(frozen=True, slots=True)
class Mark:
    """Training options that a person changed while a run went on."""

    step: int  # batches done then
    changes: dict[str, tuple[Value, Value]]  # by option: before and after

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return {"step": self.step, "changes": {n: list(both) for n, both in self.changes.items()}}

    @classmethod
    def from_json(cls, place: int, value: object) -> Mark:
        """Read JSON values; Unreadable says which mark is wrong."""
        match value:
            case {"step": int(step), "changes": dict(changes)} if step >= 0:
                if all(_is_change(n, both) for n, both in changes.items()):
                    return cls(step, {n: (both[0], both[1]) for n, both in changes.items()})
        raise Unreadable("value", place=f"history.marks[{place}]", value=type(value).__name__)


def _is_change(name: object, both: object) -> bool:
    if not (isinstance(name, str) and isinstance(both, list) and len(both) == 2):
        return False
    return all(isinstance(value, bool | int | float | str) for value in both)


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
    marks: list[Mark] = field(default_factory=list)  # what was changed on the way, in order

    def add_points(self, points: Mapping[str, Sequence[float]]) -> None:
        """Append the values of some batches; a quantity that was not measured before has gaps."""
        end = self.count + max((len(values) for values in points.values()), default=0)
        for name, values in points.items():
            series = self.steps.setdefault(name, [])
            series.extend([math.nan] * (end - len(series) - len(values)))
            series.extend(float(v) for v in values)

    def mark(self, before: TrainingOptions, after: TrainingOptions) -> None:
        """Note what was changed now; the number of epochs changes nothing but the end.

        Changes without a batch between them (a dragged number) are one; none if it is as before.
        """
        changes = {}
        if self.marks and self.marks[-1].step == self.count:
            changes = self.marks.pop().changes
        old, new = asdict(before), asdict(after)
        for name in new:
            if name != "epochs" and new[name] != old[name]:
                changes[name] = changes.get(name, (old[name], None))[0], new[name]
        changes = {name: both for name, both in changes.items() if both[0] != both[1]}
        if changes:
            self.marks.append(Mark(self.count, changes))

    @property
    def count(self) -> int:
        """Number of batches seen."""
        return max((len(values) for values in self.steps.values()), default=0)

    def cut(self, steps: int, epochs: int) -> None:
        """Forget what came after a moment, to go on from there."""
        for values in self.steps.values():
            del values[steps:]
        del self.epochs[epochs:]
        self.marks = [mark for mark in self.marks if mark.step <= steps]
        self.reason = ""

    def to_json(self) -> dict[str, Any]:
        """As JSON values (NaN and infinity included, see `files`)."""
        return {
            "batches": self.batches,
            "steps": self.steps,
            "epochs": self.epochs,
            "reason": self.reason,
            **({"marks": [mark.to_json() for mark in self.marks]} if self.marks else {}),
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
            [Mark.from_json(i, mark) for i, mark in enumerate(_marks(value))],
        )


def _marks(value: Mapping[str, Any]) -> list[Any]:
    marks = value.get("marks", [])
    if not isinstance(marks, list):
        raise Unreadable("value", place="history.marks", value=type(marks).__name__)
    return marks


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
