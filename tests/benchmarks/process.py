"""A contestant as the race sees it: a process that is asked for steps and answers with seconds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from tests.benchmarks.limits import environment

ROOT = Path(__file__).resolve().parents[2]
MANY = 99  # ways of working: all that there are


class Took(NamedTuple):
    """Seconds of a step."""

    seconds: float  # by the clock
    processor: float  # in which a processor really worked on it, all threads together


class Failed(Exception):
    """A contestant that could not start or broke off; the message says why."""


class Process:
    """One contestant with one workload and one number of threads."""

    def __init__(self, command: Sequence[str], threads: int) -> None:
        # closed by `close`; not a pipe, which could fill up
        self.errors = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            encoding="utf-8",
        )

    def read(self) -> dict[str, Any]:
        """The next message; Failed if it is an error, or the process ended."""
        line = self._pipe(self.process.stdout).readline()
        if not line:
            raise Failed(self._last_words())
        found: dict[str, Any] = json.loads(line)
        if "error" in found:
            raise Failed(found["error"])
        return found

    def run(self, steps: int) -> Took:
        """Have it train so many steps; returns the seconds of one step."""
        pipe = self._pipe(self.process.stdin)
        try:
            print(json.dumps({"steps": steps}), file=pipe, flush=True)
        except BrokenPipeError:
            raise Failed(self._last_words()) from None
        found = self.read()
        return Took(found["seconds"] / steps, found["processor"] / steps)

    def close(self) -> None:
        """End it, and wait until its cores are free."""
        self.process.kill()
        self.process.communicate()
        self.errors.close()

    def _last_words(self) -> str:
        self.process.kill()
        self.process.communicate()
        self.errors.seek(0)
        lines = self.errors.read().strip().splitlines()
        return lines[-1] if lines else f"exit code {self.process.returncode}"

    @staticmethod
    def _pipe(stream: IO[str] | None) -> IO[str]:
        assert stream is not None  # asked for when the process was started
        return stream


def contestant(section: str, name: str, workload: str, threads: int, ways: int = MANY) -> Process:
    """Start a contestant."""
    given = section, name, workload, str(threads), str(ways)
    return Process([sys.executable, "-m", "tests.benchmarks.serve", *given], threads)
