"""The points of single batches on their way to the window."""

from __future__ import annotations

import time

import numpy as np

from engine import protocol
from engine.runtime.memory import Array
from engine.runtime.outbox import Outbox
from engine.runtime.trainer import Trainer


class Progress:
    """Gathers the points of single batches, and hands them on at a bounded rate."""

    def __init__(self, outbox: Outbox, run: int) -> None:
        self.outbox, self.run = outbox, run
        self.points: dict[str, list[float]] = {}
        self.samples = 0
        self.since = time.perf_counter()

    def add(self, trainer: Trainer, values: dict[str, float], samples: int) -> None:
        """Take note of one batch."""
        for name, value in values.items():
            self.points.setdefault(name, []).append(value)
        self.samples += samples
        if time.perf_counter() - self.since > 1.0 / protocol.MESSAGES_PER_SECOND:
            self.flush(trainer)

    def flush(self, trainer: Trainer) -> None:
        """Hand on what has gathered."""
        if not self.points:
            return
        now = time.perf_counter()
        points: dict[str, Array] = {k: np.array(v, np.float64) for k, v in self.points.items()}
        rate = self.samples / max(now - self.since, 1e-9)
        place = trainer.position
        event = protocol.Progress(self.run, place.epoch, place.batch, points, rate)
        self.outbox.put(event)
        self.points, self.samples, self.since = {}, 0, now
