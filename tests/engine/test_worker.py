"""The real engine process, spoken to over its pipe as the window does."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import pytest

from engine import protocol
from engine.protocol import BATCH, COMPLETED, DIVERGED, END, EPOCH, NOWHERE, STOPPED, Command, Event
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from engine.spec.codec import to_json
from engine.spec.document import Document
from engine.spec.training import TrainingOptions
from engine.worker import serve
from tests.engine.networks import Boxes, network, small_cnn, spiral_mlp

PATIENCE = 120.0  # seconds; a slow machine may have to compile kernels first
E = TypeVar("E", bound=Event)


class Engine:
    """An engine process and everything it has said."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()
        self.events: list[Event] = []
        self.run = 0

    def send(self, *commands: Command) -> None:
        for command in commands:
            self.pipe.send(command)

    def start(self, document: Document | str, state: bytes | None = None, until: str = END) -> int:
        """Start a run, and return its number."""
        self.run += 1
        text = document if isinstance(document, str) else to_json(document)
        self.send(protocol.Start(self.run, text, state, until))
        return self.run

    def wait_for(self, kind: type[E], run: int | None = None, skip: int = 0) -> E:
        """The first event of a kind (of a run), after `skip` others; waits until it comes."""
        seen = 0
        while True:
            found = [e for e in self.events[seen:] if isinstance(e, kind) and run in (None, e.run)]
            if len(found) > skip:
                return found[skip]
            skip, seen = skip - len(found), len(self.events)
            assert self.pipe.poll(PATIENCE), f"no {kind.__name__} came, only {self.told()}"
            self.events += self.pipe.recv()

    def of(self, run: int, *kinds: type[E]) -> list[E]:
        return [e for e in self.events if e.run == run and isinstance(e, kinds)]

    def told(self) -> list[str]:
        return [f"{type(event).__name__} {event.run}" for event in self.events]

    def points(self, run: int) -> list[float]:
        """The losses of all batches of a run."""
        return [float(v) for e in self.of(run, protocol.Progress) for v in e.points["loss"]]

    def close(self) -> None:
        self.pipe.close()
        self.process.join(PATIENCE)
        assert self.process.exitcode == 0


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()


def document(**training: object) -> Document:
    options = {"batch_size": 16, "epochs": 4, "threads": 1, "learning_rate": 0.01, **training}
    return spiral_mlp(**options)  # type: ignore[arg-type]


def uninterrupted(made: Document) -> tuple[bytes, list[float]]:
    """The state and the losses of the same run, without process, pauses or messages."""
    trainer, losses = Trainer(Model(made)), []
    while not trainer.is_done:
        losses.append(trainer.advance()["loss"])
        if trainer.epoch_is_complete:
            trainer.end_epoch()
    return trainer.state(), losses


def last_state(engine: Engine, run: int) -> bytes:
    engine.wait_for(protocol.Finished, run)
    return engine.of(run, protocol.State)[-1].state


def test_the_engine_introduces_itself(engine: Engine) -> None:
    ready = engine.wait_for(protocol.Ready)
    assert engine.events[0] is ready
    assert ready.run == 0
    assert ready.processors >= 1
    assert set(ready.versions) == {"numpy", "numba"}


