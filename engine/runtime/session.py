"""The engine process's life: obey commands between batches, and tell the window what happens."""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import traceback
from collections.abc import Generator, Iterator
from importlib.metadata import version
from multiprocessing.connection import Connection
from typing import Any, assert_never

import numpy as np

from engine import protocol
from engine.data.own.refusal import Refusal
from engine.kernels import load
from engine.kernels.cpu._cache import folder_in_use, tidy
from engine.protocol import BATCH, EPOCH, NOWHERE, STOPPED, Command, Failed, Quit
from engine.runtime.catalogue import Catalogue
from engine.runtime.checkpoint import StateMismatch, position_of
from engine.runtime.loading import Loading
from engine.runtime.model import Model
from engine.runtime.outbox import PATIENCE, Outbox
from engine.runtime.passage import glance
from engine.runtime.plan import NotReady
from engine.runtime.progress import Progress
from engine.runtime.showing import Showing
from engine.runtime.sources import WrongNumbers
from engine.runtime.team import single_threaded_blas
from engine.runtime.trainer import Trainer, UnequalData
from engine.runtime.trying import tried
from engine.spec.codec import Unreadable, from_json

STATE_SECONDS = 0.1  # between states sent without being asked, at least
STATE_SHARE = 0.02  # of the time may be spent on them
PREVIEW_SECONDS = 0.4  # between predictions sent without being asked

IDLE_SECONDS = 5.0  # without a command, before the examples' kernels are compiled

NO_PLACE = {"epoch": 0, "batch": 0}

RunCommand = (
    protocol.Resume
    | protocol.Pause
    | protocol.Stop
    | protocol.SetTraining
    | protocol.AskState
    | protocol.Visit
    | protocol.AskPredictions
    | protocol.Glance
    | protocol.Try
)

log = logging.getLogger(__name__)


