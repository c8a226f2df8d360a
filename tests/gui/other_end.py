"""The engine's end of the pipe in the hands of a test: it hears commands and says events."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from engine import protocol
from engine.protocol import Command, Event
from engine.spec import edits
from gui.engine_client import EngineClient
from gui.run import Run

BATCHES = 10  # per epoch, in all these tests
C = TypeVar("C")


class OtherEnd:
    """Takes the place of the engine process; everything on the way to it is real."""

    def __init__(self, client: EngineClient) -> None:
        self.client = client
        self.glances: list[protocol.Glance] = []  # what was asked of the network meanwhile
        self.begin()

    def begin(self) -> None:
        """A new engine, as after the death of the one before."""
        ours, self.pipe = multiprocessing.Pipe()
        self.client.listen(ours)
        self.say(protocol.Ready(0, 2, {}))

    def say(self, *events: Event) -> None:
        """Send events in one message, and let the window take note of them."""
        self.pipe.send(list(events))
        self.client.drain()

    def heard(self) -> list[Command]:
        """What the window has sent since the last time, but for `glances`."""
        self.client._outgoing.join()  # until the thread that sends has sent it all
        commands: list[Command] = []
        while self.pipe.poll():
            command = self.pipe.recv()
            kept = self.glances if isinstance(command, protocol.Glance) else commands
            kept.append(command)
        return commands

    def only(self, kind: type[C]) -> C:
        """The one command that was sent since the last time, which is of this kind."""
        (command,) = self.heard()
        assert isinstance(command, kind), command
        return command

    def die(self) -> None:
        """End without a word."""
        self.pipe.close()
        self.client.drain()

    # what an engine says about the present run

    def prepare(self, run: Run, epoch: int = 0, batch: int = 0) -> None:
        """The plan is made, and training begins or goes on."""
        event = protocol.Prepared(
            run.number,
            "cpu",
            2,
            BATCHES,
            run.store.document.training.epochs,
            epoch,
            batch,
            {},
            {},
            {},
        )
        self.say(event)

    def train(self, run: Run, epoch: int, batch: int, count: int = 1) -> None:
        """Some batches more, up to a place."""
        points: dict[str, Any] = {"loss": np.linspace(2.0, 1.0, count)}
        self.say(protocol.Progress(run.number, epoch, batch, points, 1000.0))

    def end_epoch(self, run: Run, epoch: int) -> None:
        """All batches of an epoch (from 0), and its record."""
        self.train(run, epoch, BATCHES, BATCHES)
        record = {"loss": 1.0 / (epoch + 1), "validation_loss": 2.0 / (epoch + 1)}
        self.say(protocol.EpochEnded(run.number, epoch, record))

    def send_state(self, run: Run, state: bytes, epochs: int, asked: bool = False) -> None:
        """Weights as after so many whole epochs."""
        self.say(protocol.State(run.number, state, epochs * BATCHES, epochs, asked))

    def pause(self, run: Run) -> None:
        """The run waits where it is."""
        self.say(protocol.Paused(run.number, run.epoch, run.batch))

    def finish(self, run: Run, reason: str = protocol.COMPLETED) -> None:
        """The run is over."""
        self.say(protocol.Finished(run.number, reason, run.epoch, run.batch))


def set_training(run: Run, **values: Any) -> None:
    """Change training options as the form does."""
    run.store.edit(
        "", lambda document: replace(document, training=replace(document.training, **values))
    )


def start(run: Run, engine: OtherEnd) -> protocol.Start:
    """Press play, and let the engine prepare."""
    run.play()
    command = engine.only(protocol.Start)
    engine.prepare(run)
    return command


def complete(run: Run, engine: OtherEnd, epochs: int = 2) -> None:
    """A whole run of two epochs."""
    set_training(run, epochs=epochs)
    start(run, engine)
    for epoch in range(epochs):
        engine.end_epoch(run, epoch)
    engine.send_state(run, b"trained", epochs)
    engine.finish(run)


def change_network(run: Run) -> None:
    """Draw something that the run's weights do not belong to."""
    run.store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"filters": 5}))
