"""The runs of the document that are over: filed when a run is given up for another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from engine.spec.document import Document
from engine.spec.history import History
from engine.spec.runs import LONGEST, Record, bounded
from gui.moments import Moment
from gui.run import PREPARING, Run

MOST_STEPS = 100_000  # batches whose values are kept one by one


class RunsBook(QObject):
    """`records` are in the order of the runs; the curves of those in `overlaid` are drawn too."""

    changed = Signal()
    overlaid_changed = Signal()

    def __init__(self, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.records: tuple[Record, ...] = ()
        self.overlaid: frozenset[int] = frozenset()
        self._began = ""  # of the present run
        run.parting.connect(self._file)
        run.status_changed.connect(self._note_beginning)

    def open(self, records: tuple[Record, ...]) -> None:
        """Take over the runs of a document that was opened."""
        self._began = ""
        self._show(records, frozenset())

    @property
    def next_number(self) -> int:
        """The number of the present run."""
        return max((record.number for record in self.records), default=0) + 1

    def record(self, number: int) -> Record | None:
        """The run with a number, if it is here."""
        return next((record for record in self.records if record.number == number), None)

    def present(self) -> Record | None:
        """The run that goes on or waits, as it is now; None before the first batch."""
        run = self.run
        if not run.history.count and not run.history.epochs:
            return None
        document = run.document if run.document is not None else run.store.document
        return Record(self.next_number, document, run.history.to_json(), self._began)

    def remove(self, number: int) -> Callable[[], object]:
        """Forget a run; returns what brings it back."""
        overlaid = self.overlaid & {number}
        gone = [record for record in self.records if record.number == number]
        self._show(tuple(r for r in self.records if r.number != number), self.overlaid - overlaid)

        def bring_back() -> None:
            if gone:
                back = gone.pop()
                if self.record(number) is not None:  # the next run was given its number
                    back = replace(back, number=self.next_number)
                both = sorted((*self.records, back), key=lambda record: record.number)
                shown = {back.number} if overlaid else set()
                self._show(tuple(both), self.overlaid | shown)

        return bring_back

    def star(self, number: int) -> None:
        """Give a run a star, or take it away: its weights are kept longer."""
        self._change(number, lambda record: replace(record, is_starred=not record.is_starred))

    def write_note(self, number: int, note: str) -> None:
        """Say something about a run."""
        self._change(number, lambda record: replace(record, note=note.strip()[:LONGEST]))

    def overlay(self, number: int, is_on: bool) -> None:
        """Draw the curves of a run beside the present ones, or no longer."""
        after = self.overlaid | {number} if is_on else self.overlaid - {number}
        if after != self.overlaid:
            self.overlaid = after
            self.overlaid_changed.emit()

    def _change(self, number: int, change: Callable[[Record], Record]) -> None:
        after = tuple(change(r) if r.number == number else r for r in self.records)
        if after != self.records:
            self._show(after, self.overlaid)

    def _show(self, records: tuple[Record, ...], overlaid: frozenset[int]) -> None:
        was = self.overlaid
        self.records, self.overlaid = bounded(records), overlaid
        self.changed.emit()
        if overlaid != was:
            self.overlaid_changed.emit()

    def _note_beginning(self) -> None:
        if self.run.status == PREPARING and not self._began:
            self._began = datetime.now().isoformat(timespec="minutes")

    def _file(self, document: Document, history: History, held: Moment | None) -> None:
        """Keep the run that is given up."""
        told = History.from_json(history.to_json()).to_json()  # the run may go on with its own
        if history.count > MOST_STEPS:
            told["steps"] = {}  # the epochs tell the course
        if held is not None:
            told |= {"place": [held.steps, held.epochs]}
        weights = held.state if held is not None else None
        record = Record(self.next_number, document, told, self._began, weights=weights)
        self._began = ""
        self._show((*self.records, record), self.overlaid)
