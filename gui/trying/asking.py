"""Asks what the network makes of one's own sample: one question at a time, the latest wins.

A network of a run is asked in the engine process, and again while it learns; one that is not
trained yet in the data process. Nothing is asked while nobody could see the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data_protocol import FirstReply, Refused, TryFirst
from engine.protocol import Event, Own, Reply, Tried, Try
from engine.spec.codec import to_json
from engine.spec.document import Document
from gui.data_client import DataClient
from gui.run import PREPARING, Run
from gui.store import DocumentStore

LEAST_MS = 200  # between two looks at a network in training
MOMENT_MS = 80  # after an edit


class Asking(QObject):
    """`replied` brings the newest answer; None where there is none."""

    replied = Signal(object)  # Reply or None

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
        self.own: Own | None = None
        self.wants_flows = False
        self.reply: Reply | None = None
        self.is_trained = False  # whether the reply is of a run,
        self.epoch = 0  # and after how many epochs
        self._is_due = False
        self._number = 0  # of the question that the engine works on; 0: none
        self._count = 0
        self._task = 0  # of the data process; 0: none
        self._was: Hashable = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask_again)
        store.changed.connect(self._document_changed)
        run.status_changed.connect(self._status_changed)
        run.trained.connect(self._weights_changed)
        run.predicted.connect(self._weights_changed)  # also where an earlier moment is shown
        run.client.received.connect(self._hear_engine)
        client.answered.connect(self._hear)
        client.refused.connect(self._hear_refusal)

    def ask(self, own: Own | None) -> None:
        """Ask about another sample; None: nothing is given any more."""
        self.own = own
        if own is None:
            self._is_due = False
            self._show(None)
        else:
            self.wake()

    def wake(self) -> None:
        """It may be seen now: ask what is not known."""
        self._is_due = self.own is not None
        self._go_on()

    def _go_on(self) -> None:
        if not self._is_due or self._number or self._task or not self.is_seen():
            return
        assert self.own is not None
        if self.run.has_network:
            self._is_due = False
            self._count += 1
            self._number = self._count
            self.run.client.send(Try(self.run.number, self._number, self.own, self.wants_flows))
        elif self.run.status != PREPARING or not self.run.fits:
            self._is_due = False
            document = to_json(self.store.document)
            question = TryFirst(0, document, self.own, self.wants_flows)
            self._task = self.client.ask(question, urgent=True)

    def _ask_again(self) -> None:
        if self.own is not None:
            self.wake()

    # what changes

    def _document_changed(self, old: Document, new: Document) -> None:
        if old.network != new.network or old.training.seed != new.training.seed:
            self._timer.start(MOMENT_MS)

    def _status_changed(self) -> None:
        state = self.run.status, self.run.has_network, self.run.number
        if state != self._was:
            self._was = state
            self._number = 0  # who was asked may be gone
            self._timer.start(0)

    def _weights_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start(LEAST_MS)

    # answers

    def _hear_engine(self, event: Event) -> None:
        if isinstance(event, Tried) and event.number == self._number:
            self._number = 0
            if event.run == self.run.number and self.own is not None:
                self._show(event.reply, event.epoch, is_trained=True)
            self._go_on()

    def _hear(self, answer: object) -> None:
        if isinstance(answer, FirstReply) and answer.task == self._task != 0:
            self._task = 0
            if not self.run.has_network and self.own is not None:
                self._show(answer.reply)
            self._go_on()

    def _hear_refusal(self, refused: Refused) -> None:
        if refused.task == self._task != 0:
            self._task = 0
            self._show(None)
            self._go_on()

    def _show(self, reply: Reply | None, epoch: int = 0, is_trained: bool = False) -> None:
        self.reply, self.epoch, self.is_trained = reply, epoch, is_trained
        self.replied.emit(reply)
