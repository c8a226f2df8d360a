"""A contestant's process: `python -m tests.benchmarks.serve SECTION NAME WORKLOAD
THREADS WAYS`.

It builds the network, says with one line of JSON that it is ready, and then reads lines that ask
for so many steps and answers each with the seconds that they took. Nothing else runs meanwhile.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from typing import TextIO

from tests.benchmarks.contestants import ENTRIES
from tests.benchmarks.contestants.base import Contestant
from tests.benchmarks.limits import hold_to
from tests.benchmarks.workloads import Workload, workload_called

TRIAL, LEAST = 0.3, 5  # seconds and steps for each way of working before the fastest is taken
WARM_UP = 3  # steps before anything is measured: compiling, first touch of memory

Say = Callable[[dict[str, object]], None]


def own_stdout() -> TextIO:
    """The pipe to the race, for us alone: what a library prints goes where errors go."""
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return kept


def timed(contestant: Contestant, steps: int) -> tuple[float, float]:
    """Seconds for so many steps, by the clock and of the processor, all threads together."""
    started, used = time.perf_counter(), time.process_time()
    contestant.run(steps)
    return time.perf_counter() - started, time.process_time() - used


def trial(contestant: Contestant) -> float:
    """Seconds for a step, measured shortly: the best of a few.

    With one thread they are the processor's, which other programs hardly change.
    """
    contestant.run(WARM_UP)
    kind = 1 if contestant.threads == 1 else 0
    seconds: list[float] = []
    ends = time.perf_counter() + TRIAL
    while len(seconds) < LEAST or time.perf_counter() < ends:
        seconds.append(timed(contestant, 1)[kind])
    return min(seconds)


def fastest(
    kind: type[Contestant], workload: Workload, threads: int, most: int
) -> tuple[Contestant, list[float]]:
    """The contestant in the fastest of at most `most` ways, and the numbers that all must have.

    A way that does not work is passed over, unless it is the only one.
    """
    ways = kind.ways(workload, threads)[:most]
    seconds: dict[str, float] = {}
    for way in ways if len(ways) > 1 else ():
        try:
            seconds[way] = trial(kind(workload, threads, way))
        except Exception as error:  # whatever a library raises, the other ways go on
            print(f"{way}: {type(error).__name__}: {error}", file=sys.stderr)
        gc.collect()
    chosen = min(seconds, key=lambda way: seconds[way]) if seconds else ways[0]
    contestant = kind(workload, threads, chosen)
    numbers = contestant.check()
    contestant.run(WARM_UP)
    return contestant, numbers


def answer(contestant: Contestant, requests: Iterable[str], say: Say) -> None:
    """Answer each request for steps with the seconds that they took."""
    gc.collect()
    gc.freeze()  # what the libraries made once need not be looked through again
    for line in requests:
        seconds, used = timed(contestant, json.loads(line)["steps"])
        say({"seconds": seconds, "processor": used})


def serve(build: Callable[[], tuple[Contestant, list[float]]], threads: int, out: TextIO) -> None:
    """Build a contestant and be it until the requests end; what goes wrong is said, not raised."""

    def say(message: dict[str, object]) -> None:
        print(json.dumps(message), file=out, flush=True)

    is_held = hold_to(threads)
    try:
        contestant, numbers = build()
        about = {"parameters": contestant.parameters, "numbers": numbers, "way": contestant.way}
        say({"held": is_held, **about, **contestant.facts})
        answer(contestant, sys.stdin, say)
    except Exception as error:  # told to the race, which goes on without this contestant
        say({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    channel = own_stdout()
    section, name, workload_name, threads_asked, ways_asked = sys.argv[1:]

    def built() -> tuple[Contestant, list[float]]:
        """The contestant of the command line."""
        kind = ENTRIES[section][name].load()
        workload = workload_called(workload_name)
        return fastest(kind, workload, int(threads_asked), int(ways_asked))

    serve(built, int(threads_asked), channel)
