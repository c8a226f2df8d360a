"""The section of answers: one sample, as while somebody draws a digit, and batches."""

from __future__ import annotations

from tests.benchmarks.asked import Asked, Tell
from tests.benchmarks.contestants import INFERENCE
from tests.benchmarks.races import race_all

BATCHES = (1, 32, 256)
ANSWERED = tuple(f"{kind} batch={batch}" for kind in ("mlp", "cnn", "lstm") for batch in BATCHES)


def measure_inference(asked: Asked, tell: Tell) -> None:
    """Race every network with every size of batch."""
    race_all(INFERENCE, ANSWERED, asked, tell)
