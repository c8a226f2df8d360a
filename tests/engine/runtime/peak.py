"""Run in a fresh process: how much memory training really takes, and how much was announced.

Everything is compiled before, with batches of one sample. What a process has held at most is kept
by Linux, and can be set back.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from engine.runtime.model import Model
from engine.runtime.summary import summarise
from engine.runtime.trainer import Trainer
from engine.spec.document import Document
from engine.spec.files import read
from tests.engine.networks import article, spiral_mlp

STATUS, HELD_MOST = Path("/proc/self/status"), Path("/proc/self/clear_refs")
EXAMPLES = Path("resources/examples")
THREADS = 2


def held(what: str) -> int:
    """Bytes that this process holds ("VmRSS"), or has held at most ("VmHWM")."""
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith(what))
    return int(line.split()[1]) * 1024


def of_batch(document: Document, size: int) -> Document:
    """The document with batches of that many samples."""
    return replace(document, training=replace(document.training, batch_size=size, threads=THREADS))


@contextmanager
def trained(document: Document, steps: int) -> Iterator[Trainer]:
    """A run of some steps, prepared as the engine process prepares it."""
    trainer = Trainer(Model(document))
    for _ in trainer.model.compile(trainer.sources["training"]):
        pass
    go_on(trainer, steps)
    trainer.evaluate("validation")
    yield trainer
    trainer.model.close()


def go_on(trainer: Trainer, steps: int) -> None:
    """Train on, from epoch to epoch."""
    for _ in range(steps):
        trainer.advance()
        if trainer.epoch_is_complete:
            trainer.start_again()


def taken(document: Document) -> list[int]:
    """Bytes that training took at most, and those announced for it with its data."""
    gc.collect()
    before = held("VmRSS")
    HELD_MOST.write_text("5")  # forget the most so far
    with trained(document, 4) as trainer:
        most = held("VmHWM")
        data = sum(a.nbytes for part in trainer.sources.values() for a in part.values())
    return [most - before, summarise(document).training.total + data]


def main() -> None:
    """Print what was measured, as JSON."""
    # no batch is larger than its data set: what is never touched takes no memory
    networks = {
        "cnn": (article(), (32, 128, 512)),
        "lstm": (read(EXAMPLES / "alice.json").document, (32, 128)),
    }
    found: dict[str, list[int]] = {}
    for name, (document, sizes) in networks.items():
        with trained(of_batch(document, 1), 1):
            pass
        for size in sizes:
            found[f"{name} {size}"] = taken(of_batch(document, size))
            if (name, size) == ("cnn", 128):
                found["whole"] = [held("VmHWM")]
    with trained(spiral_mlp(), 500) as trainer:
        gc.collect()
        before = held("VmRSS")
        go_on(trainer, 10_000)
        gc.collect()
        found["growth"] = [held("VmRSS") - before]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
