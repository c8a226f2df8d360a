"""A team of threads that run lists of kernel calls side by side, one meeting per list.

Kernels release Python's global lock, so the threads really compute at once. Each thread runs its
whole list without waiting for the others, which on a busy computer loses far less than a barrier
after every kernel.

Waking a sleeping thread takes some 50 µs, as long as a whole training step of a small network. So
whoever waits first looks out for about that time, and only then sleeps: between two batches the
workers stay awake, and at any longer pause the processor is free for others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import cache

import numpy as np

from engine.kernels import Call
from engine.kernels.cpu._program import (
    ASLEEP,
    COUNT,
    FINISHED,
    GIVEN,
    NEVER,
    NOTHING,
    RECORDS,
    Program,
    serve,
)
from engine.kernels.cpu._waiting import announce, wait_until
from engine.kernels.flow import STOP, Meeting

LINE = 8  # numbers on a line of the cache: each worker's board has one of its own
NAP = 5e-5  # seconds


class Team:
    """`size` workers; the caller's thread is worker 0. One thread at a time may call `run`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._lists: list[Sequence[Call]] = [()] * size
        self._programs: list[Program | None] = [None] * size  # the list, if it is one program
        self._errors: list[BaseException | None] = [None] * size
        self._alarms = [threading.Semaphore(0) for _ in range(size)]
        self._boards = np.zeros((size, LINE), np.int64)
        places = np.arange(size * LINE).reshape(size, LINE) * self._boards.itemsize
        self._addresses: list[list[int]] = (places + self._boards.ctypes.data).tolist()
        self._meetings: dict[int, Meeting] = {}
        self._is_closed = False
        self._threads = [
            threading.Thread(target=self._work, args=(i,), name=f"worker-{i}", daemon=True)
            for i in range(1, size)
        ]
        for thread in self._threads:
            thread.start()

    def meeting(self, workers: int) -> Meeting:
        """A call that returns when each of the first `workers` workers has made it."""
        if workers not in self._meetings:
            self._meetings[workers] = Meeting(workers)
        return self._meetings[workers]

    def run(self, lists: Sequence[Sequence[Call]]) -> None:
        """Run one list of calls per worker, and come back when all are done.

        What a worker raises is raised here; of several errors, the first worker's. A worker that
        failed comes to no meeting, so the others break off there.
        """
        if self._is_closed:
            raise ValueError("this team of workers is closed: make a new model")
        helpers = range(1, len(lists))
        for i in helpers:
            self._give(i, lists[i])
        try:
            _make(lists[0])
        except threading.BrokenBarrierError:
            pass  # the worker that did not come says why
        except BaseException:
            self._call_off()
            raise
        finally:
            for i in helpers:
                self._await(i)
            self._hold_again()
        for i in helpers:
            error = self._errors[i]
            if error is not None and not isinstance(error, threading.BrokenBarrierError):
                raise error

    def _give(self, i: int, calls: Sequence[Call]) -> None:
        """Hand a list to a worker, which looks out for it or sleeps."""
        board = self._boards[i]
        self._lists[i] = calls
        self._errors[i] = None  # a run that broke off may have left one
        only = calls[0][0] if len(calls) == 1 else None
        program = self._programs[i] = only if isinstance(only, Program) else None
        board[RECORDS], board[COUNT] = program.place if program is not None else (0, 0)
        announce(self._addresses[i][GIVEN])
        if board[ASLEEP]:
            self._alarms[i].release()

    def _await(self, i: int) -> None:
        """Wait until a worker is done: looking out at first, then with naps."""
        given, addresses = int(self._boards[i, GIVEN]), self._addresses[i]
        while not wait_until(addresses[FINISHED], given, addresses[NEVER]):
            time.sleep(NAP)

    def _work(self, i: int) -> None:
        board = self._boards[i]
        while True:
            result = serve(board)
            if result == NOTHING:
                board[ASLEEP] = 1
                if board[GIVEN] == board[FINISHED]:  # a late alarm only makes us look once more
                    self._alarms[i].acquire()
                board[ASLEEP] = 0
                continue
            if self._is_closed:
                return
            try:
                program = self._programs[i]
                if program is None:
                    _make(self._lists[i])
                else:
                    program.finish(result)
            except BaseException as error:  # handed to the caller of run()
                self._errors[i] = error
                self._call_off()
            announce(self._addresses[i][FINISHED])

    def _call_off(self) -> None:
        for meeting in self._meetings.values():
            meeting.call_off()

    def _hold_again(self) -> None:
        for meeting in self._meetings.values():
            if meeting.is_called_off:
                meeting.hold_again()

    def close(self) -> None:
        """End the threads."""
        if not self._is_closed:
            self._is_closed = True
            for i in range(1, self.size):
                self._give(i, ())
            for thread in self._threads:
                thread.join()


def _make(calls: Sequence[Call]) -> None:
    """Make calls in order, until one of them says that the others are to be left out."""
    for kernel, arguments in calls:
        if kernel(*arguments) is STOP:
            return


@cache
def single_threaded_blas() -> None:
    """BLAS inside workers must not start threads of its own; it lasts as long as the process."""
    import scipy.linalg.cython_blas  # noqa: F401  # Numba's BLAS: loaded, so that it is limited too
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
