"""Samples of the validation part to begin with, as they were read; asked for one at a time."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import QObject, Signal

from engine.data_protocol import Refused, Show, Shown
from engine.spec.options import Options
from gui.data_client import DataClient

PART = "validation"
SURVEYED = 240  # samples, of which a cloud of points is drawn


class Samples(QObject):
    """`found` brings one sample, `surveyed` how the training part lies; the latest wins."""

    found = Signal(object)  # Shown
    surveyed = Signal(object)  # Shown

    def __init__(self, client: DataClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self.number = 0
        self.count = 0
        self._random = Random()
        self._options: Options | None = None
        self._task = 0
        self._survey = 0
        client.answered.connect(self._hear)
        client.refused.connect(self._hear_refusal)

    def use(self, options: Options) -> None:
        """Take samples of another data box."""
        if options != self._options:
            self._options, self.number, self.count = options, 0, 0
            for task in (self._task, self._survey):  # of the other box
                if task:
                    self.client.forget(task)
            self._task = self._survey = 0

    def survey(self) -> None:
        """Ask how the columns of the training part lie, with some of its samples."""
        if self._options is not None:
            self._survey = self.client.ask(Show(0, self._options, most=SURVEYED), urgent=True)

    def ask(self) -> None:
        """Ask for the present sample."""
        if self._options is None:
            return
        if self._task:
            self.client.forget(self._task)
        question = Show(0, self._options, None, PART, self.number, 1, whole=False)
        self._task = self.client.ask(question, urgent=True)

    def step(self, by: int) -> None:
        """The next sample, or the one before."""
        self.number = (self.number + by) % self.count if self.count else max(self.number + by, 0)
        self.ask()

    def jump(self) -> None:
        """Any sample."""
        self.number = self._random.randrange(self.count) if self.count else 0
        self.ask()

    def _hear(self, answer: object) -> None:
        if isinstance(answer, Shown) and answer.task == self._survey != 0:
            self._survey = 0
            self.surveyed.emit(answer)
        elif isinstance(answer, Shown) and answer.task == self._task != 0:
            self._task = 0
            self.count = answer.counts[PART]
            if len(answer.samples.rows):
                self.number = int(answer.samples.rows[0])
                self.found.emit(answer)

    def _hear_refusal(self, refused: Refused) -> None:
        if refused.task == self._task:
            self._task = 0
