"""Which of several kernels computes a step: the fastest, measured once and remembered.

Ways differ in rounding, so a run could not be repeated if a choice hung on the noise of a clock.
Hence each choice is written down at once, in the user's cache folder, and holds from then on for
the same sizes on the same machine. Without a file (a read-only disk) it holds for the process.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np

from engine.kernels import Kernel
from engine.kernels.ways import OTHERS, Arguments, ways_of
from engine.runtime.build import Step
from engine.runtime.memory import Memory, shares_of
from engine.runtime.plan import Plan

SETTING = "LAYERWISE_WAYS"  # "first" or "last" in the environment: measure nothing, take that way
GAIN = 0.95  # another way must take less than this part of the time of the first
SAMPLES = 32  # of a batch, at most: enough to tell the ways apart
SECONDS = 0.04  # for one choice, but at least LEAST rounds
LEAST, MOST = 5, 25  # rounds


# What this thread has computed for: a busy machine takes the processor away for milliseconds at a
# time. Windows counts that in steps too long.
_own_seconds = perf_counter if sys.platform == "win32" else thread_time


class Memo:
    """Choices by what was chosen for, kept in a file; one that cannot be read counts as empty."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._known: dict[str, str] | None = None

    def get(self, key: str) -> str | None:
        """What was chosen, if anything."""
        if self._known is None:
            self._known = self._read()
        return self._known.get(key)

    def put(self, key: str, value: str) -> str:
        """Write a choice down; returns it, or what another process chose in the meantime."""
        known = {**(self._known or {}), **self._read()}
        found = known.setdefault(key, value)
        self._known = known
        if self.path is not None:
            with suppress(OSError):  # it then holds for this process
                self._write(known)
        return found

    def _read(self) -> dict[str, str]:
        if self.path is None:
            return {}
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)}

    def _write(self, known: dict[str, str]) -> None:
        """Replace the file in one go, so that no other process ever reads half of it."""
        assert self.path is not None
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix="choices-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(known, file, indent=0, sort_keys=True)
            os.replace(name, self.path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


class Choice:
    """Chooses a kernel for each step of a plan, by name.

    kernels : all kernels by name
    memory : the arrays; some of the first worker's samples in a whole batch are measured
    memo : where choices are remembered; None says that every step has one way only
    """

    def __init__(self, kernels: Mapping[str, Kernel], memory: Memory, memo: Memo | None) -> None:
        self.kernels, self.memory, self.memo = kernels, memory, memo
        share = shares_of(memory.batch, memory.workers)[0]
        self.share = replace(share, last=min(share.last, SAMPLES))
        self.chosen: dict[tuple[str, str], str] = {}  # (node, the plan's kernel): its way
        self._of_step: dict[Step, str] = {}

    def ways(self, step: Step) -> tuple[str, ...]:
        """All kernels that can compute a step, the plan's own first."""
        if self.memo is None or step.kernel not in OTHERS:
            return (step.kernel,)
        return ways_of(step.kernel, self._arguments(step))

    def of(self, step: Step) -> str:
        """The kernel that computes a step from now on."""
        if step not in self._of_step:
            ways = self.ways(step)
            self._of_step[step] = ways[0] if len(ways) == 1 else self._best(step, ways)
            if len(ways) > 1:
                self.chosen[step.node, step.kernel] = self._of_step[step]
        return self._of_step[step]

    def settle(self, plan: Plan) -> None:
        """Choose for all steps now."""
        for step in (*plan.forward, *plan.backward):
            self.of(step)

    def _arguments(self, step: Step) -> Arguments:
        return self.memory.bind(step, self.kernels[step.kernel], self.share, {})[1]

    def _best(self, step: Step, ways: Sequence[str]) -> str:
        assert self.memo is not None
        setting = os.environ.get(SETTING)
        if setting in ("first", "last"):
            return ways[0 if setting == "first" else -1]
        arguments = self._arguments(step)
        key = described(step.kernel, ways, arguments)
        known = self.memo.get(key)
        if known is None or known not in ways:
            fastest = measured([self.kernels[name] for name in ways], arguments)
            known = self.memo.put(key, ways[fastest])
        return known if known in ways else ways[0]


def measured(ways: Sequence[Kernel], arguments: Arguments) -> int:
    """Which of several kernels takes the least time for the same arguments.

    They take turns, so that a busy moment meets all of them, and the best time of each counts. They
    work on arrays of their own, written once: memory that is still untouched reads too fast.
    """
    arguments = tuple(np.ones_like(a) if isinstance(a, np.ndarray) else a for a in arguments)
    best = [np.inf] * len(ways)
    for way in ways:
        way(*arguments)  # compiled now, if not before
    start, rounds = perf_counter(), 0
    while rounds < LEAST or (rounds < MOST and perf_counter() - start < SECONDS):
        for k, way in enumerate(ways):
            before = _own_seconds()
            way(*arguments)
            best[k] = min(best[k], _own_seconds() - before)
        rounds += 1
    fastest = int(np.argmin(best))
    return fastest if best[fastest] < GAIN * best[0] else 0


def described(kernel: str, names: Sequence[str], arguments: Arguments) -> str:
    """All that a choice depends on: the processor, the ways, types, sizes and numbers."""
    words = [processor(), kernel, "/".join(names)]
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            words.append(f"{argument.dtype}{list(argument.shape)}")
        else:
            words.append(repr(argument))
    return " ".join(words)


@cache
def processor() -> str:
    """The processor as the compiler of the kernels names it."""
    from llvmlite.binding import get_host_cpu_name
    from numba.core import config

    return str(getattr(config, "CPU_NAME", None) or get_host_cpu_name())


@cache
def machine_memo(backend: str) -> Memo | None:
    """What was chosen on this machine with the compiled kernels as they are."""
    if backend != "cpu":
        return None
    from engine.kernels.cpu import cache_folder

    return Memo(cache_folder() / "choices.json")
