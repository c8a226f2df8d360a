"""The session, one piece of work at a time: commands that come while a run is being prepared."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from engine import protocol
from engine.protocol import (
    BATCH,
    COMPLETED,
    DIVERGED,
    EARLY,
    END,
    EPOCH,
    NOWHERE,
    STOPPED,
    Command,
    Event,
)
from engine.runtime import catalogue, session
from engine.runtime.session import Session
from engine.spec.codec import to_json
from engine.spec.training import TrainingOptions
from tests.engine.networks import Boxes, network, spiral_mlp

E = TypeVar("E", bound=Event)
PATIENCE = 20.0  # seconds


class Desk:
    """A session without its loop and its reading thread: the test decides what happens when."""

    def __init__(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.session = Session(theirs)
        self.events: list[Event] = []

    def obey(self, *commands: Command) -> None:
        for command in commands:
            self.session._obey(command)

    def start(self, run: int = 1, until: str = END, **training: object) -> None:
        options = {"epochs": 2, "batch_size": 32, "threads": 1, **training}
        document = to_json(spiral_mlp(**options))  # type: ignore[arg-type]
        self.obey(protocol.Start(run, document, None, until))

    def work(self, pieces: int = 1) -> None:
        for _ in range(pieces):
            assert self.session.work is not None
            self.session._work_on()

    def work_to_rest(self) -> None:
        while self.session.work is not None:
            self.session._work_on()

    def said(self) -> list[Event]:
        """Everything the session has said."""
        self.session.outbox.close()
        while self.pipe.poll(0):
            self.events += self.pipe.recv()
        return self.events

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.said() if isinstance(event, kind)]

    def close(self) -> None:
        self.session._drop()
        self.session.outbox.close()
        self.pipe.close()
        self.session.pipe.close()


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = Desk()
    yield made
    made.close()


def test_training_changed_while_preparing_counts(desk: Desk) -> None:
    desk.start(until=NOWHERE)
    desk.work()
    desk.obey(protocol.SetTraining(1, TrainingOptions(learning_rate=0.25, epochs=7)))
    desk.work_to_rest()
    assert desk.session.trainer is not None
    assert desk.session.trainer.model.training.learning_rate == 0.25
    (prepared,) = desk.of(protocol.Prepared)
    assert prepared.epochs == 7


def test_what_is_asked_while_preparing_is_answered_afterwards(desk: Desk) -> None:
    desk.start(until=NOWHERE)
    desk.work()
    desk.obey(protocol.AskState(1), protocol.AskPredictions(1))
    desk.work_to_rest()
    kinds = [type(event) for event in desk.said()]
    assert desk.of(protocol.State)[0].asked
    assert kinds.index(protocol.Prepared) < kinds.index(protocol.State)
    assert kinds.index(protocol.Prepared) < kinds.index(protocol.Predictions)


def test_a_pause_while_preparing_waits_before_the_first_batch(desk: Desk) -> None:
    desk.start()
    desk.work()
    desk.obey(protocol.Pause(1))
    desk.work_to_rest()
    assert desk.of(protocol.Paused) == [protocol.Paused(1, 0, 0)]
    assert not desk.of(protocol.Progress)


def test_a_pause_taken_back_while_preparing_is_none(desk: Desk) -> None:
    desk.start()
    desk.work()
    desk.obey(protocol.Pause(1), protocol.Resume(1, BATCH))
    desk.work_to_rest()
    assert desk.of(protocol.Paused) == [protocol.Paused(1, 0, 1)]


def test_a_stop_while_preparing_can_be_taken_back_later(desk: Desk) -> None:
    desk.start()
    desk.work()
    desk.obey(protocol.Stop(1))
    assert desk.session.work is None
    desk.obey(
        protocol.SetTraining(1, TrainingOptions(learning_rate=0.25, epochs=3)), protocol.Resume(1)
    )
    desk.work_to_rest()
    assert desk.of(protocol.Finished) == [
        protocol.Finished(1, STOPPED, 0, 0),
        protocol.Finished(1, COMPLETED, 3, 0),
    ]
    assert desk.of(protocol.EpochEnded)[0].record["learning_rate"] == 0.25


def test_a_run_from_a_state_that_is_stopped_while_preparing_stands_where_the_state_does(
    desk: Desk,
) -> None:
    desk.start(epochs=5, until=NOWHERE)
    desk.work_to_rest()
    desk.obey(protocol.Resume(1, "epoch"))
    desk.work_to_rest()
    desk.obey(protocol.Resume(1, BATCH))
    desk.work_to_rest()
    assert desk.session.trainer is not None
    state = desk.session.trainer.state()
    document = to_json(desk.session.trainer.model.document)
    desk.obey(protocol.Start(2, document, state))
    desk.work()
    desk.obey(protocol.Stop(2))
    assert desk.of(protocol.Finished) == [protocol.Finished(2, STOPPED, 1, 1)]


def test_a_stop_that_has_not_taken_place_can_be_taken_back(desk: Desk) -> None:
    desk.start()
    while desk.session.trainer is None:
        desk.work()
    desk.obey(protocol.Stop(1), protocol.Resume(1))
    desk.work_to_rest()
    assert desk.of(protocol.Finished) == [protocol.Finished(1, COMPLETED, 2, 0)]


def test_a_second_stop_says_it_again_and_changes_nothing(desk: Desk) -> None:
    desk.start(epochs=3)
    desk.work()
    while desk.session.trainer is None:
        desk.work()
    desk.work(2)
    desk.obey(protocol.Stop(1))
    desk.work_to_rest()
    desk.obey(protocol.Stop(1))
    finished = desk.of(protocol.Finished)
    assert len(finished) == 2
    assert finished[0] == finished[1]
    assert finished[0].reason == STOPPED


@pytest.mark.parametrize("after", ["stop", "start", "failure"])
def test_preparing_that_is_broken_off_ends_its_news(desk: Desk, after: str) -> None:
    desk.start()
    desk.work()
    if after == "stop":
        desk.obey(protocol.Stop(1))
    elif after == "start":
        desk.obey(protocol.Start(2, "{"))
    else:
        desk.obey(protocol.Start(2, to_json(spiral_mlp()), b"no state"))
        desk.work_to_rest()
    warming = [e for e in desk.said() if isinstance(e, protocol.Warming)]
    assert warming[-1].done == warming[-1].total


def test_workers_of_runs_that_were_given_up_are_sent_home(desk: Desk) -> None:
    gc.collect()  # threads of models that other tests forgot
    before = threading.active_count()
    for run in range(1, 6):
        desk.start(run, threads=3)
        desk.work()
        assert threading.active_count() == before + 2
    desk.obey(protocol.Start(7, "{"))
    desk.work_to_rest()
    assert threading.active_count() == before
    boxes: Boxes = {
        "one": ("data", {"dataset": "iris"}),
        "two": ("data", {"dataset": "moons"}),
        "all": ("concatenate", {}),
        "a": ("dense", {"units": 3}),
        "loss": ("cross_entropy", {}),
    }
    joins = "one > all", "two > all", "all > a", "a > loss", "one.target > loss.target"
    document = network(boxes, *joins, training=spiral_mlp(threads=3).training)
    desk.obey(protocol.Start(8, to_json(document)))
    desk.work_to_rest()
    assert [event.code for event in desk.of(protocol.Failed)] == ["unreadable", "unequal_data"]
    assert threading.active_count() <= before  # the outbox is closed by now


def test_warming_up_does_not_disturb_a_run(desk: Desk) -> None:
    desk.start(until=NOWHERE)
    desk.work()
    work = desk.session.work
    desk.obey(protocol.Warm(to_json(spiral_mlp())))
    assert desk.session.work is work


def test_the_examples_are_made_ready_only_while_nothing_is_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "IDLE_SECONDS", 0.001)
    monkeypatch.setattr(catalogue, "PROCESS", ["-c", "import sys; sys.stdin.read()"])
    monkeypatch.setattr(catalogue, "note", lambda: Path("no such file"))
    examples = desk.session.catalogue
    examples.is_wanted = True  # on one core, too
    desk.session._obey_waiting()
    assert examples._process is not None
    desk.session.commands.put(protocol.Start(1, to_json(spiral_mlp()), None, NOWHERE))
    desk.session._obey_waiting()
    assert examples._process is None
    desk.work_to_rest()
    desk.session.commands.put(protocol.Quit())
    desk.session._obey_waiting()
    assert examples._process is None, "while there is a run, nothing else goes on"


def test_warming_up_comes_before_waking_up(desk: Desk) -> None:
    desk.session.work = session._wake()
    desk.work()
    desk.obey(protocol.Warm(to_json(spiral_mlp())))
    desk.work_to_rest()
    warming = [e for e in desk.said() if isinstance(e, protocol.Warming)]
    assert warming[-1].done == warming[-1].total > 0


def test_waking_up_says_nothing(desk: Desk) -> None:
    desk.session.work = session._wake()
    desk.work_to_rest()
    assert desk.said() == []


def test_a_run_that_diverges_says_why(desk: Desk) -> None:
    desk.start()
    while desk.session.trainer is None:
        desk.work()
    desk.session.trainer.sources["training"]["data_1.x"][7] = np.nan
    desk.work_to_rest()
    (finished,) = desk.of(protocol.Finished)
    assert finished.reason == DIVERGED
    assert finished.cause == protocol.Cause("samples", "data_1", "x", 7, True)


def test_a_run_that_stopped_early_goes_on_for_as_long_again(desk: Desk) -> None:
    desk.start(epochs=300, early_stopping=True, patience=2, learning_rate=0.5)
    desk.work_to_rest()
    desk.obey(protocol.Resume(1))
    desk.work_to_rest()
    first, second = desk.of(protocol.Finished)
    assert first.reason == second.reason == EARLY
    assert second.epoch >= first.epoch + 2


def test_a_glance_is_answered_between_batches_and_not_before_there_is_a_network() -> None:
    desk = Desk()
    desk.start()
    desk.obey(protocol.Glance(1, 4))  # not prepared yet
    desk.obey(protocol.Pause(1))
    desk.work_to_rest()
    desk.obey(protocol.Glance(1, 5), protocol.Glance(99, 6))
    (seen,) = desk.of(protocol.Glanced)
    assert (seen.run, seen.passage.sample) == (1, 5)
    assert () in [flow.values.shape for flow in seen.passage.flows.values()]
    assert seen.seconds > 0


class Clock:
    """Time that passes only when somebody sleeps, or computes a batch."""

    def __init__(self) -> None:
        self.now = 0.0

    def perf_counter(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("pace", "least"), [(10.0, 0.1), (0.5, 2.0)])
def test_slow_motion_waits_between_batches_and_obeys_meanwhile(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, pace: float, least: float
) -> None:
    clock = Clock()
    monkeypatch.setattr("engine.runtime.session.time", clock)
    monkeypatch.setattr("engine.runtime.progress.time", clock)
    desk.obey(protocol.SetPace(pace))
    desk.start(batch_size=4)
    while desk.session.trainer is None:
        desk.work()
    begun = []
    for _ in range(2000):
        before = desk.session.trainer.position.batch
        start = clock.now
        desk.work()
        assert clock.now - start <= 0.021  # never longer away from the commands
        if desk.session.trainer.position.batch > before:
            begun.append(start)
        if len(begun) == 4:
            break
    gaps = np.diff(begun)
    assert len(gaps) == 3 and (gaps >= least - 0.021).all() and (gaps <= least + 0.05).all()
    desk.obey(protocol.SetPace(0.0))
    start = clock.now
    desk.work(3)
    assert clock.now == start  # as fast as it goes, at once


def test_in_slow_motion_the_answers_are_shown_within_an_epoch(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("engine.runtime.session.time", clock)
    monkeypatch.setattr("engine.runtime.progress.time", clock)
    desk.obey(protocol.SetPace(1.0))
    desk.start(until=NOWHERE, batch_size=4)
    desk.work_to_rest()
    desk.obey(protocol.Resume(1))
    desk.work(200)
    assert desk.session.trainer is not None and desk.session.trainer.position.epoch == 0
    seen = [e for e in desk.said() if isinstance(e, protocol.Predictions | protocol.Progress)]
    batches = [e for e in seen if isinstance(e, protocol.Progress)]
    assert len(batches) >= 3
    assert isinstance(seen[-1], protocol.Predictions) or isinstance(seen[-2], protocol.Predictions)


def test_a_run_shows_an_earlier_moment_and_goes_on_from_it_as_if_it_had_never_gone_further(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Event] = []
    monkeypatch.setattr(desk.session.outbox, "put", told.append)  # no picture is replaced
    desk.start(until=EPOCH)
    desk.work_to_rest()
    trainer = desk.session.trainer
    assert trainer is not None
    first = trainer.state()
    desk.obey(protocol.Resume(1, END))
    desk.work_to_rest()
    end = trainer.state()
    desk.obey(protocol.Visit(1, first))
    assert trainer.position.epoch == 1 and trainer.state() == first
    desk.obey(protocol.Visit(1, end))
    assert trainer.state() == end
    desk.obey(protocol.Visit(1, first), protocol.Resume(1, END))
    desk.work_to_rest()
    assert trainer.state() == end
    assert [e.epoch for e in told if isinstance(e, protocol.Predictions)][-4:] == [1, 2, 1, 2]


def test_the_beginning_of_a_run_is_sent_too(desk: Desk) -> None:
    desk.start()
    while desk.session.trainer is None:
        desk.work()
    assert [state.steps for state in desk.of(protocol.State)] == [0]


def test_a_sample_of_ones_own_is_answered_between_batches() -> None:
    desk = Desk()
    desk.start()
    own = protocol.Own(np.array([0.1, 0.2]))
    desk.obey(protocol.Try(1, 1, own))  # not prepared yet
    desk.obey(protocol.Pause(1))
    desk.work_to_rest()
    desk.obey(protocol.Try(1, 2, own), protocol.Try(99, 3, own))
    (answer,) = desk.of(protocol.Tried)
    assert answer.number == 2 and answer.reply and answer.reply.answers.sum() == pytest.approx(1.0)
