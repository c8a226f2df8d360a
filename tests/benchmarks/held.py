"""How much memory a workload takes: `python -m tests.benchmarks.held NAME THREADS`.

Everything is imported and compiled before, with batches of one sample, and the data set lies ready;
neither is counted, nor announced by `summarise`. What a process has held at most is kept by Linux.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np

from engine.runtime.sources import as_sources
from engine.scripting import Document, Model, summarise
from tests.benchmarks.arrays import samples
from tests.benchmarks.contestants.ours import document_of
from tests.benchmarks.limits import environment
from tests.benchmarks.process import ROOT, Failed
from tests.benchmarks.workloads import workload_called
from tests.engine.runtime.peak import HELD_MOST, held

STEPS = 4
# memory that is given back goes to the system, so that what comes next takes it anew
GIVE_BACK = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "0"}


def can_measure() -> bool:
    """Whether this system tells what a process has held at most."""
    return HELD_MOST.exists()


def taken(name: str, threads: int) -> dict[str, int]:
    """Bytes that training takes at most and that were announced."""
    workload = workload_called(name)
    document = document_of(workload)
    x, target = samples(workload)
    alone = replace(document, training=replace(document.training, batch_size=1))
    sources = train(alone, threads, x, target, 1)
    gc.collect()
    before = held("VmRSS")
    HELD_MOST.write_text("5")  # forget the most so far
    train(document, threads, x, target, STEPS, sources)
    training = replace(document.training, threads=threads)
    announced = summarise(replace(document, training=training)).training.total
    most = held("VmHWM")
    return {
        "taken": most - before,
        "announced": announced,
    }


def train(
    document: Document, threads: int, x: Any, target: Any, steps: int, sources: Any = None
) -> Any:
    """Make a model, train some steps and let it go; returns the data as it was attached."""
    model = Model(document, threads=threads)
    if sources is None:
        sources = as_sources(model.plan, model.memory.dtype, (x,), (target,))
    for _ in model.compile(sources):
        pass
    rows = np.arange(model.batch_size)
    for _ in range(steps):
        model.train(rows)
    model.close()
    return sources


def measured_apart(name: str, threads: int) -> dict[str, int]:
    """What `taken` finds, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.held", name, str(threads)]
    own = environment(threads) | GIVE_BACK
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise Failed(lines[-1] if lines else f"exit code {done.returncode}")
    found: dict[str, int] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print(json.dumps(taken(sys.argv[1], int(sys.argv[2]))))
