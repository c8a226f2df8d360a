"""Starters: a small, sensible network behind a data box, for somebody who has data but none yet.

What is built follows from the shape of a sample: dense layers for a table, convolutions for
pictures, an embedding and an LSTM for texts, an LSTM for other sequences. Sizes are such that a
computer for schools trains it within a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.layers.analysis import analyse
from engine.layers.data import Data
from engine.layers.drawing import append, join_targets
from engine.layers.templates import Box
from engine.spec import edits
from engine.spec.datasets import DataCard
from engine.spec.document import Document
from engine.spec.shapes import TOKEN, Shape
from engine.spec.training import TrainingOptions

SMALLEST = 6  # pixels: pictures are not made smaller than this before they are read as a whole
POOLINGS = 3
STEPS, LONGEST = 600, 200  # what a small network needs to learn anything; epochs at most


def with_network(document: Document, data: str) -> Document:
    """The document with a network behind the box `data`, which has none, and a loss.

    Where there are few samples, the usual number of epochs would be over after a few steps: it is
    raised, unless another number was chosen.
    ValueError if the box gives nothing that could be read.
    """
    facts = analyse(document).facts.get(data)
    if facts is None or not isinstance(facts.layer, Data):
        raise ValueError(f"{data!r} gives no samples")
    card, after = facts.layer.card, data
    for kind, options in (*_body(card.shape, card.per_step), *_answer(card)):
        document, after = append(document, kind, after)
        document = edits.set_options(document, after, options)
    return _long_enough(join_targets(document), card.samples)


def _long_enough(document: Document, samples: int) -> Document:
    training = document.training
    if training.epochs != TrainingOptions().epochs:
        return document
    steps = max(1, samples // training.batch_size)  # in an epoch, or nearly
    epochs = min(max(-(-STEPS // steps), training.epochs), LONGEST)
    return replace(document, training=replace(training, epochs=epochs))


def _body(x: Shape, per_step: bool) -> Iterator[Box]:
    """What reads the samples."""
    returns = "sequence" if per_step else "last"
    if x.kind == TOKEN:
        yield "embedding", {"units": 32}
        yield "lstm", {"units": 64, "returns": returns}
    elif x.time and len(x.sizes) == 2:
        yield "lstm", {"units": 32, "returns": returns}
    elif len(x.sizes) == 3:
        yield from _convolutions(min(x.sizes[:2]))
        yield "flatten", {}
        yield "dense", {"units": 64, "activation": "relu"}
    else:
        if len(x.sizes) > 1:
            yield "flatten", {}
        yield "dense", {"units": 32, "activation": "relu"}
        yield "dense", {"units": 32, "activation": "relu"}


def _convolutions(side: int) -> Iterator[Box]:
    filters = 16
    for _ in range(POOLINGS):
        yield "conv2d", {"filters": filters, "size": 3, "padding": "same", "activation": "relu"}
        if side // 2 < SMALLEST:
            return
        yield "max_pool2d", {}
        side, filters = side // 2, 2 * filters


def _answer(card: DataCard) -> Iterator[Box]:
    """What answers: a share for each class, or a number for each that is sought."""
    if card.classes:
        yield "dense", {"units": card.classes, "activation": "softmax"}
        yield "cross_entropy", {}
    else:
        yield "dense", {"units": card.outputs}
        yield "mean_squared_error", {}