def test_a_run_from_start_to_finish(engine: Engine) -> None:
    run = engine.start(document())
    finished = engine.wait_for(protocol.Finished, run)
    assert finished == protocol.Finished(run, COMPLETED, 4, 0)
    prepared = engine.wait_for(protocol.Prepared, run)
    assert prepared.weights == {
        "dense_1/kernel": (2, 16),
        "dense_1/bias": (16,),
        "dense_2/kernel": (16, 2),
        "dense_2/bias": (2,),
    }
    assert prepared.outputs["dense_1.y"] == (16,)
    assert prepared.samples == {"training": 68, "validation": 16, "test": 16}
    assert (prepared.batches, prepared.epochs, prepared.epoch, prepared.batch) == (5, 4, 0, 0)
    assert (prepared.device, prepared.threads) == ("cpu", 1)
    kinds = [
        type(e) for e in engine.of(run, protocol.Prepared, protocol.Progress, protocol.Finished)
    ]
    assert kinds[0] is protocol.Prepared
    assert kinds[-1] is protocol.Finished
    epochs = engine.of(run, protocol.EpochEnded)
    assert [e.epoch for e in epochs] == [0, 1, 2, 3]
    assert set(epochs[0].record) == {
        "loss",
        "accuracy",
        "validation_loss",
        "validation_accuracy",
        "seconds",
        "learning_rate",
    }
    state, losses = uninterrupted(document())
    assert engine.points(run) == losses
    assert last_state(engine, run) == state


def test_predictions_are_of_the_validation_samples(engine: Engine) -> None:
    run = engine.start(document(), until=NOWHERE)
    seen = engine.wait_for(protocol.Predictions, run)
    assert (seen.task, seen.total, seen.epoch) == ("classes", 16, 0)
    assert seen.inputs.shape == (16, 2)
    assert seen.outputs.shape == (16, 2)
    assert seen.targets.shape == (16,)
    np.testing.assert_allclose(seen.outputs.sum(axis=1), 1, rtol=1e-5)
    assert seen.wrong == np.count_nonzero(seen.outputs.argmax(axis=1) != seen.targets)
    assert seen.surface is not None
    assert seen.surface.shape == (60, 60, 2)
    engine.wait_for(protocol.Paused, run)
    engine.send(protocol.AskPredictions(run))
    again = engine.wait_for(
        protocol.Predictions, run, skip=len(engine.of(run, protocol.Predictions))
    )
    assert np.array_equal(again.outputs, seen.outputs)


def test_one_batch_one_epoch_and_on(engine: Engine) -> None:
    run = engine.start(document(), until=NOWHERE)
    assert engine.wait_for(protocol.Paused, run) == protocol.Paused(run, 0, 0)
    for number, (until, place) in enumerate(
        [(BATCH, (0, 1)), (BATCH, (0, 2)), (EPOCH, (1, 0)), (EPOCH, (2, 0)), (BATCH, (2, 1))], 1
    ):
        engine.send(protocol.Resume(run, until))
        paused = engine.wait_for(protocol.Paused, run, skip=number)
        assert (paused.epoch, paused.batch) == place
        assert len(engine.points(run)) == 5 * place[0] + place[1]
    engine.send(protocol.Resume(run))
    engine.wait_for(protocol.Finished, run)
    state, losses = uninterrupted(document())
    assert engine.points(run) == losses
    assert last_state(engine, run) == state


ENDLESS = 100_000  # epochs: the test decides when it is enough


def changed(run: int, rate: float, epochs: int) -> protocol.SetTraining:
    return protocol.SetTraining(run, TrainingOptions(learning_rate=rate, epochs=epochs))


def finish(engine: Engine, run: int, epoch: int, skip: int = 0) -> None:
    """Let a run that waits go on to the end of the epoch after the next."""
    engine.send(changed(run, 0.01, epoch + 2), protocol.Resume(run))
    finished = engine.wait_for(protocol.Finished, run, skip)
    assert finished == protocol.Finished(run, COMPLETED, epoch + 2, 0)


def test_pausing_and_going_on_changes_nothing(engine: Engine) -> None:
    run = engine.start(document(epochs=ENDLESS))
    for number in range(6):
        engine.wait_for(protocol.Progress, run, skip=number)
        engine.send(protocol.AskState(run), protocol.Pause(run), protocol.AskPredictions(run))
        paused = engine.wait_for(protocol.Paused, run, skip=number)
        if number < 5:
            engine.send(protocol.Resume(run))
    finish(engine, run, paused.epoch)
    state, losses = uninterrupted(document(epochs=paused.epoch + 2))
    assert last_state(engine, run) == state
    assert engine.points(run) == losses


