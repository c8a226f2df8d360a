"""The section of starting: how long until the engine can train, in a fresh process.

Cold: nothing is compiled yet, as at the very first start on a machine. Cached: as at every later
start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import OURS
from tests.benchmarks.process import ROOT, Failed

START = "start"
WELCOME = ("welcome",)
LIMITS = {("welcome", "cold"): 30.0, ("welcome", "cached"): 2.0}  # seconds
CACHED = 3  # starts, of which the fastest counts: a start reads many files


def every_example() -> list[str]:
    """All examples by name, the welcome example first."""
    names = sorted(path.stem for path in (ROOT / "resources" / "examples").glob("*.json"))
    return [*WELCOME, *(name for name in names if name not in WELCOME)]


def measure_start(asked: Asked, tell: Tell) -> None:
    """Start with the welcome example, and with all examples one after the other."""
    lists = {"welcome": list(WELCOME)} | ({} if asked.is_quick else {"all": every_example()})
    for name, examples in lists.items():
        about = {"section": START, "workload": name, "threads": 0}
        tell("start", **about)
        try:
            with tempfile.TemporaryDirectory() as cache:
                cold = started(examples, cache)
                cached = min((started(examples, cache) for _ in range(CACHED)), key=total)
        except Failed as error:
            tell("failed", contestant=OURS, error=str(error), **about)
            continue
        for kind, seconds in (("cold", cold), ("cached", cached)):
            limit = LIMITS.get((name, kind))
            tell("measured", kind=kind, seconds=seconds, total=total(seconds), limit=limit, **about)


def total(seconds: dict[str, float]) -> float:
    """Seconds until the engine can train."""
    return sum(seconds.values())


def started(examples: Sequence[str], cache: str | None) -> dict[str, float]:
    """Seconds that a fresh process takes for each part of its start.

    Compiled kernels are kept in the folder `cache`, or where the person's own are.
    """
    command = [sys.executable, "-m", "tests.benchmarks.fresh", *examples]
    own = os.environ | ({"NUMBA_CACHE_DIR": cache} if cache else {})
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Failed(lines[-1] if lines else f"exit code {done.returncode}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
