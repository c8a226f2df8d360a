"""All changes of a document, as functions Document → Document.

They keep what a document must always be: unique ids, edges between boxes that exist, at most one
edge into a port that takes one. What a network *means* is checked elsewhere, so that a student may
pass through drawings that do not work yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.groups import cleaned, joined
from engine.spec.notes import point_past
from engine.spec.options import Value
from engine.spec.tags import TAGS
from engine.spec.training import TrainingOptions


def new_id(network: Network, kind: str) -> str:
    """An unused id, readable because weights are named by it: conv2d_1, conv2d_2, …"""
    number = 1
    while network.has(f"{kind}_{number}"):
        number += 1
    return f"{kind}_{number}"


def add_node(document: Document, node: Node) -> Document:
    """Put a box on the canvas; ValueError if its id is taken."""
    if document.network.has(node.id):
        raise ValueError(f"there is already a box called {node.id!r}")
    return _with(document, nodes=(*document.network.nodes, node))


def remove_nodes(document: Document, ids: Collection[str], heal: bool = True) -> Document:
    """Take boxes away; with `heal`, what fed a removed box then feeds what read from it.

    Healing joins only along the main path: a removed box with several inputs hands on its first.
    """
    network = document.network
    for id in [node.id for node in network.nodes if node.id in ids]:
        edges = [e for e in network.edges if id not in (e.source, e.target)]
        # a box that reads itself is not its own neighbour
        incoming = [e for e in network.into(id) if e.source != id]
        outgoing = [e for e in network.out_of(id) if e.target != id]
        if heal and incoming:
            feed = incoming[0]
            healed = [
                replace(e, source=feed.source, source_port=feed.source_port) for e in outgoing
            ]
            present = set(edges)
            edges += [e for e in dict.fromkeys(healed) if e not in present and e.source != e.target]
            edges = _in_place(network, edges, outgoing, healed)
        nodes = tuple(node for node in network.nodes if node.id != id)
        network = Network(nodes, tuple(edges))
    return point_past(cleaned(replace(document, network=network)), ids)


def _in_place(
    network: Network, edges: list[Edge], old: Iterable[Edge], new: Iterable[Edge]
) -> list[Edge]:
    """Sort `edges` so that a replacement stands where the edge it replaces stood."""
    place = {edge: i for i, edge in enumerate(network.edges)}
    for before, after in zip(old, new, strict=True):
        place.setdefault(after, place[before])
    return sorted(edges, key=place.__getitem__)


def move_nodes(document: Document, places: Mapping[str, tuple[float, float]]) -> Document:
    """Put boxes at new places (left, top)."""
    nodes = tuple(
        replace(n, x=places[n.id][0], y=places[n.id][1]) if n.id in places else n
        for n in document.network.nodes
    )
    return _with(document, nodes=nodes)


def connect(document: Document, edge: Edge, many: bool = False) -> Document:
    """Join two ports; an edge that was at the input before is replaced, unless it takes `many`."""
    network = document.network
    for id in (edge.source, edge.target):
        network.node(id)
    if edge in network.edges:
        return document
    kept = network.edges
    if not many:
        end = (edge.target, edge.target_port)
        kept = tuple(e for e in kept if (e.target, e.target_port) != end)
    return _with(document, edges=(*kept, edge))


def disconnect(document: Document, edges: Collection[Edge]) -> Document:
    """Take connections away."""
    return _with(document, edges=tuple(e for e in document.network.edges if e not in edges))


def insert_on_edge(
    document: Document, node: Node, edge: Edge, ports: tuple[str, str] = ("x", "y")
) -> Document:
    """Put a new box into the middle of a connection; `ports` are its input and output.

    In a connection within a group it belongs to the group.
    """
    first = Edge(edge.source, edge.source_port, node.id, ports[0])
    second = Edge(node.id, ports[1], edge.target, edge.target_port)
    edges = list(document.network.edges)
    place = edges.index(edge)
    edges[place : place + 1] = [first, second]
    changed = _with(add_node(document, node), edges=tuple(edges))
    return joined(changed, node.id, (edge.source, edge.target))


def set_options(document: Document, id: str, values: Mapping[str, Value]) -> Document:
    """Change options of a box."""
    node = document.network.node(id)
    changed = replace(node, options=node.options.replace(**values))
    nodes = tuple(changed if n.id == id else n for n in document.network.nodes)
    return _with(document, nodes=nodes)


def set_kind(document: Document, id: str, kind: str) -> Document:
    """Exchange the layer type of a box (its options return to the defaults of the new type)."""
    nodes = tuple(
        replace(n, kind=kind, options=Options()) if n.id == id else n
        for n in document.network.nodes
    )
    return _with(document, nodes=nodes)


def set_tag(document: Document, ids: Collection[str], tag: str) -> Document:
    """Give boxes a colour, or with "" take it away; ValueError for a tag that there is not."""
    if tag and tag not in TAGS:
        raise ValueError(f"there is no tag {tag!r}")
    nodes = tuple(replace(n, tag=tag) if n.id in ids else n for n in document.network.nodes)
    return _with(document, nodes=nodes)


def set_training(document: Document, training: TrainingOptions) -> Document:
    """Change how the network is trained."""
    return replace(document, training=training)


def _with(
    document: Document, nodes: tuple[Node, ...] | None = None, edges: tuple[Edge, ...] | None = None
) -> Document:
    old = document.network
    network = Network(old.nodes if nodes is None else nodes, old.edges if edges is None else edges)
    return replace(document, network=network)
