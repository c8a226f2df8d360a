"""A process of ours as the window sees it: started, listened to, ended, and mourned once.

Messages are drained on a timer in bounded portions, so that a talkative process never holds up the
window, and a pipe works the same on every system. A thread sends, because a process that is still
starting, or is given something large, takes its time to listen.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from PySide6.QtCore import QObject, QTimer

TICK_MS = 33


class ProcessClient(QObject):
    """Owns one process. What it says goes to `_hear`, and its unexpected end to `_mourn`."""

    messages_a_tick = 16

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: SpawnProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._outgoing: queue.Queue[Any] = queue.Queue()
        self._sender = threading.Thread()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.drain)

    def _serve(self) -> Callable[[Connection[Any, Any]], None]:
        """What runs in the process."""
        raise NotImplementedError(type(self))

    def _hear(self, message: Any) -> None:
        """Take a message of the process."""
        raise NotImplementedError(type(self))

    def _mourn(self, code: int) -> None:
        """The process ended without being told to."""
        raise NotImplementedError(type(self))

    @property
    def is_alive(self) -> bool:
        """Whether there is a process to talk to."""
        if self._process is not None and not self._process.is_alive():
            return False
        return self._pipe is not None

    @property
    def process_id(self) -> int | None:
        """The id of the process, while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the process."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=self._serve(), args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.listen(ours)

    def listen(self, pipe: Connection[Any, Any]) -> None:
        """Talk to the process at the other end of `pipe`."""
        self._pipe, self._outgoing = pipe, queue.Queue()
        self._sender = threading.Thread(target=_send, args=(pipe, self._outgoing), daemon=True)
        self._sender.start()
        self._timer.start()

    def _put(self, message: Any) -> None:
        """Send a message soon; if the process is gone, that is noticed at the next tick."""
        if self._pipe is not None:
            self._outgoing.put(message)

    def drain(self) -> None:
        """Hand on what has arrived, within bounds; notice the end of the process."""
        for _ in range(self.messages_a_tick):
            if self._pipe is None:
                return
            try:
                if not self._pipe.poll():
                    break
                message = self._pipe.recv()
            except (EOFError, OSError):
                self._ended()
                return
            self._hear(message)

    def _ended(self) -> None:
        process = self._process
        self._release()
        self._mourn(end(process, 1.0) if process is not None else 0)

    def _release(self) -> None:
        self._timer.stop()
        if self._pipe is not None:
            self._outgoing.put(None)
            self._sender.join(1.0)
            self._pipe.close()
        self._pipe = self._process = None


def _send(pipe: Connection[Any, Any], outgoing: queue.Queue[Any]) -> None:
    """Send what is put into the queue, up to None."""
    while (message := outgoing.get()) is not None:
        with contextlib.suppress(OSError):  # the other end is noticed, and told, in drain
            pipe.send(message)
        outgoing.task_done()


def end(process: SpawnProcess, patience: float) -> int:
    """Wait for a process that was told to end, then end it by force; returns its exit code."""
    if patience:
        process.join(patience)
    for force in (process.terminate, process.kill):
        if process.is_alive():
            force()
            process.join(2.0)
    return process.exitcode or 0
