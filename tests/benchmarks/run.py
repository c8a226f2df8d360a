"""A whole run: `python -m tests.benchmarks.run JSON` prints what happens, one line of JSON each.

The words and the table are put on by `gui.terminal.bench`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.benchmarks.contestants import ENTRIES, FAMILIES, OURS
from tests.benchmarks.machine import machine
from tests.benchmarks.peak import PRODUCTS
from tests.benchmarks.process import MANY, Failed, Process, contestant
from tests.benchmarks.race import Length, Race
from tests.benchmarks.workloads import WORKLOADS

Tell = Callable[..., None]


@dataclass(frozen=True)
class Asked:
    """What to measure."""

    against: tuple[str, ...] = ()  # keys of FAMILIES
    workloads: tuple[str, ...] = tuple(WORKLOADS)
    threads: tuple[int, ...] = (1,)
    rounds: int = 15
    seconds: float = 20.0
    ways: int = MANY  # of each contestant's ways of working, how many to try

    @property
    def length(self) -> Length:
        """How long each race is."""
        return Length(self.rounds, self.seconds)


def run(asked: Asked, tell: Tell) -> None:
    """Race every workload with every number of threads."""
    tell("machine", **machine())
    names = [OURS, *present(asked.against, tell)]
    for threads in asked.threads:
        with products(threads) as peaks:
            for workload in asked.workloads:
                tell("start", workload=workload, threads=threads)
                try:
                    with started(names, workload, threads, asked.ways) as processes:
                        found = Race(workload, threads, processes, peaks, tell).run(asked.length)
                    tell("measured", **found.as_json())
                except Failed as error:
                    told = {"workload": workload, "threads": threads, "error": str(error)}
                    tell("failed", contestant=OURS, **told)


def present(against: Sequence[str], tell: Tell) -> Iterator[str]:
    """The contestants of these families; whoever is not installed is told with the packages."""
    for family in against:
        absent = sorted({p for name in FAMILIES[family] for p in ENTRIES[name].absent})
        if absent:
            tell("absent", family=family, packages=absent)
        else:
            yield from FAMILIES[family]


@contextmanager
def started(
    names: Sequence[str], workload: str, threads: int, ways: int
) -> Iterator[dict[str, Process]]:
    """The processes of one race, side by side while they get ready, and ended afterwards."""
    with ExitStack() as stack:
        processes = {}
        for name in names:
            processes[name] = contestant(name, workload, threads, ways)
            stack.callback(processes[name].close)
        yield processes


@contextmanager
def products(threads: int) -> Iterator[dict[str, Process]]:
    """The processes that show what the machine can do, ready."""
    with ExitStack() as stack:
        found = {}
        for name in PRODUCTS:
            command = [sys.executable, "-m", "tests.benchmarks.serve_peak", name, str(threads)]
            found[name] = Process(command, threads)
            stack.callback(found[name].close)
        for process in found.values():
            process.read()
        yield found


def tell_in_json(event: str, **values: Any) -> None:
    """Print an event."""
    print(json.dumps({"event": event} | values), flush=True)


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    run(Asked(**given | lists), tell_in_json)
