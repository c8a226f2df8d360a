"""The engine process, seen from the window: started, listened to, and started again if it dies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, get_args

from PySide6.QtCore import QObject, Signal

from engine.protocol import Command, Event, Quit
from engine.worker import serve
from gui.process_client import ProcessClient, end

PATIENCE = 0.5  # seconds, for an engine that is to end by itself
MESSAGES_A_TICK = 4  # each a list of events, see engine.runtime.outbox


class EngineClient(ProcessClient):
    """Owns the engine process. `received` carries every event, `died` an unexpected end."""

    started = Signal()
    received = Signal(object)  # an engine.protocol.Event
    died = Signal(int)  # exit code
    messages_a_tick = MESSAGES_A_TICK

    def __init__(self, parent: QObject | None = None, waits: bool = False) -> None:
        super().__init__(parent)
        self.has_spoken = False  # whether this engine came as far as to say anything
        self.waits = waits  # to be started by the first command

    @property
    def is_alive(self) -> bool:
        """Whether there is a process to talk to, or one that a command starts."""
        return self.waits or super().is_alive

    def _serve(self) -> Callable[[Connection[Any, Any]], None]:
        return serve

    def listen(self, pipe: Connection[Any, Any]) -> None:
        """Talk to the engine at the other end of `pipe`; it begins with Ready."""
        super().listen(pipe)
        self.has_spoken = self.waits = False
        self.started.emit()

    def send(self, command: Command) -> None:
        """Send a command soon; if the engine is gone, `died` follows at the next tick."""
        assert isinstance(command, get_args(Command)), command
        if self.waits:
            self.start()
        self._put(command)

    def _hear(self, message: list[Event]) -> None:
        self.has_spoken = True
        for event in message:
            assert isinstance(event, get_args(Event)), event
            self.received.emit(event)

    def _mourn(self, code: int) -> None:
        self.died.emit(code)

    def stop(self, waits: bool = True) -> None:
        """End the engine process, by force if it does not listen; with `waits` until it is gone."""
        self.waits = False
        self.send(Quit())
        process = self._process
        if process is not None and waits:
            end(process, PATIENCE)
        self._release()
        if process is not None and not waits:  # not a daemon: the program does not end before it
            threading.Thread(target=end, args=(process, PATIENCE)).start()
