"""The present run, as all panels see it: its status, its history, and the buttons' meaning.

It turns the engine's events into a small state machine, so that a panel only asks what is so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from engine import protocol
from engine.protocol import BATCH, END, EPOCH, NOWHERE, Event, Predictions, Prepared
from engine.spec import edits
from engine.spec.codec import to_json
from engine.spec.document import Document
from engine.spec.files import Saved
from engine.spec.history import History
from gui.engine_client import EngineClient
from gui.looking_back import LookingBack
from gui.moments import Moment, Moments
from gui.past import past_of
from gui.same_run import is_same, remembered
from gui.store import DocumentStore
from gui.watched import Watched
from gui.words import tr

# the states a run can be in
EMPTY, PREPARING, RUNNING = "empty", "preparing", "running"
PAUSED, FINISHED, FAILED = "paused", "finished", "failed"
MOST_EPOCHS = 100_000  # as TrainingOptions allows


class Run(QObject):
    """One run at a time. Panels listen to the signals and read the attributes."""

    status_changed = Signal()  # status, position, engine state or message
    points_added = Signal()  # the history grew, or its end became known
    trained = Signal()  # the weights changed
    history_replaced = Signal()  # the history is another one: draw it anew
    held_changed = Signal()  # the window holds newer weights
    parting = Signal(object, object, object)  # a run is given up: Document, History, Moment or None
    predicted = Signal(object)  # Predictions, or None when they are gone
    glanced = Signal(object)  # Glanced

    def __init__(
        self, store: DocumentStore, client: EngineClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.client = store, client
        self.status, self.number = EMPTY, 0
        self.history = History()
        self.prepared: Prepared | None = None
        self.predictions: Predictions | None = None
        self.failure: protocol.Failed | None = None
        self.cause: protocol.Cause | None = None  # of a run that diverged
        # "waiting", "starting", "reading", "compiling", "ready", "gone"
        self.engine_state = "waiting" if client.waits else "starting"
        self.compiled = (0, 0)  # kernels done, of how many
        self.loaded = (0, 1)  # of the data that are being read
        self.epoch = self.batch = 0  # epochs done; batches of the present epoch done
        self.samples_per_second = 0.0
        self.pace = 0.0  # batches a second at most; 0: as fast as it goes
        self.moments = Moments()
        self.held: Moment | None = None  # the newest weights the window holds
        self.past, self.watched = LookingBack(self), Watched(self)
        self.document: Document | None = None  # what the run trains
        self._is_same = remembered(is_same)
        self._epochs_at_start = 0  # as many are added when a completed run is played again
        self._held_is_now = False
        self._waiting: list[Callable[[], object]] = []  # what waits for the present weights
        client.started.connect(self._engine_started)
        client.received.connect(self.handle)
        client.died.connect(self._engine_died)
        store.changed.connect(self._document_changed)

    # what the buttons do

    def play(self) -> None:
        """Start a run, go on with the one that waits, or train a completed one as long again."""
        self._lengthen(self._epochs_at_start)
        self._go(END)

    def _lengthen(self, by: int) -> None:
        """Ask for more epochs if all are done, so that no button throws trained weights away."""
        if self.is_complete and self.can_play:
            before = self.store.document.training
            longer = replace(before, epochs=min(self.epoch + by, MOST_EPOCHS))
            self.store.edit(tr("edit.more_epochs"), lambda d: edits.set_training(d, longer))

    @property
    def is_complete(self) -> bool:
        """Whether all epochs asked for are trained, for the network on the canvas."""
        done = self.history.reason == protocol.COMPLETED
        return self.status == FINISHED and self.fits and done and not self._unfinished()

    def one_batch(self) -> None:
        """Train one batch, then wait."""
        self._lengthen(1)
        self._go(BATCH)

    def one_epoch(self) -> None:
        """Train to the end of the present epoch, then wait."""
        self._lengthen(1)
        self._go(EPOCH)

    def pause(self) -> None:
        """Wait after the present batch."""
        if self.status in (RUNNING, PREPARING):
            self.client.send(protocol.Pause(self.number))

    def stop(self) -> None:
        """End the run; the weights are kept."""
        self.past.leave()
        if self.status in (RUNNING, PAUSED, PREPARING):
            self.client.send(protocol.Stop(self.number))

    def set_pace(self, batches_per_second: float) -> None:
        """Train so many batches a second at most, to be watched; 0 is as fast as it goes."""
        if batches_per_second != self.pace:
            self.pace = batches_per_second
            if self.client.is_alive:
                self.client.send(protocol.SetPace(self.pace))
            self.status_changed.emit()

    def reset(self) -> None:
        """Go back to the initial weights of the same seed, and wait there."""
        self._clear()
        if self.can_play:
            self._start(None, NOWHERE)

    @property
    def can_play(self) -> bool:
        """Whether the drawing can be trained."""
        return not self.store.analysis.errors and self.client.is_alive

    @property
    def is_busy(self) -> bool:
        """Whether the engine computes for this run now."""
        return self.status in (PREPARING, RUNNING)

    @property
    def has_result(self) -> bool:
        """Whether there are trained weights that can be saved or gone on with."""
        return self.held is not None or self.status in (RUNNING, PAUSED, FINISHED)

    @property
    def fits(self) -> bool:
        """Whether the run's network is the one on the canvas: otherwise it cannot go on."""
        return self.document is not None and self._is_same(self.document, self.store.document)

    @property
    def has_network(self) -> bool:
        """Whether the engine holds the network on the canvas with weights of a run."""
        return self.status in (RUNNING, PAUSED, FINISHED) and self.fits

    def glance(self, sample: int) -> None:
        """Ask what that network makes of a training sample; `glanced` tells."""
        self.client.send(protocol.Glance(self.number, sample))

    def _go(self, until: str) -> None:
        if not self.can_play or self.is_busy or self.is_complete:
            return
        if self.fits:
            self.past.go_on()
        if self.status == PAUSED and self.fits:
            self.status = RUNNING
            self.client.send(protocol.Resume(self.number, until))
            self.status_changed.emit()
        elif self.held is not None and self.fits and self.status != FINISHED:
            self._start(self.held, until)
        elif self.status == FINISHED and self.fits and self._unfinished():
            self.status = RUNNING
            self.history.reason = ""
            self.client.send(protocol.Resume(self.number, until))
            self.status_changed.emit()
        else:
            self._clear()
            self._start(None, until)

    def _unfinished(self) -> bool:
        """A stopped run, or one whose number of epochs was raised, can go on."""
        return self.history.reason != protocol.DIVERGED and (
            self.epoch < self.store.document.training.epochs
        )

    def _start(self, state: Moment | None, until: str) -> None:
        self.number += 1
        self.document = self.store.document
        self._epochs_at_start = self.document.training.epochs
        if state is not None:
            steps, self.epoch = state.steps, state.epochs
            self.batch = max(steps - self.epoch * self.history.batches, 0)
            self.history.cut(steps, self.epoch)
            self.history_replaced.emit()
        self.status = PREPARING
        self.failure = self.cause = None
        weights = state.state if state is not None else None
        self.client.send(protocol.Start(self.number, to_json(self.document), weights, until))
        self.status_changed.emit()

    def part(self) -> None:
        """Say that the run as it is now is given up for another one."""
        if self.document is not None and self.history.count:
            self.parting.emit(self.document, self.history, self.held)

    def _clear(self) -> None:
        self.settle()
        self.part()
        if self.is_busy or self.status == PAUSED:
            self.client.send(protocol.Stop(self.number))
        self.number += 1  # what still arrives of the old run is yesterday's news
        self.status, self.epoch, self.batch = EMPTY, 0, 0
        self.history = History()
        self.prepared = self.predictions = self.failure = self.cause = None
        self.hold(None)
        self.moments.clear()
        self.past.forget()
        self.document, self.samples_per_second = None, 0.0
        self.history_replaced.emit()
        self.predicted.emit(None)
        self.status_changed.emit()

    # saving and opening

    def stand(self, status: str, moment: Moment) -> None:
        """Be in a state at a moment of the run."""
        self.status, self.epoch = status, moment.epochs
        self.batch = max(moment.steps - moment.epochs * self.history.batches, 0)

    def hold(self, moment: Moment | None, is_now: bool = False) -> None:
        """Keep the newest weights; `is_now` says that the engine has no newer ones."""
        self.held, self._held_is_now = moment, is_now

    def with_state(self, wait_ms: int, then: Callable[[], object]) -> None:
        """Call `then` once the window holds the present weights, at the latest after `wait_ms`."""
        if not self.is_ahead:
            then()
            return

        def once() -> None:
            then()

        def give_up() -> None:
            if once in self._waiting:
                self._waiting.remove(once)
                once()

        self._waiting.append(once)
        self.client.send(protocol.AskState(self.number))
        QTimer.singleShot(wait_ms, self, give_up)

    def settle(self) -> None:
        """Let those who wait for the present weights make do with the newest at hand."""
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    @property
    def is_ahead(self) -> bool:
        """Whether the engine has weights of the network on the canvas that the window has not."""
        return self.has_network and not self._held_is_now and self.past.shown is None

    def saved(self) -> Saved:
        """The document with the newest weights the window holds, to be written to a file."""
        document = self.store.document
        held = self.held
        if held is None or not self.fits:
            return Saved(document, past=past_of(self.store))
        history = History.from_json(self.history.to_json())
        history.cut(held.steps, held.epochs)
        history.reason = self.history.reason
        place = {"place": [held.steps, held.epochs]}
        return Saved(document, held.state, history.to_json() | place, past_of(self.store))

    def open(self, saved: Saved) -> None:
        """Take over the run of a file whose document the store has just opened."""
        self._clear()
        if saved.weights is None:
            return
        self.history = History.from_json(saved.history or {})
        self.epoch = len(self.history.epochs)
        self.hold(Moment(self.history.count, self.epoch, saved.weights), is_now=True)
        self.document = self.store.document
        self.history_replaced.emit()
        self._show_opened()

    def _show_opened(self) -> None:
        """Have the engine load the weights of a file, as soon as there is an engine."""
        if self.status == EMPTY and self.held is not None and self.fits and self.can_play:
            self._start(self.held, NOWHERE)

    @property
    def epoch_held(self) -> int:
        """The epoch of the newest weights that the window holds."""
        return self.held.epochs if self.held is not None else 0

    # what the engine says

    def handle(self, event: Event) -> None:
        """Take note of one event."""
        if isinstance(event, protocol.Warming):
            self.compiled = (event.done, event.total)
            self.engine_state = "ready" if event.done >= event.total else "compiling"
        elif isinstance(event, protocol.Loading):
            self.loaded = (event.done, event.total)
            self.engine_state = "ready" if event.done >= event.total else "reading"
        else:
            self.engine_state = "ready"  # a compilation that was broken off ends with other news
            if isinstance(event, protocol.Ready):
                if self.pace:
                    self.client.send(protocol.SetPace(self.pace))
                self._show_opened()
            elif event.run == self.number != 0:
                self._handle_run(event)
        self.status_changed.emit()

    def _handle_run(self, event: Event) -> None:
        match event:
            case protocol.Prepared():
                self.prepared = event
                self.history.batches = event.batches
                self.epoch, self.batch = event.epoch, event.batch
                self.status = RUNNING
                self.follow_training()
            case protocol.Progress():
                self.history.add_points({k: v.tolist() for k, v in event.points.items()})
                self.epoch, self.batch = event.epoch, event.batch
                self.samples_per_second = event.samples_per_second
                self._held_is_now = False
                self.trained.emit()
                self.points_added.emit()
            case protocol.EpochEnded():
                self.history.epochs.append(dict(event.record))
                self.epoch, self.batch = event.epoch + 1, 0
                self.points_added.emit()
            case protocol.Predictions():
                self.predictions = event
                self.predicted.emit(event)
            case protocol.Glanced():
                self.glanced.emit(event)
            case protocol.Paused():
                self.status = PAUSED
                self.epoch, self.batch = event.epoch, event.batch
                self.past.begin()
            case protocol.Finished() if self.status == PREPARING:
                self.status = EMPTY  # stopped before there was anything to go on with
            case protocol.Finished():
                self.status = FINISHED
                self.history.reason, self.cause = event.reason, event.cause
                self.epoch, self.batch = event.epoch, event.batch
                self.points_added.emit()
                self.past.begin()
            case protocol.State():
                moment = Moment(event.steps, event.epochs, event.state)
                self.moments.add(moment)
                self.hold(moment, event.asked)
                self.held_changed.emit()
                if event.asked:
                    self.settle()
            case protocol.Failed():
                self.status, self.failure = FAILED, event
                self.past.forget()
                self.settle()
            case protocol.Ready() | protocol.Warming() | protocol.Loading() | protocol.Results():
                pass  # about the engine, or heard by `watched`

    def _engine_started(self) -> None:
        self.engine_state = "starting"
        self.status_changed.emit()

    def _engine_died(self, code: int) -> None:
        self.engine_state = "gone"
        self.past.forget()
        if self.status in (RUNNING, PAUSED, PREPARING, FINISHED):
            self.status = FAILED
            self.failure = protocol.Failed(self.number, "engine_died", {"code": code})
            self._held_is_now = self.held is not None
        self.settle()
        self.status_changed.emit()

    def _document_changed(self, old: Document, new: Document) -> None:
        self.follow_training()
        self.status_changed.emit()

    def follow_training(self) -> None:
        """Tell the engine once of options that it does not know, and mark where they changed."""
        # while an earlier moment is shown, it is not known yet from which one on they hold
        is_due = self.status in (RUNNING, PAUSED, FINISHED) and self.past.shown is None
        if self.document is None or not is_due:
            return
        wanted = self.store.document.training
        if wanted != self.document.training and self.fits:
            if self.history.count:
                self.history.mark(self.document.training, wanted)
                self.points_added.emit()
            self.document = replace(self.document, training=wanted)
            self.client.send(protocol.SetTraining(self.number, wanted))
