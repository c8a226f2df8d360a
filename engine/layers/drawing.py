"""Edits that know the catalogue: placing a new box the way a person means it."""

from __future__ import annotations

from dataclasses import replace

from engine.layers.base import CATALOGUE
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.graph import reachable

GAP = 192.0  # scene pixels from one box to the next


def place(document: Document, kind: str, x: float, y: float) -> tuple[Document, str]:
    """Put a new box at (x, y) and return its id; targets are joined as in `join_targets`."""
    node = Node(edits.new_id(document.network, kind), kind, Options(), x, y)
    return join_targets(edits.add_node(document, node)), node.id


def append(document: Document, kind: str, after: str) -> tuple[Document, str]:
    """Put a new box behind another one; what read from that one then reads from the new box."""
    feed = document.network.node(after)
    known, new = CATALOGUE.get(feed.kind), CATALOGUE[kind]
    outputs = known.outputs if known is not None else ()
    id = edits.new_id(document.network, kind)
    if not outputs or not new.inputs:
        return place(document, kind, feed.x + GAP, feed.y)
    readers = document.network.out_of(after, outputs[0].name)
    changed = document
    for edge in readers:
        if edge.target_port == "target" or document.network.node(edge.target).x <= feed.x:
            continue  # an edge that goes back to another row pushes nothing
        changed = edits.move_nodes(changed, pushed(document.network, edge, GAP))
    node = Node(id, kind, Options(), feed.x + GAP, feed.y)
    if new.outputs and len(readers) == 1:
        ports = new.inputs[0].name, new.outputs[0].name
        changed = edits.insert_on_edge(changed, node, readers[0], ports)
    else:
        edge = Edge(after, outputs[0].name, id, new.inputs[0].name)
        changed = edits.connect(edits.add_node(changed, node), edge)
    return join_targets(changed), id


def join_targets(document: Document) -> Document:
    """Join every open target to the data, if there is just one data box to mean."""
    data = [node for node in document.network.nodes if node.kind == "data"]
    if len(data) != 1:
        return document
    for node in document.network.nodes:
        kind = CATALOGUE.get(node.kind)
        wants = kind is not None and any(port.name == "target" for port in kind.inputs)
        if wants and not document.network.into(node.id, "target"):
            document = edits.connect(document, Edge(data[0].id, "target", node.id, "target"))
    return document


def takes_many(document: Document, id: str, port: str) -> bool:
    """Whether an input port takes any number of edges."""
    kind = CATALOGUE.get(document.network.node(id).kind)
    return kind is not None and any(p.name == port and p.many for p in kind.inputs)


def pushed(network: Network, edge: Edge, by: float) -> dict[str, tuple[float, float]]:
    """New places that make room in an edge: what it leads to, and what stands in that row, move.

    Other rows of a long network stay, up to where an edge goes back to the beginning of one.
    """
    target = network.node(edge.target)
    nodes = {node.id: node for node in network.nodes}
    rightwards = [e for e in network.edges if nodes[e.target].x > nodes[e.source].x]
    led = reachable(replace(network, edges=tuple(rightwards)), (target.id,))
    return {
        n.id: (n.x + by, n.y)
        for n in network.nodes
        if n.x >= target.x
        and n.id != edge.source
        and (n.id in led or abs(n.y - target.y) < GAP / 2)
    }
