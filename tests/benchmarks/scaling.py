"""The section of growing: time and memory of larger batches, wider networks, longer sequences."""

from __future__ import annotations

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import OURS, STEPS
from tests.benchmarks.held import can_measure, measured_apart
from tests.benchmarks.process import Failed, contestant
from tests.benchmarks.race import Length, Race
from tests.benchmarks.workloads import workload_called

SCALING = "scaling"
SERIES = {
    "batch": [f"cnn batch={batch}" for batch in (8, 16, 32, 64, 128, 256, 512)],
    "width": [f"cnn batch=32 width={width}" for width in (1, 2, 4)],
    "time": [f"lstm batch=32 time={time}" for time in (16, 32, 64, 128, 256, 512)],
}
LENGTH = Length(7, 4.0)


def measure_scaling(asked: Asked, tell: Tell) -> None:
    """Measure each size alone: the time of a step, and the memory that it takes."""
    for threads in asked.threads:
        for series, names in SERIES.items():
            for name in names[:: 2 if asked.is_quick else 1]:
                _measure(series, name, threads, tell)


def _measure(series: str, name: str, threads: int, tell: Tell) -> None:
    about = {"section": SCALING, "workload": name, "threads": threads}
    tell("start", **about)
    process = contestant(STEPS, OURS, name, threads)
    try:
        found = Race(SCALING, name, threads, {OURS: process}, {}, tell).run(LENGTH).as_json()
        found["memory"] = measured_apart(name, threads) if can_measure() else None
        tell("measured", series=series, size=size_of(name, series), work=work_of(name), **found)
    except Failed as error:
        tell("failed", contestant=OURS, error=str(error), **about)
    finally:
        process.close()


def size_of(name: str, series: str) -> int:
    """The number that grows along a series."""
    return next(int(part.partition("=")[2]) for part in name.split() if part.startswith(series))


def work_of(name: str) -> int:
    """Samples in a step; of sequences, time steps."""
    workload = workload_called(name)
    return workload.batch * (workload.shape[0] if workload.tokens else 1)