class Session:
    """Holds at most one run. Commands are read by a thread of their own and obeyed in order."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self.pipe = pipe
        self.outbox = Outbox(pipe)
        self.showing = Showing(self.outbox)
        self.commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self.run_number = 0
        self.trainer: Trainer | None = None
        self.until = NOWHERE  # where the present run pauses by itself
        self.pace = 0.0  # batches a second at most; 0: as fast as it goes
        self.work: Iterator[None] | None = None  # what goes on between commands
        self.started: protocol.Start | None = None  # the present run's, if it has not failed
        self.later: list[RunCommand] = []  # what waits until the run is prepared
        self.is_closing = False
        self.catalogue = Catalogue()

    def run(self) -> None:
        """Serve until Quit, or until the window's end of the pipe is gone."""
        threading.Thread(target=self._listen, daemon=True).start()
        versions = {name: version(name) for name in ("numpy", "numba")}
        self.outbox.put(protocol.Ready(0, os.cpu_count() or 1, versions))
        self.work = _wake()
        while not self.is_closing:
            self._obey_waiting()
            if self.work is not None:
                self._work_on()
        self.catalogue.stop()
        self._drop()
        self.outbox.close()

    def _listen(self) -> None:
        try:
            while True:
                self.commands.put(self.pipe.recv())
        except (EOFError, OSError):
            self.commands.put(Quit())

    def _obey_waiting(self) -> None:
        """Obey what has arrived; with nothing else to do, wait for the next command.

        Where nothing has run yet, and nobody asks for anything, the examples are made ready.
        """
        while not self.is_closing:
            is_waiting = self.work is None
            may_prepare = is_waiting and self.started is None and self.catalogue.is_wanted
            try:
                patience = IDLE_SECONDS if may_prepare else None
                command = self.commands.get(block=is_waiting, timeout=patience)
            except queue.Empty:
                if may_prepare:
                    self.catalogue.start()
                return
            self.catalogue.stop()
            try:
                self._obey(command)
            except Exception as error:  # a command must never end the process
                self._fail(error)

    def _work_on(self) -> None:
        assert self.work is not None
        try:
            next(self.work)
        except StopIteration:
            self.work = None
        except Exception as error:
            self.work = None
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        code = "internal"
        numbers: dict[str, object] = {"error": f"{type(error).__name__}: {error}"}
        match error:
            case NotReady():
                code = "not_ready"
            case StateMismatch(what=what):
                code, numbers = "state_mismatch", {"what": what}
            case Unreadable():
                code, numbers = "unreadable", {"what": str(error)}
            case UnequalData():
                code, numbers = "unequal_data", {"what": str(error)}
            case WrongNumbers(name=name, given=given, expected=expected):
                code = "wrong_numbers"
                numbers = {"name": name, "given": given, "expected": expected}
            case Refusal():
                code, numbers = f"refusal.{error.code}", error.numbers
            case MemoryError():
                code = "memory"
        unforeseen = error if code == "internal" else None  # the rest is told in a sentence
        log.error("run %d failed: %s", self.run_number, error, exc_info=unforeseen)
        detail = "".join(traceback.format_exception(error))
        self.outbox.put(Failed(self.run_number, code, dict(numbers), detail))
        self._drop()

    def _drop(self) -> None:
        if self.trainer is not None:
            self.trainer.model.close()
        self.trainer, self.work = None, None
        self.started, self.later = None, []

    # commands

    def _obey(self, command: Command) -> None:
        if isinstance(command, Quit):
            self.is_closing = True
        elif isinstance(command, protocol.Warm):
            if self.started is None:
                self.work = self._warm(command.document)
        elif isinstance(command, protocol.Start):
            self._drop()
            self.run_number, self.until = command.run, command.until
            self.started, self.work = command, self._start(command)
        elif isinstance(command, protocol.SetPace):
            self.pace = command.batches_per_second
        elif isinstance(command, protocol.Watch):
            self.showing.watch(command.is_watched, command.cell)
            if command.is_watched and self.trainer is not None:
                self._send_predictions(self.trainer)
        elif command.run == self.run_number and self.started is not None:
            if self.trainer is not None:
                self._obey_run(command, self.trainer)
            else:
                self._obey_early(command, self.started)

    def _obey_run(self, command: RunCommand, trainer: Trainer) -> None:
        match command:
            case protocol.Pause():
                self.until = NOWHERE
            case protocol.Resume(until=until):
                self.until = until
                trainer.go_on()
                if self.work is None:
                    self.work = self._train(trainer)
            case protocol.Stop():
                trainer.reason = trainer.reason or STOPPED
                if self.work is None:
                    self._finish(trainer)
            case protocol.SetTraining():
                trainer.set_training(command.training)
            case protocol.AskState():
                self._send_state(trainer, asked=True)
            case protocol.Visit(state=state):
                if self.work is None:
                    trainer.restore(state)
                    self._send_predictions(trainer)
            case protocol.AskPredictions():
                self._send_predictions(trainer)
            case protocol.Glance(sample=sample):
                self.outbox.put(glance(trainer, self.run_number, sample))
            case protocol.Try():
                self.outbox.put(tried(trainer, command))
            case _:
                assert_never(command)

    def _obey_early(self, command: RunCommand, started: protocol.Start) -> None:
        """Obey while the run is being prepared, or was stopped before it was."""
        match command:
            case protocol.Pause():
                self.until = NOWHERE
            case protocol.Resume(until=until):
                self.until = until
                if self.work is None:
                    self.work = self._start(started)
            case protocol.Stop():
                self.work = None
                place = position_of(started.state) if started.state is not None else NO_PLACE
                event = protocol.Finished(started.run, STOPPED, place["epoch"], place["batch"])
                self.outbox.put(event)
            case protocol.Visit():
                pass  # there is nothing yet to look back from
            case protocol.SetTraining() | protocol.AskState() | protocol.AskPredictions():
                self.later.append(command)
            case protocol.Glance() | protocol.Try():
                pass  # the window asks again when the run is prepared
            case _:
                assert_never(command)

    # work, one piece between looks at the commands

    def _warm(self, document: str) -> Iterator[None]:
        try:
            model = Model(from_json(document))
        except (NotReady, Unreadable) as error:
            log.info("nothing to warm up: %s", error)
            return
        try:
            trainer = yield from self._load(model, 0)
            yield from self._compile(trainer, 0)
        except (UnequalData, Refusal) as error:
            log.info("nothing to warm up: %s", error)
        finally:
            model.close()

    def _load(self, model: Model, run: int) -> Generator[None, None, Trainer]:
        """Read and prepare the samples of a run."""
        loading, last = Loading(model), (0, 0)
        try:
            for done, total in loading.steps():
                if run and (done, total) != last:
                    last = done, total
                    self.outbox.put(protocol.Loading(run, min(done, total - 1), total))
                yield
        finally:
            if last != (0, 0):
                self.outbox.put(protocol.Loading(run, last[1], last[1]))
        return loading.trainer

    def _compile(self, trainer: Trainer, run: int) -> Iterator[None]:
        done, total = 0, 1
        try:
            for done, total, kernel in trainer.model.compile(trainer.sources["training"]):
                self.outbox.put(protocol.Warming(run, done, total, kernel))
                yield
        finally:
            if done < total:  # broken off
                self.outbox.put(protocol.Warming(run, total, total, ""))

    def _start(self, command: protocol.Start) -> Iterator[None]:
        model = Model(from_json(command.document))
        try:
            trainer = yield from self._load(model, command.run)
            yield from self._compile(trainer, command.run)
            if command.state is not None:
                trainer.restore(command.state)
        except BaseException:
            model.close()
            raise
        self.trainer = trainer
        early, self.later = self.later, []
        for order in early:
            if isinstance(order, protocol.SetTraining):
                self._obey_run(order, trainer)
        self._send_prepared(trainer)
        for order in early:
            if not isinstance(order, protocol.SetTraining):
                self._obey_run(order, trainer)
        self._send_predictions(trainer)
        yield from self._train(trainer)

    def _send_prepared(self, trainer: Trainer) -> None:
        model, place = trainer.model, trainer.position
        self.outbox.put(
            protocol.Prepared(
                self.run_number,
                "cpu",
                model.threads,
                trainer.batches,
                model.training.epochs,
                place.epoch,
                place.batch,
                {name: value.shape for name, value in model.parameters.items()},
                model.output_sizes(),
                {part: trainer.count(part) for part in trainer.sources},
            )
        )

    def _train(self, trainer: Trainer) -> Iterator[None]:
        progress = Progress(self.outbox, self.run_number)
        seen, due = time.perf_counter(), 0.0  # of predictions; of the next state
        if self.until != NOWHERE:
            due = self._send_state(trainer, asked=False)  # where it begins can be gone back to
        begun = 0.0  # when the last batch was begun
        while self.until != NOWHERE and not trainer.is_done and trainer.reason != STOPPED:
            if self.outbox.is_behind() or self._is_early(begun):
                yield
                continue
            begun = time.perf_counter()
            before = trainer.position.samples
            values = trainer.advance()
            progress.add(trainer, values, trainer.position.samples - before)
            self.showing.look(trainer, self.run_number)
            if self.pace and time.perf_counter() - seen > PREVIEW_SECONDS:
                # who watches single batches sees what they do
                self._send_predictions(trainer, asked=False)
                seen = time.perf_counter()
            if self.until == BATCH:
                self.until = NOWHERE
            if trainer.epoch_is_complete and not trainer.reason:
                record = trainer.end_epoch()
                progress.flush(trainer)
                event = protocol.EpochEnded(self.run_number, trainer.position.epoch - 1, record)
                self.outbox.put(event)
                now = time.perf_counter()
                if now - seen > PREVIEW_SECONDS:
                    self._send_predictions(trainer, asked=False)
                    seen = time.perf_counter()
                if now > due:
                    due = self._send_state(trainer, asked=False)
                if self.until == EPOCH:
                    self.until = NOWHERE
            yield
        progress.flush(trainer)
        if trainer.reason or trainer.is_done:
            self._finish(trainer)
        else:
            self._send_state(trainer, asked=False)
            self._send_predictions(trainer)
            place = trainer.position
            self.outbox.put(protocol.Paused(self.run_number, place.epoch, place.batch))

    def _is_early(self, begun: float) -> bool:
        """Whether the next batch has to wait; comes back soon, so that commands are obeyed."""
        early = begun + 1.0 / self.pace - time.perf_counter() if self.pace else 0.0
        if early > 0:
            time.sleep(min(early, PATIENCE))
        return early > PATIENCE

    def _finish(self, trainer: Trainer) -> None:
        self._send_state(trainer, asked=False)
        self._send_predictions(trainer)
        place = trainer.position
        reason = trainer.reason or protocol.COMPLETED
        event = protocol.Finished(self.run_number, reason, place.epoch, place.batch, trainer.cause)
        self.outbox.put(event)

    def _send_state(self, trainer: Trainer, asked: bool) -> float:
        """Send the state; returns when the next one may be sent without costing too much."""
        begun = time.perf_counter()
        place = trainer.position
        steps = place.epoch * trainer.batches + place.batch
        self.outbox.put(protocol.State(self.run_number, trainer.state(), steps, place.epoch, asked))
        now = time.perf_counter()
        return now + max(STATE_SECONDS, (now - begun) / STATE_SHARE)

    def _send_predictions(self, trainer: Trainer, asked: bool = True) -> None:
        self.showing.send(trainer, self.run_number, asked)


def _wake() -> Iterator[None]:
    """Load what every run needs, while nothing is asked for."""
    kernels = load("cpu")
    yield
    single_threaded_blas()
    yield
    kernels["clear"](np.zeros(1, np.float32))  # the first kernel starts the compiler
    yield
    tidy(folder_in_use())
