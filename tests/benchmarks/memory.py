"""The section of memory: what the engine's process holds, and that it does not grow."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import OURS
from tests.benchmarks.contestants.ours import document_of
from tests.benchmarks.engine_process import Lost, training
from tests.benchmarks.held import can_measure
from tests.benchmarks.workloads import cnn, toy

MEMORY = "memory"
EPOCHS = 3  # of the CNN, validation and pictures for the window included
FEW, MANY = 2_000, 10_000  # steps before memory may no longer grow, and steps of growing


def whole(threads: int) -> int:
    """Bytes that the process holds at most, training the CNN of the welcome example."""
    with training(document_of(cnn(128)), threads) as engine:
        engine.train_until(EPOCHS)
        return engine.held("VmHWM")


def growth(threads: int) -> int:
    """Bytes by which the process grows in many steps of the smallest network."""
    document = document_of(toy())
    batches = math.ceil(0.7 * 600 / document.training.batch_size)  # of an epoch of the spirals
    with training(document, threads) as engine:
        engine.train_until(FEW // batches)
        before = engine.held("VmRSS")
        engine.train_until((FEW + MANY) // batches)
        return engine.held("VmRSS") - before


# what is measured, and the bytes below which it must stay; what the allocator rounds is no growth
FIGURES: dict[str, tuple[Callable[[int], int], int]] = {
    "whole": (whole, 400 << 20),
    "growth": (growth, 1 << 20),
}


def measure_memory(asked: Asked, tell: Tell) -> None:
    """Measure with each number of threads, where the system tells what a process holds."""
    for threads in asked.threads if can_measure() else ():
        for name, (measure, limit) in FIGURES.items():
            about = {"section": MEMORY, "workload": name, "threads": threads}
            tell("start", **about)
            try:
                tell("measured", bytes=measure(threads), limit=limit, **about)
            except Lost as error:
                tell("failed", contestant=OURS, error=str(error), **about)
