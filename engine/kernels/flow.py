"""What a list of kernel calls may hold beside kernels: a place to wait, and a reason to stop.

Both are called like kernels, without arguments. Compiled lists (see `engine.kernels.cpu._program`)
do the same without the interpreter, by the numbers on the `board`.
"""

from __future__ import annotations

import threading

import numpy as np

ARRIVED, BROKEN = range(2)  # places on the board of a meeting
STOP = object()  # what a call returns if the calls behind it are to be left out


class Meeting:
    """A place where each of so many workers waits until all have come."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.board = np.zeros(2, np.int64)  # how often anyone has come; 1 if called off
        self._barrier = threading.Barrier(workers)

    def __call__(self) -> None:
        """Wait; threading.BrokenBarrierError if it is called off."""
        self._barrier.wait()

    @property
    def is_called_off(self) -> bool:
        """Whether someone did not come."""
        return bool(self.board[BROKEN])

    def call_off(self) -> None:
        """Let nobody wait any longer for somebody who will not come."""
        self.board[BROKEN] = 1
        self._barrier.abort()

    def hold_again(self) -> None:
        """Make ready for the next time; nobody may be waiting."""
        self.board[:] = 0
        self._barrier.reset()


class Guard:
    """Lets the calls behind it be made only if those before it left a 0 in `flag`."""

    def __init__(self) -> None:
        self.flag = np.zeros(1, np.int64)

    def __call__(self) -> object:
        """STOP, or None to go on."""
        return STOP if self.flag[0] else None
