"""What every contestant can do: be built from a workload, and train."""

from __future__ import annotations

from abc import ABC, abstractmethod

from tests.benchmarks.workloads import Workload

RATE, EPSILON = 0.001, 1e-7  # of Adam, for all


class Contestant(ABC):
    """One library with one workload, ready to train from the common first weights.

    A library that can be told to work in several ways names them as `ways`; the fastest is raced.
    """

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        self.workload, self.threads, self.way = workload, threads, way

    @classmethod
    def ways(cls, workload: Workload) -> tuple[str, ...]:
        """The ways worth trying for this workload, the most usual first."""
        return ("",)

    @property
    @abstractmethod
    def parameters(self) -> int:
        """How many numbers are trained."""

    @abstractmethod
    def train(self, steps: int) -> float:
        """Train so many batches, wait until all is computed, and return the last one's loss."""

    @property
    def facts(self) -> dict[str, object]:
        """What else the table needs to know."""
        return {}
