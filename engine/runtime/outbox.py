"""What the engine has to say, sent by a thread of its own at a bounded rate.

Events gather here, and go out together as one list at most MESSAGES_PER_SECOND times a second.
Points are kept, pictures (predictions, unasked states) are replaced by newer ones that have not
left yet. Training does not wait for the window, unless that is thousands of points behind, as
with a tiny network: what it shows, and what its buttons stop, would lie seconds back.
"""

from __future__ import annotations

import threading
from multiprocessing.connection import Connection
from typing import Any

from engine.protocol import (
    MESSAGES_PER_SECOND,
    Event,
    Glanced,
    Loading,
    Predictions,
    Results,
    State,
    Warming,
)

MOST = 1000  # events that may wait
PATIENCE = 0.02  # seconds, after which commands are looked at again


class Outbox:
    """A queue towards the window."""

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self._pipe = pipe
        self._waiting: list[Event] = []
        self._lock = threading.Condition()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._send, daemon=True)
        self._thread.start()

    def put(self, event: Event) -> None:
        """Send an event soon."""
        with self._lock:
            if _is_picture(event):
                self._waiting = [
                    old
                    for old in self._waiting
                    if type(old) is not type(event) or not _is_picture(old)
                ]
            self._waiting.append(event)
            self._lock.notify()

    def is_behind(self) -> bool:
        """Whether too much waits; comes back soon, at the latest when it does no longer."""
        with self._lock:
            few = self._lock.wait_for(lambda: len(self._waiting) <= MOST, PATIENCE)
        return not few

    def close(self) -> None:
        """Send what waits, and end."""
        self._closed.set()
        with self._lock:
            self._lock.notify()
        self._thread.join(2.0)

    def _send(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._waiting or self._closed.is_set())
                events, self._waiting = self._waiting, []
                self._lock.notify_all()
            if not events:
                return
            try:
                self._pipe.send(events)
            except OSError:
                return  # the window is gone; the session notices by its own end of the pipe
            self._closed.wait(1.0 / MESSAGES_PER_SECOND)


def _is_picture(event: Event) -> bool:
    match event:
        case Predictions() | Results() | Glanced() | Warming() | Loading():
            return True
        case State(asked=asked):
            return not asked
    return False
