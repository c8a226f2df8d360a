"""The section of training steps: forward, backward and Adam, beside every library."""

from __future__ import annotations

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import STEPS
from tests.benchmarks.races import race_all


def measure_steps(asked: Asked, tell: Tell) -> None:
    """Race the workloads that were asked for."""
    race_all(STEPS, asked.workloads, asked, tell)
