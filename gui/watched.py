"""Right and wrong answers of the present run, counted by the engine while somebody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import proxy

from PySide6.QtCore import QObject, Signal

from engine.protocol import Cell, Event, Predictions, Ready, Results, Watch

if TYPE_CHECKING:
    from gui.run import Run


class Watched(QObject):
    """Keeps the newest results, and tells the engine whether they are wanted."""

    changed = Signal()  # the results are other ones, or gone

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self._run = proxy(run)  # a circle might be broken by another thread, where no timer may die
        self.results: Results | None = None
        self.is_watched = False
        self.cell: Cell | None = None  # whose samples are wanted; None: the surest mistakes
        run.client.received.connect(self._hear)
        run.predicted.connect(self._predicted)

    def watch(self, is_watched: bool) -> None:
        """Somebody looks now, or no longer."""
        if is_watched != self.is_watched:
            self.is_watched = is_watched
            self._tell()

    def choose(self, cell: Cell | None) -> None:
        """Want samples with a true class that were named as a class, or the surest mistakes."""
        if cell != self.cell:
            self.cell = cell
            if self.is_watched:
                self._tell()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Ready) and self.is_watched:
            self._tell()  # a new engine does not know yet who looks
        elif isinstance(event, Results) and event.run == self._run.number != 0:
            self.results = event
            self.changed.emit()

    def _predicted(self, predictions: Predictions | None) -> None:
        if predictions is None:  # the run is given up, and the classes may become others
            self.choose(None)
            self.results = None
            self.changed.emit()

    def _tell(self) -> None:
        if self._run.client.is_alive:
            self._run.client.send(Watch(self.is_watched, self.cell))
