"""What classical methods reach on the data of a box, asked once and kept while the box stays."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.data_protocol import Answer, Compare, Compared, MethodScores, Refused, Working
from engine.spec.document import Options
from gui.data_client import DataClient
from gui.run import Run

PARTS = ("training", "validation")
Scores = dict[str, dict[str, float]]  # by part, by figure


class Comparison(QObject):
    """One comparison at a time. `changed` tells of any news."""

    changed = Signal()

    def __init__(self, client: DataClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.client = client
        self.task = self.done = self.total = 0
        self.refused: Refused | None = None
        self._asked: Options | None = None  # the box that is being asked about
        self._answers: dict[Options, tuple[MethodScores, ...]] = {}
        client.answered.connect(self._hear)
        client.refused.connect(self._hear_refusal)
        client.working.connect(self._hear_progress)

    def rows(self, box: Options) -> tuple[MethodScores, ...]:
        """What is known about a box with these options."""
        return self._answers.get(box, ())

    def is_about(self, box: Options) -> bool:
        """Whether the comparison under way, or its refusal, is about such a box."""
        return self._asked == box

    def begin(self, box: Options) -> None:
        """Ask for the scores of all methods."""
        self.cancel()
        self._asked, self.refused, self.done, self.total = box, None, 0, 0
        self.task = self.client.ask(Compare(0, box))
        self.changed.emit()

    def cancel(self) -> None:
        """Give up the comparison under way."""
        if self.task:
            self.client.cancel(self.task)
            self.task, self._asked = 0, None
            self.changed.emit()

    def _hear(self, answer: Answer) -> None:
        if isinstance(answer, Compared) and answer.task == self.task != 0:
            assert self._asked is not None
            self._answers = {self._asked: answer.rows}
            self.task = 0
            self.changed.emit()

    def _hear_refusal(self, refused: Refused) -> None:
        if refused.task == self.task != 0:
            self.task, self.refused = 0, refused
            self.changed.emit()

    def _hear_progress(self, working: Working) -> None:
        if working.task == self.task != 0:
            self.done, self.total = working.done, working.total
            self.changed.emit()


def scores_of(run: Run) -> Scores:
    """What the network on the canvas reached last, by part; empty where it was not trained."""
    if not run.fits or not run.history.epochs:
        return {}
    last = run.history.epochs[-1]
    validation = {
        name.removeprefix("validation_"): value
        for name, value in last.items()
        if name.startswith("validation_")
    }
    training = {name: value for name, value in last.items() if not name.startswith("validation_")}
    return dict(zip(PARTS, (training, validation), strict=True))
