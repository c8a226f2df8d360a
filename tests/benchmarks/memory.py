"""The section of memory: what the engine's process holds, and that it does not grow."""

from __future__ import annotations

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import OURS
from tests.benchmarks.held import can_measure, measured_apart
from tests.benchmarks.process import Failed

MEMORY = "memory"
LIMITS = {"whole": 400 << 20, "growth": 1 << 20}  # bytes; what the allocator rounds is no growth
FIGURES = {"whole": "cnn_128", "growth": "growth"}


def measure_memory(asked: Asked, tell: Tell) -> None:
    """Measure with each number of threads, where the system tells what a process holds."""
    for threads in asked.threads if can_measure() else ():
        for figure, name in FIGURES.items():
            about = {"section": MEMORY, "workload": figure, "threads": threads}
            tell("start", **about)
            try:
                held = measured_apart(name, threads)[figure]
                tell("measured", bytes=held, limit=LIMITS[figure], **about)
            except Failed as error:
                tell("failed", contestant=OURS, error=str(error), **about)
