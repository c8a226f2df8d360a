"""The data process, seen from the window: asked, listened to, and ended where it takes too long.

One question is with the process at a time, the others wait here. So a question can be dropped
while it waits, and one that is being worked on is dropped by ending the process: the next question
begins a new one. Nothing here waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from engine.data_protocol import Answer, Question, Refused, Working
from engine.data_worker import serve
from gui.process_client import ProcessClient, end

PATIENCE_MS = 2000  # for a question whose answer nobody wants any more


class DataClient(ProcessClient):
    """Owns the data process, which is started by the first question.

    All answers carry the `task` number that `ask` returned. A task that was cancelled or forgotten
    is never heard of again; every other one ends with `answered` or `refused`.
    """

    answered = Signal(object)  # Seen, Taken, …
    working = Signal(object)  # Working
    refused = Signal(object)  # Refused

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Question] = deque()
        self._at_work: Question | None = None
        self._last = 0
        self._unwanted = QTimer(self)  # until an answer that nobody waits for is given up
        self._unwanted.setSingleShot(True)
        self._unwanted.timeout.connect(self._end_work)

    def _serve(self) -> Callable[[Connection[Any, Any]], None]:
        return serve

    def ask(self, question: Question, urgent: bool = False) -> int:
        """Ask a question soon; returns the number that its answers will carry.

        An urgent one, for whose answer a person waits, comes before those that wait already.
        """
        self._last += 1
        add = self._waiting.appendleft if urgent else self._waiting.append
        add(replace(question, task=self._last))
        self._go_on()
        return self._last

    def cancel(self, task: int) -> None:
        """Drop a task at once, by ending the process if it is being worked on."""
        if not self._drop(task):
            self._end_work()

    def forget(self, task: int) -> None:
        """Drop a task; one that is being worked on is given a moment to end by itself.

        For questions that follow each other quickly: a new process would take longer.
        """
        if not self._drop(task) and not self._unwanted.isActive():
            self._unwanted.start(PATIENCE_MS)

    def _drop(self, task: int) -> bool:
        """Drop a task that waits, or was answered; False if it is being worked on."""
        self._waiting = deque(q for q in self._waiting if q.task != task)
        return self._at_work is None or self._at_work.task != task

    def _go_on(self) -> None:
        if self._at_work is None and self._waiting:
            if self._pipe is None:
                self.start()
            self._at_work = self._waiting.popleft()
            self._put(self._at_work)

    def _hear(self, message: Answer) -> None:
        at_work = self._at_work
        if at_work is None or message.task != at_work.task:
            return
        is_wanted = not self._unwanted.isActive()
        if isinstance(message, Working):
            if is_wanted:
                self.working.emit(message)
            return
        self._unwanted.stop()
        self._at_work = None
        self._go_on()  # first, as whoever hears the answer may ask again
        if is_wanted:
            (self.refused if isinstance(message, Refused) else self.answered).emit(message)

    def _mourn(self, code: int) -> None:
        lost, self._at_work = self._at_work, None
        is_wanted = not self._unwanted.isActive()
        self._unwanted.stop()
        self._go_on()
        if lost is not None and is_wanted:
            self.refused.emit(Refused(lost.task, "data_process_died", {"code": code}))

    def _end_work(self) -> None:
        self._kill()
        self._go_on()

    def _kill(self) -> None:
        self._unwanted.stop()
        self._at_work, process = None, self._process
        if process is not None:
            process.kill()  # it holds nothing that could be lost
            end(process, 2.0)
        self._release()

    def stop(self) -> None:
        """End the process; what was asked is forgotten."""
        self._waiting.clear()
        self._kill()
