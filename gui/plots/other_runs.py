"""Curves of earlier runs, drawn beside those of the present one."""

from __future__ import annotations

import numpy as np

from engine.spec.history import History
from gui.hover_card import Row
from gui.plots.curve_data import CurveData
from gui.plots.series import Floats
from gui.quantities import VALIDATION, quantity_name, value_text
from gui.words import tr


class OtherRun:
    """Validation values, or those of training where there are none, epoch by epoch."""

    def __init__(self, history: History, tint: str, name: str) -> None:
        self.history, self.tint, self.name = history, tint, name

    def values(self, quantity: str) -> Floats:
        """The values of a quantity, one for each epoch."""
        epochs = self.history.epochs
        return np.array([e.get(VALIDATION + quantity, e.get(quantity, np.nan)) for e in epochs])

    def line(self, quantity: str, batches: int) -> tuple[Floats, Floats, str]:
        """Batches of the present run at which its epochs end, values, and colour."""
        values = self.values(quantity)
        ends = np.arange(1.0, len(values) + 1.0) * (batches or self.history.batches)
        return ends, values, self.tint

    def rows(self, data: CurveData, batch: int) -> list[Row]:
        """What it had reached after as many epochs, for the card beside the cursor."""
        done = data.epochs_at(batch) or batch // max(data.history.batches, 1)
        rows = []
        for quantity in data.shown():
            values = self.values(quantity)
            if 0 < done <= len(values):
                words = tr("plots.other_run", run=self.name, quantity=quantity_name(quantity))
                rows.append((self.tint, words, value_text(quantity, float(values[done - 1]))))
        return rows
