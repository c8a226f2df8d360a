"""Warnings: the drawing runs, but perhaps not as it is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from engine.layers import repairs
from engine.layers.base import CATALOGUE, Layer
from engine.spec.document import Document, Network, Node
from engine.spec.graph import leading
from engine.spec.problems import WARNING, Problem

Layers = Mapping[str, Layer]  # by node id, of the boxes whose inputs are known
EXPECTED = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}


def doubts(document: Document, layers: Layers) -> Iterator[Problem]:
    """All warnings of a drawing."""
    yield from _unused(document, layers)
    for node in document.network.nodes:
        if node.id in layers and node.kind in EXPECTED:
            yield from _before_loss(document.network, node, layers)
    yield from _linear_chains(document.network, layers)


def category(node: Node) -> str:
    """The category of a box; empty for an unknown kind."""
    return CATALOGUE[node.kind].category if node.kind in CATALOGUE else ""


def _unused(document: Document, layers: Layers) -> Iterator[Problem]:
    network = document.network
    losses = {node.id for node in network.nodes if category(node) == "loss"}
    data = [node.id for node in network.nodes if category(node) == "data"]
    useful = leading(network, losses)
    for node in network.nodes:
        if losses and node.id in layers and node.id not in useful:
            spare = len(data) > 1 and node.id in data and not network.out_of(node.id)
            fixes = repairs.remove(node.id) if spare else ()
            yield Problem("leads_nowhere", (node.id,), WARNING, fixes=fixes)


def _before_loss(network: Network, loss: Node, layers: Layers) -> Iterator[Problem]:
    """A loss that applies its own function to what has another one, or none."""
    wanted = EXPECTED[loss.kind]
    feeds = network.into(loss.id, "x")
    if len(feeds) != 1 or feeds[0].source not in layers:
        return
    feed = network.node(feeds[0].source)
    function = _function(layers[feed.id])
    fixes = repairs.set_activation(feed, wanted)
    if function == "linear":
        numbers = {"function": wanted}
        yield Problem("scores", (loss.id, feed.id), WARNING, numbers, fixes)
    elif function is not None and function != wanted:
        numbers = {"function": wanted, "given": function}
        yield Problem("wrong_activation", (loss.id, feed.id), WARNING, numbers, fixes)


def _linear_chains(network: Network, layers: Layers) -> Iterator[Problem]:
    """Weighted sums of weighted sums, which one layer could do alone."""
    nodes = {node.id: node for node in network.nodes}
    readers: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        readers[edge.source].append(edge.target)
    for node in network.nodes:
        if node.id not in layers or not layers[node.id].weighs:
            continue
        id = node.id
        while _is_linear(nodes[id], layers) and len(readers[id]) == 1:
            id = readers[id][0]
            if id in layers and layers[id].weighs:
                fixes = repairs.set_activation(node, "relu")
                numbers = {"function": "relu"}
                yield Problem("linear_chain", (node.id, id), WARNING, numbers, fixes)
                break


def _is_linear(node: Node, layers: Layers) -> bool:
    if node.id not in layers:
        return False
    layer = layers[node.id]
    return layer.keeps_sums or _function(layer) == "linear"


def _function(layer: Layer) -> str | None:
    """The name of the activation a layer ends with, if it has one."""
    for name in ("activation", "function"):
        if isinstance(value := getattr(layer, name, None), str):
            return value
    return None