def test_a_stopped_run_goes_on_from_its_state(engine: Engine) -> None:
    run = engine.start(document(epochs=ENDLESS))
    engine.wait_for(protocol.EpochEnded, run)
    engine.send(protocol.Stop(run))
    finished = engine.wait_for(protocol.Finished, run)
    assert finished.reason == STOPPED
    state = engine.of(run, protocol.State)[-1]
    assert (state.epochs, state.steps) == (finished.epoch, 5 * finished.epoch + finished.batch)
    assert len(engine.points(run)) == state.steps
    longer = document(epochs=finished.epoch + 2)
    other = engine.start(longer, state.state, until=NOWHERE)
    prepared = engine.wait_for(protocol.Prepared, other)
    assert (prepared.epoch, prepared.batch) == (finished.epoch, finished.batch)
    engine.send(protocol.Resume(other))
    whole, losses = uninterrupted(longer)
    assert last_state(engine, other) == whole
    assert engine.points(run) + engine.points(other) == losses


def test_a_stopped_run_can_be_resumed_as_it_is(engine: Engine) -> None:
    run = engine.start(document(epochs=ENDLESS))
    engine.wait_for(protocol.Progress, run)
    engine.send(protocol.Stop(run))
    epoch = engine.wait_for(protocol.Finished, run).epoch
    finish(engine, run, epoch, skip=1)
    assert engine.points(run) == uninterrupted(document(epochs=epoch + 2))[1]


def test_the_learning_rate_and_the_end_may_change(engine: Engine) -> None:
    run = engine.start(document(epochs=1))
    engine.wait_for(protocol.Finished, run)
    engine.send(changed(run, 0.5, 3), protocol.Resume(run))
    assert engine.wait_for(protocol.Finished, run, skip=1).epoch == 3
    rates = [e.record["learning_rate"] for e in engine.of(run, protocol.EpochEnded)]
    assert rates == [0.01, 0.5, 0.5]


def test_a_state_that_was_asked_for_says_so(engine: Engine) -> None:
    run = engine.start(document(), until=BATCH)
    engine.wait_for(protocol.Paused, run)
    engine.send(protocol.AskState(run))
    count = len(engine.of(run, protocol.State))
    state = engine.wait_for(protocol.State, run, skip=count)
    assert state.asked
    assert (state.steps, state.epochs) == (1, 0)


def test_ten_quick_starts_and_stops(engine: Engine) -> None:
    runs = []
    for _ in range(10):
        run = engine.start(document(epochs=ENDLESS))
        engine.send(protocol.Stop(run))
        runs.append(run)
    last = engine.start(document())
    assert engine.wait_for(protocol.Finished, last).reason == COMPLETED
    for run in runs:  # the next start may come before the stop has taken place
        assert [e.reason for e in engine.of(run, protocol.Finished)] in ([], [STOPPED])
        assert not engine.of(run, protocol.Failed)
    assert engine.points(last) == uninterrupted(document())[1]


def test_ten_quick_starts_without_stops(engine: Engine) -> None:
    runs = [engine.start(document(epochs=ENDLESS)) for _ in range(10)]
    last = engine.start(document())
    assert engine.wait_for(protocol.Finished, last).reason == COMPLETED
    assert not [e for run in runs for e in engine.of(run, protocol.Failed, protocol.Finished)]


def test_a_stop_right_after_the_start_can_be_taken_back(engine: Engine) -> None:
    run = engine.start(document())
    engine.send(protocol.Stop(run), protocol.Resume(run))
    finished = engine.wait_for(protocol.Finished, run)
    if finished.reason == STOPPED:  # it was stopped while it was being prepared
        finished = engine.wait_for(protocol.Finished, run, skip=1)
    assert finished.reason == COMPLETED
    assert engine.points(run) == uninterrupted(document())[1]


