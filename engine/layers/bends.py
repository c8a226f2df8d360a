"""Doubts about activations: one upon another, or one that bounds what is to be predicted."""

from __future__ import annotations

from collections.abc import Iterator

from engine.layers import repairs
from engine.layers.base import Layer
from engine.layers.data import Data
from engine.layers.lookup import Lookup, function_of
from engine.layers.samples import below_zero
from engine.spec.document import Node
from engine.spec.problems import WARNING, Fix, Problem

BENDS = ("activation", "prelu")  # boxes that do nothing else
REGRESSION = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
# where the results of a function lie, for those that cannot reach every number
LOWEST, HIGHEST = "0", "∞"
BOUNDED = {
    "relu": (LOWEST, HIGHEST),
    "softplus": (LOWEST, HIGHEST),
    "sigmoid": (LOWEST, "1"),
    "hard_sigmoid": (LOWEST, "1"),
    "softmax": (LOWEST, "1"),
    "step": (LOWEST, "1"),
    "tanh": ("-1", "1"),
}


def doubts(drawing: Lookup) -> Iterator[Problem]:
    """All warnings about activations."""
    for node, facts in drawing.known():
        if node.kind in BENDS:
            yield from _two(drawing, node, facts.layer)
        if function_of(facts.layer) == "softmax":
            yield from _of_one(drawing, node)
        if node.kind in REGRESSION:
            yield from _bounded(drawing, node)


def _two(drawing: Lookup, node: Node, layer: Layer) -> Iterator[Problem]:
    """An activation of what has been through one already."""
    feed = drawing.feed(node.id)
    if feed is None or drawing.layer(feed.id).category == "sequence":
        return
    first = "prelu" if feed.kind == "prelu" else function_of(drawing.layer(feed.id))
    second = function_of(layer) or node.kind
    if first in (None, "linear") or second == "linear":
        return
    is_box = feed.kind in BENDS
    fixes = repairs.remove(feed.id) if is_box else repairs.set_activation(feed, "linear")
    code = "bend_before_softmax"
    if second != "softmax" or first == "softmax":
        code = "two_activations"
        readers = (drawing.nodes[edge.target] for edge in drawing.readers[node.id])
        if not any(reader.id in drawing.targets for reader in readers):
            fixes = (*repairs.remove(node.id), *fixes)
    numbers = {"function": second, "given": first}
    yield Problem(code, (node.id, feed.id), WARNING, numbers, fixes)


def _of_one(drawing: Lookup, node: Node) -> Iterator[Problem]:
    """Softmax over one number is 1, whatever the number is."""
    shape = drawing.facts[node.id].outputs.get("y")
    if shape is not None and shape.sizes[-1:] == (1,):
        fixes = repairs.set_activation(node, "sigmoid")
        yield Problem("softmax_of_one", (node.id,), WARNING, {}, fixes)


def _bounded(drawing: Lookup, loss: Node) -> Iterator[Problem]:
    """Values to foretell that lie where the results cannot."""
    feed, targets = drawing.feed(loss.id), drawing.targets[loss.id]
    if feed is None or len(targets) != 1 or targets[0].source_port != "target":
        return
    data, given = drawing.layer(targets[0].source), function_of(drawing.layer(feed.id))
    if not isinstance(data, Data) or data.card.classes or given not in BOUNDED:
        return
    low, high = BOUNDED[given]
    if below_zero(data) if low == LOWEST else data.target_scaling_way == "standardise":
        fixes: tuple[Fix, ...] = repairs.set_activation(feed, "linear")
        if feed.kind == "activation":
            fixes = repairs.remove(feed.id)
        numbers = {"function": "linear", "given": given, "low": low, "high": high}
        yield Problem("bounded_output", (feed.id, loss.id), WARNING, numbers, fixes)
