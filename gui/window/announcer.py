"""Tells those who do not see the window what happens in it, at a rate that can be listened to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from engine.spec.document import Document
from engine.spec.problems import Problem
from gui.announcing import announce
from gui.spoken import edit_text, epoch_text, problems_text, run_text

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

APART_MS = 6000  # between two epochs that are told
REST_MS = 400  # an edit is told when no other follows for so long: numbers are typed digit by digit


class Announcer(QObject):
    """Listens to the drawing and the run of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.store, self.run = window, window.store, window.run
        self._problems = self._found()
        self._told_status, self._told_epochs = self.run.status, 0
        self.rest, self.pause = QTimer(self), QTimer(self)
        for timer, wait, call in (
            (self.rest, REST_MS, self._tell_problems),
            (self.pause, APART_MS, self._tell_epoch),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(call)
        self.store.changed.connect(self._edited)
        self.store.replaced.connect(self._opened)
        self.run.status_changed.connect(self._run_changed)
        self.run.points_added.connect(self._tell_epoch)

    def _edited(self, old: Document, new: Document) -> None:
        if old.network != new.network:
            announce(self.window, edit_text(old, new))
            self.rest.start()

    def _opened(self) -> None:
        """Another document is nothing that was repaired."""
        self.rest.stop()
        self._problems = ()
        self._tell_problems()

    def _found(self) -> tuple[Problem, ...]:
        """The problems; nothing has been done wrong on an empty paper."""
        return self.store.analysis.problems if self.store.document.network.nodes else ()

    def _tell_problems(self) -> None:
        before, after = self._problems, self._found()
        self._problems = after
        announce(self.window, *problems_text(self.store.document, before, after))

    def _run_changed(self) -> None:
        if self.run.status != self._told_status:
            self._told_status = self.run.status
            announce(self.window, run_text(self.run))
            self._told_epochs = len(self.run.history.epochs)

    def _tell_epoch(self) -> None:
        epochs = len(self.run.history.epochs)
        if epochs < self._told_epochs:  # another run
            self._told_epochs = 0
        if epochs > self._told_epochs and not self.pause.isActive():
            self._told_epochs = epochs
            announce(self.window, epoch_text(self.run))
            self.pause.start()
