"""Who looks is told what is right and wrong, at a bounded cost; who does not, is not."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator

import numpy as np
import pytest

from engine import protocol
from engine.protocol import NOWHERE, Event
from engine.runtime.session import Session
from engine.runtime.showing import SHARE
from engine.runtime.trainer import Trainer
from engine.spec.codec import to_json
from tests.engine.networks import spiral_mlp


@pytest.fixture
def session() -> Iterator[Session]:
    """A run that is prepared, and waits."""
    ours, theirs = multiprocessing.Pipe()
    made = Session(theirs)
    document = to_json(spiral_mlp(epochs=2, batch_size=32, threads=1))
    made._obey(protocol.Start(1, document, None, NOWHERE))
    while made.work is not None:
        made._work_on()
    yield made
    made._drop()
    made.outbox.close()
    for end in (ours, theirs):
        end.close()


@pytest.fixture
def told(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """What goes into the outbox from now on."""
    events: list[Event] = []
    monkeypatch.setattr(session.outbox, "put", events.append)
    return events


def test_results_go_only_to_who_looks(session: Session, told: list[Event]) -> None:
    session._obey(protocol.AskPredictions(1))
    assert [type(event) for event in told] == [protocol.Predictions]
    session._obey(protocol.Watch(True, (0, 1)))  # answered at once
    session._obey(protocol.Watch(False))
    session._obey(protocol.AskPredictions(1))
    found = [event for event in told if isinstance(event, protocol.Results)]
    assert [event.classes.cell for event in found if event.classes] == [(0, 1)]
    assert len(told) == 4


class Clock:
    """Time that passes only when somebody says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


def test_results_in_training_take_a_fiftieth_of_the_time(
    session: Session, told: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, moments = Clock(), []

    def slow_results(trainer: Trainer, run: int, *_: object) -> protocol.Results:
        moments.append(clock.now)
        clock.now += 0.1
        return protocol.Results(run, trainer.position.epoch, "classes", None, None)

    monkeypatch.setattr("engine.runtime.showing.time", clock)
    monkeypatch.setattr("engine.runtime.showing.results", slow_results)
    trainer = session.trainer
    assert trainer is not None
    session.showing.watch(True, None)
    for _ in range(60):  # 15 seconds
        session.showing.send(trainer, 1, asked=False)
        clock.now += 0.25
    assert len(moments) == 3 and min(np.diff(moments)) >= 0.1 / SHARE
    session.showing.send(trainer, 1)
    assert len(moments) == 4  # who asks is answered


def test_who_looks_sees_long_epochs_from_within_and_training_stays_the_same(
    session: Session, told: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr("engine.runtime.showing.time", clock)

    def train(is_watched: bool) -> tuple[bytes, int]:
        document = to_json(spiral_mlp(epochs=1, batch_size=8, threads=1))
        session._obey(protocol.Start(1, document, None))
        session.showing.watch(is_watched, None)
        told.clear()
        while session.work is not None:
            session._work_on()
            clock.now += 0.2
        (state,) = [e.state for e in told if isinstance(e, protocol.State)][-1:]
        return state, sum(isinstance(e, protocol.Results) for e in told)

    unseen, none = train(False)
    seen, many = train(True)
    assert none == 0 and many >= 3
    assert seen == unseen
