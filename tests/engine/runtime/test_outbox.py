"""The outbox: points are kept in order, pictures are replaced, and messages are few."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from engine.protocol import Event, Finished, Paused, Predictions, Progress, State, Warming
from engine.runtime.outbox import MOST, Outbox


def progress(batch: int) -> Progress:
    return Progress(1, 0, batch, {"loss": np.array([float(batch)])}, 1.0)


def picture(epoch: int) -> Predictions:
    nothing = np.zeros((0, 1))
    return Predictions(1, epoch, "values", nothing, nothing, nothing, 0, 0)


def collected(pipe: Connection[Any, Any]) -> list[list[Event]]:
    """The lists that arrived until the other end was closed."""
    lists = []
    try:
        while pipe.poll(10):
            lists.append(pipe.recv())
    except EOFError:
        pass
    return lists


def sent(events: list[Event]) -> list[list[Event]]:
    ours, theirs = multiprocessing.Pipe()
    outbox = Outbox(theirs)
    for event in events:
        outbox.put(event)
    outbox.close()
    theirs.close()
    return collected(ours)


def flat(lists: list[list[Event]]) -> list[Event]:
    return [event for events in lists for event in events]


def test_no_point_is_lost_and_the_order_is_kept() -> None:
    events = [progress(i) for i in range(500)]
    arrived = flat(sent([*events, Finished(1, "completed", 1, 0)]))
    assert [e.batch for e in arrived[:-1] if isinstance(e, Progress)] == list(range(500))
    assert isinstance(arrived[-1], Finished)


def test_many_events_travel_in_few_messages() -> None:
    assert len(sent([progress(i) for i in range(500)])) <= 30


def test_of_pictures_the_latest_arrives() -> None:
    events: list[Event] = []
    for i in range(100):
        events += [picture(i), State(1, b"", i, i, False), Warming(1, i, 100, ""), progress(i)]
    arrived = flat(sent(events))
    for numbers in (
        [event.epoch for event in arrived if isinstance(event, Predictions)],
        [event.steps for event in arrived if isinstance(event, State)],
        [event.done for event in arrived if isinstance(event, Warming)],
    ):
        assert len(numbers) < 100
        assert numbers[-1] == 99
    assert len([event for event in arrived if isinstance(event, Progress)]) == 100


def test_a_state_that_was_asked_for_is_never_replaced() -> None:
    asked = [State(1, b"", i, 0, True) for i in range(20)]
    events: list[Event] = [e for one in asked for e in (one, State(1, b"", 99, 0, False))]
    arrived = flat(sent(events))
    assert [e for e in arrived if isinstance(e, State) and e.asked] == asked


def test_a_picture_comes_after_what_was_said_before_it() -> None:
    arrived = flat(sent([picture(1), progress(1), picture(2), Paused(1, 0, 1)]))
    kinds = [type(event) for event in arrived]
    assert kinds[-3:] == [Progress, Predictions, Paused]


def test_when_the_window_is_gone_nothing_happens() -> None:
    ours, theirs = multiprocessing.Pipe()
    outbox = Outbox(theirs)
    ours.close()
    for i in range(100):
        outbox.put(progress(i))
    outbox.close()
    theirs.close()


def test_it_is_behind_while_nobody_reads_and_no_longer_afterwards() -> None:
    ours, theirs = multiprocessing.Pipe()
    outbox = Outbox(theirs)
    assert not outbox.is_behind()
    sent = 0
    while not outbox.is_behind():  # what the pipe itself holds is sent, and does not wait
        for _ in range(MOST):
            outbox.put(progress(sent))
            sent += 1
    arrived = 0
    while arrived < sent:
        assert ours.poll(10)
        arrived += len(ours.recv())
    assert not outbox.is_behind()
    outbox.close()
    ours.close()
