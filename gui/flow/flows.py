"""What flows through the boxes for one sample: asked anew when the drawing or the weights change.

A network that is trained is asked in the engine process, a few times a second at most; one that is
not, or is drawn differently by now, in the data process, which answers with the first weights. One
question is on its way at a time; an answer to an older drawing is dropped. Nothing is asked while
nobody could see it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data_protocol import Refused, Trace, Traced
from engine.layers.data import Data
from engine.protocol import Glanced, Passage
from engine.spec.codec import to_json
from engine.spec.document import Document
from gui.data_client import DataClient
from gui.run import PREPARING, Run
from gui.store import DocumentStore

MOMENT_MS = 80  # after an edit, so that a number that is being turned asks once
LEAST_MS = 350  # between two looks at a network in training
BOX_MS = 5  # the same, for each box that is painted anew
SHARE = 100  # a look takes at most one part in so many of the time


class Flows(QObject):
    """Keeps the newest `passage`. `changed` tells of another one, or of none."""

    changed = Signal()

    def __init__(
        self,
        store: DocumentStore,
        run: Run,
        client: DataClient,
        is_seen: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store, self.run, self.client, self.is_seen = store, run, client, is_seen
        self.sample = 0
        self.passage: Passage | None = None
        self.is_trained = False  # whether `passage` is of a run
        self.epoch = 0  # of the run
        self._has_begun = False
        self._known: Hashable = None  # what `passage` belongs to
        self._task = 0  # of the data process; 0: it is asked nothing
        self._asked: Hashable = None  # what the question on its way is about
        self._glanced: Hashable = None  # and about which weights, of a run
        self._was = run.status, run.has_network
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)
        self._looked = 0.0  # when the network in training was asked last,
        self._seconds = 0.0  # and how long it took to answer
        store.changed.connect(self._document_changed)
        run.status_changed.connect(self._status_changed)
        run.trained.connect(self._weights_changed)
        run.predicted.connect(self._weights_changed)  # also where an earlier moment is shown
        run.glanced.connect(self._hear_glance)
        client.answered.connect(self._hear)
        client.refused.connect(self._hear_refusal)

    def begin(self) -> None:
        """Ask from now on: before the window is seen there are more urgent things to be done."""
        self._has_begun = True
        self.ask()

    def step(self, by: int) -> None:
        """Show another sample, in all boxes at once."""
        count = self.passage.count if self.passage is not None else 0
        self.sample = (self.sample + by) % count if count else max(self.sample + by, 0)
        self._known = None
        self.ask()

    def wake(self) -> None:
        """It may be seen now, or wanted: ask what is not known."""
        if not self._timer.isActive():
            self._timer.start(MOMENT_MS)

    def ask(self) -> None:
        """Ask what the network makes of the sample, unless that is known or on its way."""
        if not self._has_begun or not self.is_seen():
            return
        if self.run.has_network:
            self._ask_run()
        elif self.run.status != PREPARING or not self.run.fits:
            self._ask_first()

    def _ask_run(self) -> None:
        about = self._about_run()
        if about != self._known and self._asked != ("run", self.run.number):
            self._asked, self._glanced = ("run", self.run.number), about
            self._looked = time.monotonic()
            self.run.glance(self.sample)

    def _about_run(self) -> Hashable:
        run = self.run
        return "run", run.number, run.epoch, run.batch, self.sample

    def _ask_first(self) -> None:
        about = ("first", drawn(self.store.document), self.sample)
        if about in (self._known, self._asked):
            return
        if self._task:
            self.client.forget(self._task)
            self._task = 0
        if not any(node.kind == Data.kind for node in self.store.document.network.nodes):
            self._asked, self._known = None, about
            self._show(None)
            return
        self._asked = about
        question = Trace(0, to_json(self.store.document), self.sample)
        self._task = self.client.ask(question, urgent=True)

    # what changes

    def _document_changed(self, old: Document, new: Document) -> None:
        if drawn(old) != drawn(new):
            self._timer.start(MOMENT_MS)

    def _status_changed(self) -> None:
        state = self.run.status, self.run.has_network
        if state != self._was:
            self._was = state
            self._asked = None  # who was asked may be gone
            self._timer.start(0)

    def _weights_changed(self) -> None:
        """Look at a network in training again, after a while."""
        if not self._timer.isActive() and self._asked is None:
            passed = 1000 * (time.monotonic() - self._looked)
            self._timer.start(max(0, round(self._pause() - passed)))

    def _pause(self) -> float:
        boxes = len(self.passage.flows) if self.passage is not None else 0
        return max(LEAST_MS, BOX_MS * boxes, 1000 * SHARE * self._seconds)

    # answers

    def _hear_glance(self, event: Glanced) -> None:
        self._asked, self._seconds = None, event.seconds
        if event.run != self.run.number or not self.run.has_network:
            return
        self._known, self.epoch = self._glanced, event.epoch
        self._show(event.passage, is_trained=True)
        count = event.passage.count
        if count and event.passage.sample != self.sample % count:  # another one was chosen since
            self.ask()
        elif self._known != self._about_run():  # the weights changed since, or others are shown
            self._weights_changed()

    def _hear(self, answer: object) -> None:
        if isinstance(answer, Traced) and answer.task == self._task != 0:
            self._known, self._asked, self._task = self._asked, None, 0
            if not self.run.has_network:
                self._show(answer.passage if answer.passage.count else None)

    def _hear_refusal(self, refused: Refused) -> None:
        if refused.task == self._task != 0:
            self._known, self._asked, self._task = self._asked, None, 0
            self._show(None)

    def _show(self, passage: Passage | None, is_trained: bool = False) -> None:
        self.passage, self.is_trained = passage, is_trained
        self.changed.emit()


def drawn(document: Document) -> Hashable:
    """What the first passage depends on: not where boxes stand, nor how training goes on."""
    nodes = tuple((node.id, node.kind, node.options) for node in document.network.nodes)
    return nodes, document.network.edges, document.training.seed
