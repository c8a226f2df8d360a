"""What to measure, as it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.contestants import STEPS
from tests.benchmarks.process import MANY
from tests.benchmarks.race import Length
from tests.benchmarks.workloads import WORKLOADS

Tell = Callable[..., None]  # of an event: its name and its values


@dataclass(frozen=True)
class Asked:
    """Sections, contestants, workloads of training steps, and how long."""

    sections: tuple[str, ...] = (STEPS,)
    against: tuple[str, ...] = ()  # keys of FAMILIES
    workloads: tuple[str, ...] = tuple(WORKLOADS)
    threads: tuple[int, ...] = (1,)
    rounds: int = 15
    seconds: float = 20.0
    ways: int = MANY  # of each contestant's ways of working, how many to try

    @property
    def is_quick(self) -> bool:
        """Whether a rough answer is enough."""
        return self.ways == 1

    @property
    def length(self) -> Length:
        """How long each race is."""
        return Length(self.rounds, self.seconds)
