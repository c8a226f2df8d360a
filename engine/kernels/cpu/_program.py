"""A whole list of kernel calls as one call: the interpreter is visited once a pass.

Each call is a record of three addresses. A pass over a small network has some twenty calls, which
Python needs 0.5 to 3 µs each to begin; here it takes 20 ns. Workers also meet without it: a worker
looks for the others some microseconds long, and only then sleeps.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import BrokenBarrierError
from typing import Any

import numpy as np

from engine.kernels import Array, Kernel
from engine.kernels.cpu import kernel
from engine.kernels.cpu._native import (
    address,
    compiled,
    flush,
    invoke,
    look,
    slots,
    table_at,
    take_number,
    trampolines,
    unflush,
)
from engine.kernels.cpu._waiting import wait_until
from engine.kernels.flow import BROKEN, Guard, Meeting

CALL, MEETING, GUARD = range(3)
KIND, FIRST, SECOND, THIRD = range(4)  # of a record
# a call: trampoline, kernel, slots. A meeting: board, workers, whom to wait for. A guard: flag.

NAP = 5e-5  # seconds
DONE, CALLED_OFF = -1, -2  # other results of `execute` are the record to go on with
NOTHING, BY_HAND = -3, -4  # other results of `serve`
FAILED = -5  # and below: FAILED - number of the record

# Places on a worker's board: how many lists of calls it was given, how many are finished, if it is
# asleep; one that stays 0; and where the records of its program are, and how many, or 0.
GIVEN, FINISHED, ASLEEP, NEVER, RECORDS, COUNT = range(6)


@kernel
def execute(records: Array, first: int) -> int:
    """Make the calls from record `first` on, and take numbers below the smallest for zero."""
    before = flush()
    result = _execute(records, first)
    unflush(before)
    return result


@kernel
def _execute(records: Array, first: int) -> int:
    for k in range(first, records.shape[0]):
        kind, board = records[k, KIND], records[k, FIRST]
        if kind == CALL:
            if invoke(board, records[k, SECOND], records[k, THIRD]) != 0:
                return FAILED - k
        elif kind == GUARD:
            if look(board) != 0:
                return DONE
        else:
            if records[k, THIRD] == 0:  # just arrived
                workers = records[k, SECOND]
                records[k, THIRD] = (take_number(board) // workers + 1) * workers
            broken = board + 8 * BROKEN
            if not wait_until(board, records[k, THIRD], broken):
                return k
            records[k, THIRD] = 0
            if look(broken) != 0:
                return CALLED_OFF
    return DONE


@kernel
def serve(board: Array) -> int:
    """Make a worker execute what appears on its board, for as long as something comes soon.

    That needs nothing of the interpreter, which only one thread at a time may use. Returns NOTHING
    if nothing has come for a while, BY_HAND if something came that is no program, or what
    `execute` returned if it is not DONE.
    """
    place = board.ctypes.data
    while True:
        if not wait_until(place + 8 * GIVEN, board[FINISHED] + 1, place + 8 * NEVER):
            return NOTHING
        if board[RECORDS] == 0:
            return BY_HAND
        result = execute(table_at(board[RECORDS], board[COUNT], THIRD + 1), 0)
        if result != DONE:
            return result
        take_number(place + 8 * FINISHED)


class Program:
    """Calls of kernels, meetings and guards, made one after the other by calling the program."""

    def __init__(self, calls: Sequence[tuple[Kernel, tuple[Any, ...]]]) -> None:
        self.calls = calls  # keeps the arrays alive, too
        self.records = np.zeros((len(calls), 4), np.int64)
        rows = [slots(arguments) for _, arguments in calls]
        self._slots = np.array([number for row in rows for number in row], np.int64)
        starts = np.cumsum([0, *map(len, rows)]) * self._slots.itemsize + address(self._slots)
        kinds = {}
        for k, (thing, arguments) in enumerate(calls):
            if isinstance(thing, Meeting):
                self.records[k] = MEETING, address(thing.board), thing.workers, 0
            elif isinstance(thing, Guard):
                self.records[k] = GUARD, address(thing.flag), 0, 0
            else:
                function, kinds[k] = compiled(thing, arguments)
                self.records[k] = CALL, 0, function, starts[k]
        self.records[list(kinds), FIRST] = trampolines(list(kinds.values()))
        self.place = address(self.records), len(self.records)

    def __call__(self) -> None:
        """Make the calls; threading.BrokenBarrierError if a meeting was called off."""
        self.finish(execute(self.records, 0))

    def finish(self, k: int) -> None:
        """Go on from what `execute` returned."""
        while k >= 0:
            time.sleep(NAP)  # the others are long in coming: leave the processor to them
            k = execute(self.records, k)
        if k == CALLED_OFF:
            self.records[self.records[:, KIND] == MEETING, THIRD] = 0
            raise BrokenBarrierError
        if k <= FAILED:
            kernel, arguments = self.calls[FAILED - k]
            kernel(*arguments)  # once more, for its exception
            raise RuntimeError(f"{kernel} failed")


def is_native(call: tuple[Kernel, tuple[Any, ...]]) -> bool:
    """Whether a program can make this call: a compiled kernel, a meeting or a guard."""
    return hasattr(call[0], "overloads") or isinstance(call[0], (Meeting, Guard))
