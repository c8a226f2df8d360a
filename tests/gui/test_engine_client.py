"""The engine process seen from the window: started, heard in portions, ended, and mourned once."""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.protocol import Event
from gui.engine_client import MESSAGES_A_TICK, EngineClient
from tests.gui.other_end import OtherEnd

PATIENCE_MS = 60_000
KILL = signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL


@pytest.fixture
def client(qtbot: QtBot) -> Iterator[EngineClient]:
    client = EngineClient()
    yield client
    client.stop()


class Ears:
    """What came from the engine, and how often it died."""

    def __init__(self, client: EngineClient) -> None:
        self.events: list[Event] = []
        self.deaths: list[int] = []
        client.received.connect(self.events.append)
        client.died.connect(self.deaths.append)


def is_running(process: int) -> bool:
    """Whether there is such a process, were it only a zombie."""
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def test_the_process_starts_says_ready_and_ends_without_a_trace(
    client: EngineClient, qtbot: QtBot
) -> None:
    ears = Ears(client)
    assert not client.is_alive
    client.start()
    assert client.is_alive
    assert not client.has_spoken
    qtbot.waitUntil(lambda: len(ears.events) > 0, timeout=PATIENCE_MS)
    assert isinstance(ears.events[0], protocol.Ready)
    assert client.has_spoken
    process = client.process_id
    assert process is not None
    client.stop()
    assert not client.is_alive
    assert client.process_id is None
    assert not is_running(process)
    client.stop()
    assert ears.deaths == []


def test_a_killed_process_is_told_once_and_can_be_started_again(
    client: EngineClient, qtbot: QtBot
) -> None:
    ears = Ears(client)
    client.start()
    process = client.process_id
    assert process is not None
    with qtbot.waitSignal(client.died, timeout=PATIENCE_MS):
        os.kill(process, KILL)
        client.send(protocol.AskState(1))
    assert ears.deaths == [-KILL] or sys.platform == "win32"
    assert not is_running(process)
    client.send(protocol.AskState(1))
    client.drain()
    client.drain()
    assert len(ears.deaths) == 1
    assert not client.is_alive
    client.start()
    qtbot.waitUntil(lambda: client.has_spoken, timeout=PATIENCE_MS)
    assert client.process_id != process
    assert len(ears.deaths) == 1


def test_stopping_does_not_wait_for_an_engine_that_is_still_starting(
    client: EngineClient,
) -> None:
    client.start()
    process = client.process_id
    assert process is not None
    client.stop()
    assert not is_running(process)


def test_news_is_taken_in_bounded_portions(client: EngineClient) -> None:
    ears, engine = Ears(client), OtherEnd(client)
    ears.events.clear()
    count = 10 * MESSAGES_A_TICK
    for number in range(count):
        engine.pipe.send([protocol.Paused(1, number, 0)] * 2)
    client.drain()
    assert len(ears.events) == 2 * MESSAGES_A_TICK
    for _ in range(9):
        client.drain()
    assert [event.epoch for event in ears.events if isinstance(event, protocol.Paused)] == [
        number for number in range(count) for _ in range(2)
    ]


def test_the_last_words_of_an_engine_are_heard(client: EngineClient) -> None:
    ears, engine = Ears(client), OtherEnd(client)
    engine.pipe.send([protocol.Paused(1, 3, 0)])
    engine.die()
    assert isinstance(ears.events[-1], protocol.Paused)
    assert ears.deaths == [0]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes there are no streams of bytes")
def test_death_in_the_middle_of_a_word_is_a_death(client: EngineClient) -> None:
    ears, engine = Ears(client), OtherEnd(client)
    heard = len(ears.events)
    os.write(engine.pipe.fileno(), struct.pack("!i", 1000) + b"begin")
    engine.die()
    assert ears.deaths == [0]
    assert len(ears.events) == heard


def test_a_listener_may_stop_the_engine(client: EngineClient) -> None:
    engine = OtherEnd(client)
    client.received.connect(lambda _: client.stop())
    engine.say(protocol.Paused(1, 0, 0), protocol.Paused(1, 0, 1))
    client.drain()
    assert not client.is_alive


def test_sending_where_no_engine_is_does_no_harm(client: EngineClient) -> None:
    client.send(protocol.Quit())
    client.drain()
    client.stop()


def test_only_words_of_the_vocabulary_are_sent(client: EngineClient) -> None:
    with pytest.raises(AssertionError):
        client.send(protocol.Paused(1, 0, 0))  # type: ignore[arg-type]


def mute(pipe: Connection[Any, Any]) -> None:
    """An engine that neither speaks nor obeys, not even to being told to end."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pipe.send([protocol.Ready(0, 1, {})])
    with contextlib.suppress(EOFError):
        while True:
            pipe.recv()
    signal.pause()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there, ending by force cannot be refused")
def test_an_engine_that_obeys_nothing_is_ended_by_force(
    client: EngineClient, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.engine_client.serve", mute)
    client.start()
    qtbot.waitUntil(lambda: client.has_spoken, timeout=PATIENCE_MS)
    process = client.process_id
    assert process is not None
    client.stop()
    assert not is_running(process)


def test_an_engine_that_does_not_listen_holds_up_nobody(client: EngineClient) -> None:
    engine = OtherEnd(client)
    large = bytes(10_000_000)
    client.send(protocol.Start(1, "{}", large))
    client.send(protocol.Pause(1))
    first, second = engine.pipe.recv(), engine.pipe.recv()
    assert (first.state, second) == (large, protocol.Pause(1))


@pytest.mark.slow
def test_a_process_that_waits_is_started_by_the_first_command(qtbot: QtBot) -> None:
    client = EngineClient(waits=True)
    ears = Ears(client)
    assert client.is_alive
    assert client.process_id is None
    client.send(protocol.AskState(1))
    process = client.process_id
    assert process is not None
    qtbot.waitUntil(lambda: len(ears.events) > 0, timeout=PATIENCE_MS)
    assert not client.waits
    client.stop(waits=False)
    assert not client.is_alive
    qtbot.waitUntil(lambda: not is_running(process), timeout=PATIENCE_MS)
    assert ears.deaths == []


def test_a_process_that_was_never_needed_is_never_started(qtbot: QtBot) -> None:
    client = EngineClient(waits=True)
    client.stop()
    assert not client.is_alive
    assert client.process_id is None
