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

import numpy as np

from engine.kernels import Call
from engine.kernels.cpu._waiting import announce, wait_until
from engine.kernels.flow import STOP, Meeting

# Places on a worker's board: how many runs it was given, how many it has done, if it is asleep; and
# one that stays 0. Each worker has a board of its own, a line of the cache long.
GIVEN, DONE, ASLEEP, NEVER = 0, 1, 2, 3
LINE = 8  # numbers
NAP = 5e-5  # seconds


class Team:
    """`size` workers; the caller's thread is worker 0. One thread at a time may call `run`."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._lists: list[Sequence[Call]] = [()] * size
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
        self._lists[i] = calls
        self._errors[i] = None  # a run that broke off may have left one
        self._boards[i, GIVEN] += 1
        if self._boards[i, ASLEEP]:
            self._alarms[i].release()

    def _await(self, i: int) -> None:
        """Wait until a worker is done: looking out at first, then with naps."""
        given = int(self._boards[i, GIVEN])
        while not self._sees(i, DONE, given):
            time.sleep(NAP)

    def _sees(self, i: int, place: int, least: int) -> bool:
        """Look out for a number on a worker's board; False if that takes too long."""
        addresses = self._addresses[i]
        return wait_until(addresses[place], least, addresses[NEVER])

    def _work(self, i: int) -> None:
        board, runs = self._boards[i], 0
        while True:
            runs += 1
            while not self._sees(i, GIVEN, runs):
                board[ASLEEP] = 1
                if board[GIVEN] < runs:  # not given in between; a late alarm only makes us look
                    self._alarms[i].acquire()
                board[ASLEEP] = 0
            if self._is_closed:
                return
            try:
                _make(self._lists[i])
            except BaseException as error:  # handed to the caller of run()
                self._errors[i] = error
                self._call_off()
            self._lists[i] = ()
            announce(self._addresses[i][DONE])

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
