"""What a run watches from epoch to epoch: when to stop early, and when to take smaller steps.

Both wait for the validation loss to fall. What they remember is part of a run's state, so that
going on from a saved state equals never having stopped.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from engine.protocol import DIVERGED, EARLY
from engine.runtime.memory import Array
from engine.spec.training import TrainingOptions

PLATEAU_CHANGE = 1e-4  # less is no improvement for the learning rate's plateau; Keras's default


@dataclass(slots=True)
class Patience:
    """How long the smallest value seen has not been bettered."""

    best: float = math.inf
    epoch: int = 0  # of the best, from 0
    waited: int = 0  # epochs since

    def see(self, value: float, epoch: int, least: float) -> bool:
        """Take note of an epoch's value; True if it is smaller by more than `least`."""
        if value + least < self.best:
            self.best, self.epoch, self.waited = value, epoch, 0
            return True
        self.waited += 1
        return False


@dataclass(slots=True)
class Practice:
    """The memory of early stopping and of the plateau schedule; `weights` are the best so far."""

    stopping: Patience = field(default_factory=Patience)
    plateau: Patience = field(default_factory=Patience)
    factor: float = 1.0  # what the plateau has made of the learning rate
    reason: str = ""  # EARLY or DIVERGED, once it is so
    weights: Array | None = None

    def end_epoch(
        self, options: TrainingOptions, loss: float, epoch: int, parameters: Array
    ) -> bool:
        """Take note of an epoch's validation loss; True if training should stop here."""
        if options.schedule == "plateau":
            self.plateau.see(loss, epoch, PLATEAU_CHANGE)
            if self.plateau.waited >= options.plateau_patience:
                smaller = self.factor * options.decay_factor
                self.factor = min(self.factor, max(smaller, options.final_factor))
                self.plateau.waited = 0
        if not options.early_stopping:
            return False
        if self.stopping.see(loss, epoch, options.minimum_change):
            if options.restore_best:
                self.weights = parameters.copy()
            return False
        return self.stopping.waited >= options.patience

    def to_json(self) -> dict[str, Any]:
        """As JSON values, the weights aside."""
        return {
            "stopping": asdict(self.stopping),
            "plateau": asdict(self.plateau),
            "factor": self.factor,
            "reason": self.reason,
            "best": self.weights is not None,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Practice:
        """Read JSON values, the weights aside; ValueError if they cannot be so."""
        if not value:
            return cls()  # a state of before there was any of this
        factor, reason = value["factor"], value["reason"]
        if not _is_number(factor) or not 0 <= factor <= 1 or reason not in ("", EARLY, DIVERGED):
            raise ValueError("practice")
        return cls(_patience(value["stopping"]), _patience(value["plateau"]), float(factor), reason)


def _patience(value: Mapping[str, Any]) -> Patience:
    counts = value["epoch"], value["waited"]
    if not _is_number(value["best"]) or not all(type(c) is int and c >= 0 for c in counts):
        raise ValueError("patience")
    return Patience(float(value["best"]), *counts)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and value == value