def test_commands_for_another_run_are_yesterdays_news(engine: Engine) -> None:
    run = engine.start(document(epochs=20))
    old = run - 1
    engine.send(protocol.Stop(old), protocol.Pause(old), changed(old, 9.0, 1))
    engine.send(protocol.AskState(old), protocol.Resume(old, BATCH), protocol.Stop(run + 5))
    assert engine.wait_for(protocol.Finished, run) == protocol.Finished(run, COMPLETED, 20, 0)
    assert not [e for e in engine.of(old, protocol.State) if e.asked]


def test_a_run_that_diverges_says_so(engine: Engine) -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "wave"}),
        "a": ("dense", {"units": 1}),
        "loss": ("mean_squared_error", {}),
    }
    made = network(boxes, "data > a", "a > loss", "data.target > loss.target")
    training = document(learning_rate=100.0, optimizer="sgd", epochs=1000).training
    run = engine.start(Document(made.network, training))
    finished = engine.wait_for(protocol.Finished, run)
    assert finished.reason == DIVERGED
    assert not np.isfinite(engine.points(run)[-1])
    state = engine.of(run, protocol.State)[-1].state
    again = engine.start(Document(made.network, training), state)
    assert engine.wait_for(protocol.Finished, again).reason == DIVERGED


TWO_SETS = network(
    {
        "one": ("data", {"dataset": "iris"}),
        "two": ("data", {"dataset": "moons"}),
        "all": ("concatenate", {}),
        "a": ("dense", {"units": 3}),
        "loss": ("cross_entropy", {}),
    },
    *("one > all", "two > all", "all > a", "a > loss", "one.target > loss.target"),
)
BAD = {
    "unreadable": ("{", None),
    "not_ready": (to_json(Document()), None),
    "unequal_data": (to_json(TWO_SETS), None),
    "state_mismatch": (to_json(spiral_mlp()), b"no state"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_run_that_cannot_be_fails_and_the_engine_lives(engine: Engine, code: str) -> None:
    text, state = BAD[code]
    run = engine.start(text, state)
    failed = engine.wait_for(protocol.Failed, run)
    assert failed.code == code
    assert failed.detail
    engine.send(protocol.Resume(run), protocol.Stop(run), protocol.AskState(run))
    after = engine.start(document(epochs=1))
    assert engine.wait_for(protocol.Finished, after).reason == COMPLETED
    assert not engine.of(run, protocol.Finished, protocol.Prepared, protocol.State)


def test_warming_up_ends_with_all_kernels_ready(engine: Engine) -> None:
    before = len(engine.events)
    engine.send(protocol.Warm(to_json(small_cnn())))
    run = engine.start(document(epochs=1))  # whether or not the warming is over
    engine.wait_for(protocol.Finished, run)
    warming = [e for e in engine.events[before:] if isinstance(e, protocol.Warming)]
    assert warming[-1].done == warming[-1].total


@pytest.mark.parametrize("text", ["{", to_json(Document()), to_json(TWO_SETS)])
def test_what_cannot_be_warmed_up_is_left_alone(engine: Engine, text: str) -> None:
    before = len(engine.events)
    engine.send(protocol.Warm(text))
    run = engine.start(document(epochs=1))
    engine.wait_for(protocol.Finished, run)
    assert not [e for e in engine.events[before:] if isinstance(e, protocol.Failed)]


def test_quit_ends_the_process_in_the_middle_of_a_run() -> None:
    engine = Engine()
    run = engine.start(document(epochs=ENDLESS))
    engine.wait_for(protocol.Progress, run)
    engine.send(protocol.Quit())
    engine.process.join(PATIENCE)
    assert engine.process.exitcode == 0


@pytest.mark.parametrize("busy", [False, True])
def test_the_engine_ends_when_the_window_is_gone(busy: bool) -> None:
    engine = Engine()
    engine.wait_for(protocol.Ready)
    if busy:
        run = engine.start(document(epochs=ENDLESS))
        engine.wait_for(protocol.Progress, run)
    engine.close()
