"""Samples read by a thread of their own, so that whoever holds the run can look at its commands.

Bundled samples are there at once, and are prepared on the spot; a person's own may take minutes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.data.own.refusal import Cancelled
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer, data_layer

PATIENCE = 0.05  # seconds between two looks at the commands


@dataclass(slots=True)
class Loading:
    """A trainer in the making. `done` of `total` is how far its data are read."""

    model: Model
    done: int = 0
    total: int = 1
    is_cancelled: bool = False
    _made: Trainer | None = None
    _error: Exception | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    def steps(self) -> Iterator[tuple[int, int]]:
        """How far it is, until the trainer is made; what goes wrong with the data is raised here.

        Where the generator is dropped, the reading ends with its next report.
        """
        if not any(data_layer(self.model, node).is_own for node, _ in self.model.plan.sources):
            self._made = Trainer(self.model)
            return
        threading.Thread(target=self._read, daemon=True).start()
        try:
            while not self._ended.wait(PATIENCE):
                yield self.done, self.total
        finally:
            self.is_cancelled = True
        if self._error is not None:
            raise self._error

    @property
    def trainer(self) -> Trainer:
        """The trainer, once all steps are done."""
        assert self._made is not None
        return self._made

    def _read(self) -> None:
        try:
            self._made = Trainer(self.model, report=self._report)
        except Exception as error:
            self._error = error
        finally:
            self._ended.set()

    def _report(self, done: int, total: int) -> None:
        if self.is_cancelled:
            raise Cancelled
        self.done, self.total = done, total
