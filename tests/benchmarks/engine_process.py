"""The real engine process, as the window has it, and how much memory it holds while it trains."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from engine import protocol
from engine.spec.codec import to_json
from engine.spec.document import Document
from engine.worker import serve

PATIENCE = 300.0  # seconds for the next event: kernels may have to be compiled first
ALWAYS = 100_000  # epochs: longer than anybody waits


class Lost(Exception):
    """The engine process said nothing any more, or that it cannot train."""


@dataclass
class Engine:
    """An engine process that trains one document."""

    pipe: Connection[Any, Any]
    pid: int

    def train_until(self, epoch: int) -> None:
        """Wait until so many epochs are done."""
        while True:
            if not self.pipe.poll(PATIENCE):
                raise Lost("the engine process said nothing any more")
            for event in self.pipe.recv():
                if isinstance(event, protocol.EpochEnded) and event.epoch + 1 >= epoch:
                    return
                if isinstance(event, protocol.Failed | protocol.Finished):
                    raise Lost(str(event))

    def held(self, what: str) -> int:
        """Bytes that it holds ("VmRSS"), or has held at most ("VmHWM")."""
        lines = Path(f"/proc/{self.pid}/status").read_text("utf-8").splitlines()
        return int(next(line for line in lines if line.startswith(what)).split()[1]) * 1024


@contextmanager
def training(document: Document, threads: int) -> Iterator[Engine]:
    """An engine process that has begun to train a document and goes on until the end."""
    options = replace(document.training, threads=threads, epochs=ALWAYS)
    context = multiprocessing.get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        pipe.send(protocol.Start(1, to_json(replace(document, training=options))))
        yield Engine(pipe, process.pid or 0)
    finally:
        pipe.close()
        process.terminate()
        process.join()
