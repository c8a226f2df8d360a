"""Warnings: the drawing runs, but perhaps not as it is meant."""

from __future__ import annotations

from collections.abc import Iterator

from engine.layers import bends, endings, extents, practices, repairs
from engine.layers.lookup import Facts, Lookup, category, function_of
from engine.spec.document import Document, Node
from engine.spec.graph import leading, reachable
from engine.spec.problems import WARNING, Problem

EXPECTED = {"cross_entropy": "softmax", "binary_cross_entropy": "sigmoid"}


def doubts(document: Document, facts: Facts) -> Iterator[Problem]:
    """All warnings of a drawing."""
    drawing = Lookup(document, facts)
    yield from _unused(drawing)
    for node, _ in drawing.losses():
        if node.kind in EXPECTED:
            yield from _before_loss(drawing, node)
    yield from _linear_chains(drawing)
    for some in (bends, endings, extents, practices):
        yield from some.doubts(drawing)


def _unused(drawing: Lookup) -> Iterator[Problem]:
    network = drawing.document.network
    losses = {node.id for node in network.nodes if category(node) == "loss"}
    useful = leading(network, losses)
    for node, _ in drawing.known():
        if losses and node.id not in useful:
            after = reachable(network, (node.id,))
            fixes = repairs.remove(node.id) if len(after) == 1 else repairs.remove_all(after)
            is_last = category(node) == "data" and not _is_spare(drawing, node)
            yield Problem("leads_nowhere", (node.id,), WARNING, fixes=() if is_last else fixes)


def _is_spare(drawing: Lookup, data: Node) -> bool:
    """Whether the drawing has other data."""
    nodes = drawing.nodes.values()
    return any(category(node) == "data" and node.id != data.id for node in nodes)


def _before_loss(drawing: Lookup, loss: Node) -> Iterator[Problem]:
    """A loss that applies its own function to what has another one, or none."""
    wanted = EXPECTED[loss.kind]
    feeds = drawing.into[loss.id]
    if len(feeds) != 1 or feeds[0].source not in drawing.facts:
        return
    feed = drawing.nodes[feeds[0].source]
    function = function_of(drawing.layer(feed.id))
    fixes = repairs.set_activation(feed, wanted)
    if function == "linear":
        numbers = {"function": wanted}
        yield Problem("scores", (loss.id, feed.id), WARNING, numbers, fixes)
    elif function is not None and function != wanted:
        numbers = {"function": wanted, "given": function}
        yield Problem("wrong_activation", (loss.id, feed.id), WARNING, numbers, fixes)


def _linear_chains(drawing: Lookup) -> Iterator[Problem]:
    """Weighted sums of weighted sums, which one layer could do alone."""
    for node, facts in drawing.known():
        if not facts.layer.weighs:
            continue
        id = node.id
        while _is_linear(drawing, id) and len(drawing.readers[id]) == 1:
            id = drawing.readers[id][0].target
            if id in drawing.facts and drawing.layer(id).weighs:
                fixes = repairs.set_activation(node, "relu")
                numbers = {"function": "relu"}
                yield Problem("linear_chain", (node.id, id), WARNING, numbers, fixes)
                break


def _is_linear(drawing: Lookup, id: str) -> bool:
    if id not in drawing.facts:
        return False
    layer = drawing.layer(id)
    return layer.keeps_sums or function_of(layer) == "linear"
