"""The engine process, seen from the window: started, listened to, and started again if it dies.

Messages are drained on a timer in bounded portions, so that a talkative engine never holds up the
window, and a pipe works the same on every system. A thread sends, because an engine that is still
starting, or is given the weights of a large network, takes its time to listen.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
import threading
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, get_args

from PySide6.QtCore import QObject, QTimer, Signal

from engine.protocol import Command, Event, Quit
from engine.worker import serve

TICK_MS = 33
MESSAGES_A_TICK = 4  # each a list of events, see engine.runtime.outbox


class EngineClient(QObject):
    """Owns the engine process. `received` carries every event, `died` an unexpected end."""

    started = Signal()
    received = Signal(object)  # an engine.protocol.Event
    died = Signal(int)  # exit code

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: SpawnProcess | None = None
        self._pipe: Connection[Any, Any] | None = None
        self._outgoing: queue.Queue[Command | None] = queue.Queue()
        self._sender = threading.Thread()
        self.has_spoken = False  # whether this engine came as far as to say anything
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.drain)

    @property
    def is_alive(self) -> bool:
        """Whether there is an engine to talk to."""
        if self._process is not None and not self._process.is_alive():
            return False
        return self._pipe is not None

    @property
    def process_id(self) -> int | None:
        """The engine's process id, while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        """Start the engine process; it answers with Ready."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.listen(ours)

    def listen(self, pipe: Connection[Any, Any]) -> None:
        """Talk to the engine at the other end of `pipe`."""
        self._pipe, self._outgoing = pipe, queue.Queue()
        self._sender = threading.Thread(target=_send, args=(pipe, self._outgoing), daemon=True)
        self._sender.start()
        self.has_spoken = False
        self._timer.start()
        self.started.emit()

    def send(self, command: Command) -> None:
        """Send a command soon; if the engine is gone, `died` follows at the next tick."""
        assert isinstance(command, get_args(Command)), command
        if self._pipe is not None:
            self._outgoing.put(command)

    def drain(self) -> None:
        """Hand on what has arrived, at most MESSAGES_A_TICK; notice the engine's end."""
        for _ in range(MESSAGES_A_TICK):
            if self._pipe is None:
                return
            try:
                if not self._pipe.poll():
                    break
                events = self._pipe.recv()
            except (EOFError, OSError):
                self._ended()
                return
            self.has_spoken = True
            for event in events:
                assert isinstance(event, get_args(Event)), event
                self.received.emit(event)

    def _ended(self) -> None:
        process = self._process
        self._release()
        code = 0
        if process is not None:
            code = _end(process, 1.0)
        self.died.emit(code)

    def stop(self) -> None:
        """End the engine process, by force if it does not listen."""
        self.send(Quit())
        if self._process is not None:
            _end(self._process, 0.5)
        self._release()

    def _release(self) -> None:
        self._timer.stop()
        if self._pipe is not None:
            self._outgoing.put(None)
            self._sender.join(1.0)
            self._pipe.close()
        self._pipe = self._process = None


def _send(pipe: Connection[Any, Any], outgoing: queue.Queue[Command | None]) -> None:
    """Send what is put into the queue, up to None."""
    while (command := outgoing.get()) is not None:
        with contextlib.suppress(OSError):  # the engine's end is noticed, and told, in drain
            pipe.send(command)
        outgoing.task_done()


def _end(process: SpawnProcess, patience: float) -> int:
    """Wait for a process that was told to end, then end it by force; returns its exit code."""
    process.join(patience)
    for force in (process.terminate, process.kill):
        if process.is_alive():
            force()
            process.join(2.0)
    return process.exitcode or 0
