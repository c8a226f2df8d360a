"""Races one after the other, each with its processes: whoever is installed against ours."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import ENTRIES, FAMILIES, OURS
from tests.benchmarks.peak import PRODUCTS
from tests.benchmarks.process import Failed, Process, contestant
from tests.benchmarks.race import Race


def race_all(section: str, workloads: Sequence[str], asked: Asked, tell: Tell) -> None:
    """Race every workload with every number of threads."""
    names = [OURS, *present(section, asked.against, tell)]
    for threads in asked.threads:
        with products(threads) as peaks:
            for workload in workloads:
                about = {"section": section, "workload": workload, "threads": threads}
                tell("start", **about)
                try:
                    with started(section, names, workload, threads, asked.ways) as processes:
                        race = Race(section, workload, threads, processes, peaks, tell)
                        tell("measured", **race.run(asked.length).as_json())
                except Failed as error:
                    tell("failed", contestant=OURS, error=str(error), **about)


def present(section: str, against: Sequence[str], tell: Tell) -> Iterator[str]:
    """The contestants of these families; whoever is absent is told, with what is missing."""
    for family in against:
        names = FAMILIES[family].get(section, ())
        absent = sorted({each for name in names for each in ENTRIES[section][name].absent})
        if absent:
            tell("absent", family=family, packages=absent)
            continue
        for name in names:
            if ENTRIES[section][name].lacks_program:
                tell("lacks", contestant=name, programs=ENTRIES[section][name].programs)
            else:
                yield name


@contextmanager
def started(
    section: str, names: Sequence[str], workload: str, threads: int, ways: int
) -> Iterator[dict[str, Process]]:
    """The processes of one race, side by side while they get ready, and ended afterwards."""
    with ExitStack() as stack:
        processes = {}
        for name in names:
            processes[name] = contestant(section, name, workload, threads, ways)
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
