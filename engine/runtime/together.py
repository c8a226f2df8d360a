"""Kernels compiled by several processes, where the computer has cores for them.

Each process takes what nobody has taken yet: this one the largest first, the others the smallest.
Parts that many large kernels call, such as the matrix product, are so compiled by one process, and
the others find them in the cache. An assistant that dies costs time only: what it left is compiled
here.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.kernels import Kernel
from engine.kernels.warming import DONE, FAILED, is_missing, request, weight

ENOUGH = 8  # with fewer kernels, an assistant would only just have started when all are done
MOST = 3  # assistants; each takes some 200 MiB
PATIENCE = 0.5  # seconds in which an assistant should finish something
ASSISTANT = ["-m", "engine.kernels.warming"]
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One kernel to be ready for arguments of certain types; calling it with them is safe."""

    name: str
    kernel: Kernel
    arguments: tuple[Any, ...]

    def __call__(self) -> None:
        """Run it, which compiles it or takes it from the cache if need be."""
        self.kernel(*self.arguments)


def ready(jobs: Sequence[Job], most: int = MOST) -> Iterator[tuple[int, str]]:
    """Make all jobs ready; yields before each (how many are, which comes next).

    most : how many assistants to ask at the most
    """
    missing = sorted(
        (job for job in jobs if is_missing(job.kernel, job.arguments)),
        key=lambda job: -weight(job.kernel),
    )
    done = 0
    if len(missing) >= ENOUGH and (count := min(most, spare_cores())):
        with contextlib.closing(Assistants(missing, count)) as assistants:
            for name in assistants.work():
                yield assistants.done, name
                done = assistants.done
    made = {id(job) for job in missing} if done else set()
    for job in jobs:
        if id(job) not in made:
            yield done, job.name
            done += 1
        job()  # in no time, if another process has compiled it


class Assistants:
    """Processes that share a list of jobs with this one."""

    def __init__(self, jobs: Sequence[Job], count: int) -> None:
        self._open, self._count = deque(jobs), len(jobs)
        self._refused: deque[Job] = deque()  # by an assistant: they are done here
        self._change = threading.Condition()
        self._taken: list[Job] = []  # by assistants, at the moment
        self._ready: set[int] = set()  # places in memory of jobs, which are never equal
        self._processes: list[subprocess.Popen[str]] = []
        with contextlib.suppress(OSError):  # no room for another process: fewer will do
            for _ in range(count):
                self._processes.append(start_python(ASSISTANT))
        self._threads = [
            threading.Thread(target=self._guide, args=(process,), daemon=True)
            for process in self._processes
        ]
        for thread in self._threads:
            thread.start()

    @property
    def done(self) -> int:
        """How many jobs are ready."""
        return len(self._ready)

    def work(self) -> Iterator[str]:
        """Do jobs here, and wait for the others' last ones; yields what is being compiled."""
        while self.done < self._count:
            job = self._next()
            if job is not None:
                yield job.name
                job()
                self._close_job(job, was_done=True)
            elif others := self._taken[:1]:
                yield others[0].name

    def _next(self) -> Job | None:
        """What to do here: the first that nobody does, or what an assistant is too slow with."""
        with self._change:
            if jobs := self._refused or self._open:
                return jobs.popleft()
            before = self.done
            self._change.wait(PATIENCE)
            return self._taken[0] if self._taken and self.done == before else None

    def _guide(self, process: subprocess.Popen[str]) -> None:
        """Give jobs to one assistant, one after the other."""
        is_alive = True
        while is_alive:
            with self._change:
                if not self._open:
                    return
                job = self._open.pop()
                self._taken.append(job)
            answer = _ask(process, request(job.name, job.arguments))
            self._close_job(job, answer == DONE)
            is_alive = answer in (DONE, FAILED)

    def _close_job(self, job: Job, was_done: bool) -> None:
        with self._change:
            if job in self._taken:
                self._taken.remove(job)
            if was_done:
                self._ready.add(id(job))
            elif id(job) not in self._ready:
                self._refused.append(job)
            self._change.notify()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._open.clear()
        for process in self._processes:
            process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            end(process)


def start_python(arguments: Sequence[str]) -> subprocess.Popen[str]:
    """Start a process that listens to us, and can import what is ours."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
        creationflags=_WINDOWS_FLAGS,
    )


def end(process: subprocess.Popen[str]) -> None:
    """End a process that `start_python` started, whatever it is doing."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # of the line that was never read
            pipe.close()  # type: ignore[union-attr]  # both are ours


# no console, and a priority below the window's
_WINDOWS_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(
    subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0
)


def _ask(process: subprocess.Popen[str], line: str) -> str:
    """Send a request and wait for the answer; nothing if the process died."""
    assert process.stdin is not None and process.stdout is not None
    try:
        print(line, file=process.stdin, flush=True)
        return process.stdout.readline().strip()
    except (OSError, ValueError):
        return ""


def spare_cores() -> int:
    """Cores that this process leaves idle while it compiles; none in a frozen app."""
    if getattr(sys, "frozen", False):
        return 0  # sys.executable is the app itself
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0)) - 1  # Linux only
    return (os.cpu_count() or 1) - 1
