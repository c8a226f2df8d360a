"""Small networks around one layer of any type, so that a test can run over the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.base import Layer
from engine.layers.dense import Dense
from engine.layers.weighted import Weighted
from engine.spec.datasets import CARDS
from engine.spec.document import Document
from engine.spec.options import Choice, Flag, Real, Record, Value, Whole, options_of
from engine.spec.sources import OWN
from tests.engine.networks import Box, Boxes, network

IMAGES: Boxes = {
    "data": ("data", {"dataset": "digits_8"}),
    "a": ("conv2d", {"filters": 6, "activation": "tanh", "padding": "same"}),
    "b": ("conv2d", {"filters": 6, "activation": "tanh", "padding": "same"}),
    "flat": ("flatten", {}),
    "last": ("dense", {"units": 10}),
    "loss": ("cross_entropy", {}),
}
SEQUENCES: Boxes = {
    "data": ("data", {"dataset": "digit_rows"}),
    "a": ("dense", {"units": 6, "activation": "tanh"}),
    "b": ("dense", {"units": 6, "activation": "tanh"}),
    "flat": ("flatten", {}),
    "last": ("dense", {"units": 10}),
    "loss": ("cross_entropy", {}),
}
TOKENS: Boxes = {
    "data": ("data", {"dataset": "reversal"}),
    "last": ("dense", {"units": 10}),
    "loss": ("cross_entropy", {}),
}
ROWS: Boxes = {
    "data": ("data", {"dataset": "iris"}),
    "a": ("dense", {"units": 5, "activation": "tanh"}),
    "b": ("dense", {"units": 5, "activation": "tanh"}),
    "flat": ("flatten", {}),
    "last": ("dense", {"units": 3}),
    "loss": ("cross_entropy", {}),
}
PLANE: Boxes = {
    "data": ("data", {"dataset": "spirals"}),
    "last": ("dense", {"units": 1}),
}
# an option that only fits beside another value of a second one
BESIDE: dict[str, dict[str, Value]] = {"groups": {"filters": 6}}
# sizes that fit together, for a layer whose options depend on each other
COMPANIONS: dict[str, tuple[dict[str, Value], ...]] = {
    "reshape": ({}, {"channels": 1, "features": 1}, {"channels": 1, "features": 1, "height": 0}),
}
REST = "layer > flat", "flat > last", "last > loss", "data.target > loss.target"


def around(kind: str, options: Mapping[str, Value]) -> list[Document]:
    """Networks that contain a layer called "layer" and have no error, for each kind of data."""
    together = [{**more, **options} for more in COMPANIONS.get(kind, ({},))]
    made = [d for each in together for d in _candidates(kind, each) if not analyse(d).errors]
    assert made, f"{kind} with {dict(options)} fits nowhere: teach this file a network for it"
    return made


def _candidates(kind: str, options: Mapping[str, Value]) -> Iterator[Document]:
    layer = CATALOGUE[kind]
    own: Box = kind, options
    if layer.category == "data":
        yield from _as_data(own)
    elif layer.category == "loss":
        yield from _as_loss(own)
    elif layer.inputs[0].many:
        square = {**SEQUENCES, **{id: _of_width(SEQUENCES[id], 8) for id in "ab"}}
        for boxes in (IMAGES, SEQUENCES, ROWS, *((square,) if kind == "dot" else ())):
            joins = "data > a", "data > b", "a > layer", "b > layer", *REST
            yield network({**boxes, "layer": own}, *joins)
    else:
        for boxes in (IMAGES, SEQUENCES, ROWS):
            if kind == "group_norm":
                boxes = {**boxes, "a": _of_width(boxes["a"], 24)}
            kept = {id: box for id, box in boxes.items() if id != "b"}
            yield network({**kept, "layer": own}, "data > a", "a > layer", *REST)
            for port in (port for port in layer.inputs[1:] if port.optional):
                joins = "data > a", "data > b", "a > layer", f"b > layer.{port.name}", *REST
                yield network({**boxes, "layer": own}, *joins)
        chain = "data > layer", "layer > last", "last > loss", "data.target > loss.target"
        yield network({**TOKENS, "layer": own}, *chain)


def _of_width(box: Box, width: int) -> Box:
    """The same box with another number of outputs."""
    kind, options = box
    name = "filters" if "filters" in options else "units"
    return kind, {**options, name: width}


def _as_data(own: Box) -> Iterator[Document]:
    joins = "layer > flat", "flat > last", "last > loss", "layer.target > loss.target"
    tokens = "layer > embedding", "embedding > flat", *joins[1:]
    steps = "layer > embedding", "embedding > last", *joins[2:]
    for units in _outputs(own):
        for loss in ("cross_entropy", "mean_squared_error"):
            boxes: dict[str, Box] = {
                "layer": own,
                "last": ("dense", {"units": units}),
                "loss": (loss, {}),
            }
            flat: dict[str, Box] = {"flat": ("flatten", {})}
            embedding: dict[str, Box] = {"embedding": ("embedding", {"units": 3})}
            yield network(boxes | flat, *joins)
            yield network(boxes | flat | embedding, *tokens)
            yield network(boxes | embedding, *steps)


def _outputs(data: Box) -> tuple[int, ...]:
    """How many numbers a network may have to answer for a data box."""
    usual = 10, 3, 2, 1
    more = CARDS[data[1].get("dataset", "digits_8")].classes
    return usual if more in (0, *usual) else (*usual, more)


def _as_loss(own: Box) -> Iterator[Document]:
    joins = "data > last", "last > layer", "data.target > layer.target"
    for data, units in (("iris", 3), ("spirals", 1), ("spirals", 2), ("wave", 1)):
        for target in ("labels", "one_hot"):
            boxes: Boxes = {
                "data": ("data", {"dataset": data, "target": target}),
                "last": ("dense", {"units": units}),
                "layer": own,
            }
            yield network(boxes, *joins)


def variations(layer: type[Layer]) -> Iterator[dict[str, Value]]:
    """The defaults, and every option at its ends and in between, one at a time.

    What all layers with weights share is tried at Dense, for all.
    """
    yield {}
    shared = set() if layer is Dense else set(options_of(Weighted))
    options = options_of(layer)
    for option in options.values():
        if option.name in shared:
            continue
        for value in _values(option):
            if value != option.default:
                beside = BESIDE.get(option.name, {}) if "filters" in options else {}
                yield {option.name: value, **beside}


NEEDS_FILES = OWN, "group"  # choices that mean something for data of one's own


def _values(option: object) -> list[Value]:
    match option:
        case Whole(low=low, high=high):
            return [v for v in (low, low + 1, low + 2) if v <= high]
        case Real(low=low, high=high):
            return [low, min(high, 0.5 * low + 0.25)]
        case Choice(choices=choices):
            return [choice for choice in choices if choice not in NEEDS_FILES]
        case Flag():
            return [False, True]
        case Record():
            return []
    raise AssertionError(option)
