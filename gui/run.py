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
from engine.spec.document import Document, Network, Node, Options
from engine.spec.files import Saved
from engine.spec.history import History
from engine.spec.sources import with_sources
from engine.spec.training import LIVE, TrainingOptions
from gui.engine_client import EngineClient
from gui.past import past_of
from gui.store import DocumentStore
from gui.words import tr

# the states a run can be in
EMPTY, PREPARING, RUNNING, PAUSED, FINISHED, FAILED = (
    "empty",
    "preparing",
    "running",
    "paused",
    "finished",
    "failed",
)
MOST_EPOCHS = 100_000  # as TrainingOptions allows


class Run(QObject):
    """One run at a time. Panels listen to the signals and read the attributes."""

    status_changed = Signal()  # status, position, engine state or message
    points_added = Signal()  # the history grew, or its end became known
    trained = Signal()  # the weights changed
    history_replaced = Signal()  # the history is another one: draw it anew
    held_changed = Signal()  # the window holds newer weights
    predicted = Signal(object)  # Predictions, or None when they are gone
    glanced = Signal(object)  # Glanced

    def __init__(
        self, store: DocumentStore, client: EngineClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.store, self.client = store, client
        self.status = EMPTY
        self.number = 0
        self.history = History()
        self.prepared: Prepared | None = None
        self.predictions: Predictions | None = None
        self.failure: protocol.Failed | None = None
        self.cause: protocol.Cause | None = None  # of a run that diverged
        # "waiting", "starting", "reading", "compiling", "ready", "gone"
        self.engine_state = "waiting" if client.waits else "starting"
        self.compiled = (0, 0)  # kernels done, of how many
        self.loaded = (0, 1)  # of the data that are being read
        self.epoch = 0  # epochs done
        self.batch = 0  # batches of the present epoch done
        self.samples_per_second = 0.0
        self.pace = 0.0  # batches a second at most; 0: as fast as it goes
        self._document: Document | None = None  # what the run trains
        self._epochs_at_start = 0  # as many are added when a completed run is played again
        self._state: bytes | None = None  # the newest weights the window holds
        self._state_place = (0, 0)  # (steps, epochs) at which they were taken
        self._state_is_now = False
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
        return self._state is not None or self.status in (RUNNING, PAUSED, FINISHED)

    @property
    def fits(self) -> bool:
        """Whether the run's network is the one on the canvas: otherwise it cannot go on."""
        return self._document is not None and _same(self._document, self.store.document)

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
        if self.status == PAUSED and self.fits:
            self.status = RUNNING
            self.client.send(protocol.Resume(self.number, until))
            self.status_changed.emit()
        elif self._state is not None and self.fits and self.status != FINISHED:
            self._start(self._state, until)
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

    def _start(self, state: bytes | None, until: str) -> None:
        self.number += 1
        self._document = self.store.document
        self._epochs_at_start = self._document.training.epochs
        if state is not None:
            steps, self.epoch = self._state_place
            self.batch = max(steps - self.epoch * self.history.batches, 0)
            self.history.cut(steps, self.epoch)
            self.history_replaced.emit()
        self.status = PREPARING
        self.failure = self.cause = None
        self.client.send(protocol.Start(self.number, to_json(self._document), state, until))
        self.status_changed.emit()

    def _clear(self) -> None:
        self.settle()
        if self.is_busy or self.status == PAUSED:
            self.client.send(protocol.Stop(self.number))
        self.number += 1  # what still arrives of the old run is yesterday's news
        self.status, self.epoch, self.batch = EMPTY, 0, 0
        self.history = History()
        self.prepared = self.predictions = self.failure = self.cause = None
        self._state, self._state_is_now = None, False
        self._document = None
        self.samples_per_second = 0.0
        self.history_replaced.emit()
        self.predicted.emit(None)
        self.status_changed.emit()

    # saving and opening

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
        return self.has_network and not self._state_is_now

    def saved(self) -> Saved:
        """The document with the newest weights the window holds, to be written to a file."""
        document = self.store.document
        if self._state is None or not self.fits:
            return Saved(document, past=past_of(self.store))
        history = History.from_json(self.history.to_json())
        history.cut(*self._state_place)
        history.reason = self.history.reason
        place = {"place": list(self._state_place)}
        return Saved(document, self._state, history.to_json() | place, past_of(self.store))

    def open(self, saved: Saved) -> None:
        """Take over the run of a file whose document the store has just opened."""
        self._clear()
        if saved.weights is None:
            return
        self.history = History.from_json(saved.history or {})
        self._state, self._state_is_now = saved.weights, True
        self._state_place = (self.history.count, len(self.history.epochs))
        self._document = self.store.document
        self.epoch = self._state_place[1]
        self.history_replaced.emit()
        self._show_opened()

    def _show_opened(self) -> None:
        """Have the engine load the weights of a file, as soon as there is an engine."""
        if self.status == EMPTY and self._state is not None and self.fits and self.can_play:
            self._start(self._state, NOWHERE)

    @property
    def epoch_held(self) -> int:
        """The epoch of the newest weights that the window holds."""
        return self._state_place[1] if self._state is not None else 0

    def continue_after_death(self) -> None:
        """Go on from the last weights the window holds, in a new engine process.

        If the drawing has become another one since, it is trained anew.
        """
        self._go(END)

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
                self._follow_training()
            case protocol.Progress():
                self.history.add_points({k: v.tolist() for k, v in event.points.items()})
                self.epoch, self.batch = event.epoch, event.batch
                self.samples_per_second = event.samples_per_second
                self._state_is_now = False
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
            case protocol.Finished() if self.status == PREPARING:
                self.status = EMPTY  # stopped before there was anything to go on with
            case protocol.Finished():
                self.status = FINISHED
                self.history.reason, self.cause = event.reason, event.cause
                self.epoch, self.batch = event.epoch, event.batch
                self.points_added.emit()
            case protocol.State():
                self._state, self._state_place = event.state, (event.steps, event.epochs)
                self._state_is_now = event.asked
                self.held_changed.emit()
                if event.asked:
                    self.settle()
            case protocol.Failed():
                self.status, self.failure = FAILED, event
                self.settle()
            case protocol.Ready() | protocol.Warming() | protocol.Loading():
                pass  # about the engine, not the run

    def _engine_started(self) -> None:
        self.engine_state = "starting"
        self.status_changed.emit()

    def _engine_died(self, code: int) -> None:
        self.engine_state = "gone"
        if self.status in (RUNNING, PAUSED, PREPARING, FINISHED):
            self.status = FAILED
            self.failure = protocol.Failed(self.number, "engine_died", {"code": code})
            self._state_is_now = self._state is not None
        self.settle()
        self.status_changed.emit()

    def _document_changed(self, old: Document, new: Document) -> None:
        self._follow_training()
        self.status_changed.emit()

    def _follow_training(self) -> None:
        """Tell the engine once of options that it does not know, and mark where they changed."""
        if self._document is None or self.status not in (RUNNING, PAUSED, FINISHED):
            return
        wanted = self.store.document.training
        if wanted != self._document.training and self.fits:
            if self.history.count:
                self.history.mark(self._document.training, wanted)
                self.points_added.emit()
            self._document = replace(self._document, training=wanted)
            self.client.send(protocol.SetTraining(self.number, wanted))


def _same(trained: Document, drawn: Document) -> bool:
    """Whether a run of `trained` can go on as a run of `drawn`: places and live options aside."""
    return _essence(trained) == _essence(drawn)


def _essence(document: Document) -> tuple[Network, TrainingOptions]:
    # data that lie elsewhere now are still the same
    network = with_sources(document, lambda s: replace(s, path="/", embedded=False)).network
    nodes = tuple(Node(n.id, n.kind, Options(n.options)) for n in network.nodes)
    default = TrainingOptions()
    live = {name: getattr(default, name) for name in LIVE}
    return Network(nodes, network.edges), replace(document.training, **live)
