"""One race: ours and each peer in turn, ours, torch, ours, jax …, many short rounds.

A shared machine is fast in one second and slow in the next. Whoever runs first all of this and
then all of that compares two different machines. Here neighbours in time are compared, and the
median over the rounds leaves out the moments when something else ran.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tests.benchmarks.contestants import OURS
from tests.benchmarks.figures import Measured
from tests.benchmarks.process import Failed, Process

BATCH = 0.06  # seconds that a round of one contestant should take
MOST = 100_000  # steps in a round
LEAST = 3  # rounds, however long they take
SLACK = 1e-4  # by which numbers that must be the same may differ, also as a share

Tell = Callable[..., None]


@dataclass(frozen=True)
class Length:
    """How long to race: so many rounds, unless the seconds are over before."""

    rounds: int = 15
    seconds: float = 20.0


def steps_for(process: Process, seconds: float = BATCH) -> int:
    """How many steps take about so long; finding out warms the contestant up."""
    steps = 1
    while True:
        each = process.run(steps).seconds
        wanted = max(1, min(MOST, round(seconds / max(each, 1e-9))))
        if steps >= wanted / 2:
            return wanted
        steps = min(wanted, steps * 10)


@dataclass
class Race:
    """The contestants of one workload with one number of threads, started before."""

    section: str
    workload: str
    threads: int
    processes: Mapping[str, Process]
    peaks: Mapping[str, Process]  # the matrix products that show what the machine can do
    tell: Tell

    def run(self, length: Length) -> Measured:
        """Race; who fails is told and left out. Failed if ours does: there is nothing to compare.

        Without peers ours runs alone.
        """
        measured = Measured(self.section, self.workload, self.threads, {})
        running = dict(self._ready(measured))
        for name in different(measured):
            self._tell("different", contestant=name)
        steps = self._steps(running)
        ends = time.monotonic() + length.seconds
        for number in range(length.rounds):
            if number >= LEAST and time.monotonic() > ends:
                break
            self._round(measured, running, steps)
            self._tell("round", number=number + 1, rounds=length.rounds)
        return measured

    def _ready(self, measured: Measured) -> Iterator[tuple[str, Process]]:
        for name, process in self.processes.items():
            try:
                measured.about[name] = process.read()
            except Failed as error:
                if name == OURS:
                    raise
                self._tell("failed", contestant=name, error=str(error))
            else:
                yield name, process

    def _steps(self, running: dict[str, Process]) -> dict[str, int]:
        """How many steps each takes in a round; who fails already here runs no more."""
        found: dict[str, int] = {}
        for name, process in list(running.items()):
            try:
                found[name] = steps_for(process)
            except Failed as error:
                if name == OURS:
                    raise
                self._tell("failed", contestant=name, error=str(error))
                del running[name]
        return found

    def _round(
        self, measured: Measured, running: dict[str, Process], steps: Mapping[str, int]
    ) -> None:
        """Each peer once, ours before each; then the products."""
        rounds = measured.rounds
        peers = [name for name in running if name != OURS]
        for name in peers or [""]:
            rounds.setdefault(f"{OURS}/{name}", []).append(running[OURS].run(steps[OURS]))
            if not name:
                continue
            try:
                rounds.setdefault(name, []).append(running[name].run(steps[name]))
            except Failed as error:
                self._tell("failed", contestant=name, error=str(error))
                del running[name]
                rounds.pop(name, None)
        for name, process in self.peaks.items():
            measured.peaks.setdefault(name, []).append(process.run(1))

    def _tell(self, event: str, **values: object) -> None:
        about = {"section": self.section, "workload": self.workload, "threads": self.threads}
        self.tell(event, **about, **values)


def different(measured: Measured) -> list[str]:
    """Contestants whose first loss or answers are not ours: they compute something else."""
    ours = measured.about[OURS]["numbers"]

    def agrees(numbers: list[float]) -> bool:
        pairs = zip(numbers, ours, strict=True)
        return all(abs(a - b) <= SLACK * (1 + abs(b)) for a, b in pairs)

    return [name for name, about in measured.about.items() if not agrees(about["numbers"])]
