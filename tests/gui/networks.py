"""Small networks for the tests of panels."""

from __future__ import annotations

from collections.abc import Sequence

from engine.layers import CATALOGUE
from engine.layers.drawing import GAP, join_targets
from engine.spec import edits
from engine.spec.document import Document, Edge, Node, Options
from engine.spec.options import Value

CHAIN = ("data", "conv2d", "max_pool2d", "flatten", "dense", "cross_entropy")
FITTING: dict[str, dict[str, Value]] = {"dense": {"units": 10, "activation": "softmax"}}


def chain(kinds: Sequence[str] = CHAIN, options: dict[str, dict[str, Value]] = FITTING) -> Document:
    """Boxes in a row, each joined to the next; `options` by kind."""
    document, before = Document(), None
    for place, kind in enumerate(kinds):
        id = edits.new_id(document.network, kind)
        node = Node(id, kind, Options(options.get(kind, {})), GAP * place, 0.0)
        document = edits.add_node(document, node)
        if before is not None:
            port = CATALOGUE[before.kind].outputs[0].name
            edge = Edge(before.id, port, id, CATALOGUE[kind].inputs[0].name)
            document = edits.connect(document, edge)
        before = node
    return join_targets(document)


def edges(document: Document) -> set[str]:
    """The edges of a document, readable: "data_1.x > conv2d_1.x"."""
    return {
        f"{e.source}.{e.source_port} > {e.target}.{e.target_port}" for e in document.network.edges
    }


def ids(document: Document) -> list[str]:
    """The ids of the boxes of a document, in order."""
    return [node.id for node in document.network.nodes]
