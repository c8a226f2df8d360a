"""What every contestant can do: be built from a workload, and run."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from numpy.typing import NDArray

from tests.benchmarks.workloads import Workload

RATE, EPSILON = 0.001, 1e-7  # of Adam, for all


class Contestant(ABC):
    """One library with one workload, ready to run from the common first weights.

    A library that can be told to work in several ways names them as `ways`; the fastest is raced.
    """

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        self.workload, self.threads, self.way = workload, threads, way

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        """The ways worth trying for this workload and threads, the most usual first."""
        return ("",)

    @property
    @abstractmethod
    def parameters(self) -> int:
        """How many numbers are trained."""

    @abstractmethod
    def run(self, steps: int) -> float:
        """Train on so many batches, wait until all is computed, and return the last one's loss.

        Or answer so many batches, for those that do not train.
        """

    def check(self) -> list[float]:
        """What must be the same for all: by default the very first loss."""
        return [self.run(1)]

    @property
    def facts(self) -> dict[str, object]:
        """What else the table needs to know."""
        return {}


def shown(y: NDArray[Any]) -> list[float]:
    """Some of the answers to a batch, from its beginning and its end, to compare."""
    return [float(value) for value in (*y.flat[:10], *y.flat[-10:])]
