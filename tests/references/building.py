"""The networks of reference cases: small chains and branches around what they show."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import checked
from engine.spec.training import TrainingOptions
from tests.engine.networks import network

Box = tuple[str, dict[str, Any]]  # kind and options

# large steps, so that ten of them change much
TRAINING: dict[str, Any] = {"optimizer": "sgd", "momentum": 0.5, "learning_rate": 0.1}
TANH: Box = ("dense", {"units": 4, "activation": "tanh"})
FLAT: Box = ("flatten", {})
THREE: Box = ("dense", {"units": 3})
TEN: Box = ("dense", {"units": 10})
AT_STEPS: Box = ("dense", {"units": 2, "activation": "tanh"})
POOLED: Box = ("global_average_pool", {})
SHRINK: Box = ("average_pool2d", {"size": 3, "stride": 3})


def picture(*boxes: Box) -> Document:
    """A network for small pictures, with these boxes in its middle."""
    return _chain("digits_8", *boxes, FLAT, TEN)


def steps(*boxes: Box) -> Document:
    """A network for the rows of small pictures, one after the other."""
    return _chain("digit_rows", *boxes, FLAT, TEN)


def row(*boxes: Box, **training: Any) -> Document:
    """A network for the four measures of a flower."""
    return _chain("iris", *boxes, ("dense", {"units": 3}), **training)


def trained(**training: Any) -> Document:
    """A small network, trained in one way or another."""
    return row(TANH, **training)


def _chain(dataset: str, *boxes: Box, **training: Any) -> Document:
    data: Box = ("data", {"dataset": dataset})
    return chain(data, *boxes, ("cross_entropy", {}), training={**TRAINING, **training})


def ending(loss: str, dataset: str, units: int, last: str = "linear", **options: Any) -> Document:
    """A network with a certain loss; `target` is an option of the data."""
    data: Box = ("data", {"dataset": dataset, "target": options.pop("target", "labels")})
    output: Box = ("dense", {"units": units, "activation": last})
    return chain(data, TANH, output, (loss, options), training=TRAINING)


def joined(dataset: str, one: Box, other: Box, *rest: Box) -> Document:
    """Two branches from the data, joined by the first box of `rest`."""
    chained = {f"box_{number}": box for number, box in enumerate(rest)}
    boxes = {
        "data": ("data", {"dataset": dataset}),
        **{"one": one, "other": other},
        **chained,
        "loss": ("cross_entropy", {}),
    }
    path = [*chained, "loss"]
    follow = (f"{a} > {b}" for a, b in pairwise(path))
    joins = "data > one", "data > other", "one > box_0", "other > box_0", *follow
    training = checked(TrainingOptions, TRAINING)
    return network(boxes, *joins, "data.target > loss.target", training=training)


def conv(**options: Any) -> Box:
    """A small convolution."""
    return "conv2d", {"filters": 2, "size": 3, "stride": 2, **options}
