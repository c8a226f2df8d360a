"""A drawing that is asked many questions at once: who feeds whom, without searching each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engine.layers.base import CATALOGUE, Layer
from engine.spec.document import Document, Edge, Node

if TYPE_CHECKING:
    from engine.layers.analysis import NodeFacts

Facts = Mapping[str, "NodeFacts"]  # by node id, of the boxes whose inputs are known


class Lookup:
    """The boxes, edges and facts of one document, by id."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self.document, self.facts = document, facts
        self.nodes: dict[str, Node] = {node.id: node for node in document.network.nodes}
        self.into: dict[str, list[Edge]] = defaultdict(list)  # ends at port x
        self.targets: dict[str, list[Edge]] = defaultdict(list)  # ends at port target
        self.readers: dict[str, list[Edge]] = defaultdict(list)
        for edge in document.network.edges:
            self.readers[edge.source].append(edge)
            if edge.target_port == "x":
                self.into[edge.target].append(edge)
            elif edge.target_port == "target":
                self.targets[edge.target].append(edge)

    def known(self) -> Iterator[tuple[Node, NodeFacts]]:
        """The boxes whose inputs are known, in the order of the drawing."""
        for id, node in self.nodes.items():
            if (facts := self.facts.get(id)) is not None:
                yield node, facts

    def losses(self) -> Iterator[tuple[Node, NodeFacts]]:
        """The losses among them."""
        return ((n, facts) for n, facts in self.known() if facts.layer.category == "loss")

    def feed(self, id: str) -> Node | None:
        """The only box that a box reads, if it is known and nothing else reads it."""
        edges = self.into[id]
        if len(edges) != 1 or edges[0].source not in self.facts:
            return None
        source = edges[0].source
        return self.nodes[source] if len(self.readers[source]) == 1 else None

    def back(self, id: str) -> Iterator[Node]:
        """The boxes before `id`, nearest first, as long as each is the only feed of the next."""
        seen = {id}
        while (node := self.feed(id)) is not None and node.id not in seen:
            yield node
            id = node.id
            seen.add(id)

    def layer(self, id: str) -> Layer:
        """The layer of a box that is known."""
        return self.facts[id].layer


def category(node: Node) -> str:
    """The category of a box; empty for an unknown kind."""
    return CATALOGUE[node.kind].category if node.kind in CATALOGUE else ""


def function_of(layer: Layer) -> str | None:
    """The name of the activation a layer ends with, if it has one."""
    for name in ("activation", "function"):
        if isinstance(value := getattr(layer, name, None), str):
            return value
    return None
