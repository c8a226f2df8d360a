"""The history of a run in the form that plots need, brought up to date by what is new in it."""

from __future__ import annotations

import numpy as np

from engine.spec.history import History
from gui.plots.series import Quantity, Series
from gui.quantities import PAIRS, VALIDATION


class CurveData:
    """Quantities of a history by name; `update` reads only what was added since the last time."""

    def __init__(self, history: History, decay: float) -> None:
        self.history = history
        self.decay = decay
        self.quantities: dict[str, Quantity] = {}
        self._ends: dict[str, Series] = {}

    def update(self) -> None:
        """Take in what has been added to the history."""
        for name, values in self.history.steps.items():
            quantity = self.quantities.get(name)
            if quantity is None:
                quantity = self.quantities[name] = Quantity(self.decay)
            if len(values) > len(quantity.raw):
                quantity.extend(values[len(quantity.raw) :])

    def set_decay(self, decay: float) -> None:
        """Smooth anew."""
        self.decay = decay
        for quantity in self.quantities.values():
            quantity.decay = decay

    @property
    def count(self) -> int:
        """Batches seen; without single batches (an old file), those of the epochs."""
        return max(self.history.count, len(self.history.epochs) * self.history.batches)

    def quantity(self, name: str) -> Quantity:
        """The batches of one quantity; an empty one if there are none."""
        return self.quantities.get(name) or Quantity(self.decay)

    def shown(self) -> tuple[str, str]:
        """Which two quantities the plots show: those of classes, or those of numbers."""
        names = {*self.history.steps, *(n for e in self.history.epochs[-1:] for n in e)}
        for pair in PAIRS:
            if pair[1] in names:
                return pair
        return PAIRS[0]

    def validation(self, name: str) -> Series:
        """The validation values of one quantity, epoch by epoch."""
        ends = self._ends.setdefault(name, Series())
        new = self.history.epochs[len(ends) :]
        if new:
            ends.extend([record.get(VALIDATION + name, np.nan) for record in new])
        return ends

    def at(self, name: str, batch: int) -> tuple[float | None, float | None, float | None]:
        """Measured, smoothed and (last known) validation value at a batch, counted from 1."""
        values = self.history.steps.get(name, [])
        smooth = self.quantity(name).smooth.values
        raw = values[batch - 1] if 1 <= batch <= len(values) else None
        soft = float(smooth[batch - 1]) if 1 <= batch <= len(smooth) else None
        return raw, soft, self.validation_at(name, batch)

    def validation_at(self, name: str, batch: int) -> float | None:
        """The newest validation value at a batch; None before the first."""
        done = self.epochs_at(batch)
        return self.history.epochs[done - 1].get(VALIDATION + name) if done else None

    def epochs_at(self, batch: int) -> int:
        """Epochs complete at a batch."""
        batches = self.history.batches
        return min(batch // batches, len(self.history.epochs)) if batches else 0

    def epoch_of(self, batch: int) -> int:
        """The epoch that a batch belongs to, both counted from 1."""
        batches = self.history.batches
        return (batch - 1) // batches + 1 if batches else 1

    def training_now(self, name: str) -> float | None:
        """The newest smoothed training value, or the mean of the last epoch; None if neither."""
        if name in self.quantities and len(self.quantities[name].raw):
            return self.quantities[name].now
        return self.history.epochs[-1].get(name) if self.history.epochs else None

    def validation_now(self, name: str) -> float | None:
        """The newest validation value; None before the first."""
        return self.history.epochs[-1].get(VALIDATION + name) if self.history.epochs else None
