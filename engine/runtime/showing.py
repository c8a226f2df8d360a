"""Telling the window what the network answers: predictions always, results while they are seen."""

from __future__ import annotations

import time

from engine.protocol import Cell
from engine.runtime.answers import answered
from engine.runtime.outbox import Outbox
from engine.runtime.preview import predictions
from engine.runtime.results import results
from engine.runtime.trainer import Trainer

SECONDS = 0.5  # between results sent while training goes on, at least
SHARE = 0.02  # of the time may be spent on them


class Showing:
    """The answers on the validation samples are computed once, and told twice."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.is_watched = False
        self.cell: Cell | None = None  # whose samples are wanted
        self._due = 0.0  # when the next results may be sent without costing too much
        self._again = 0.0  # the same in the middle of an epoch, the answers included

    def watch(self, is_watched: bool, cell: Cell | None) -> None:
        """Send results from now on, or no longer."""
        self.is_watched, self.cell = is_watched, cell

    def send(self, trainer: Trainer, run: int, asked: bool = True) -> None:
        """Send the answers; unless `asked`, results only if they cost little."""
        first = time.perf_counter()
        found = answered(trainer, "validation")
        begun = time.perf_counter()
        if self.is_watched and (asked or begun > self._due):
            self.outbox.put(results(trainer, run, found, self.cell))
            now = time.perf_counter()
            self._due = now + max(SECONDS, (now - begun) / SHARE)
        self.outbox.put(predictions(trainer, run, found))
        now = time.perf_counter()
        self._again = now + max(SECONDS, (now - first) / SHARE)

    def look(self, trainer: Trainer, run: int) -> None:
        """Send the answers in the middle of an epoch, to who looks, if it is time for it."""
        if self.is_watched and time.perf_counter() > self._again:
            self.send(trainer, run, asked=False)
