"""Another layer type in a box's place, and two neighbours in each other's, in a drawing."""

from __future__ import annotations

from dataclasses import replace

from engine.layers.base import CATALOGUE
from engine.layers.drawing import join_targets
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.options import mistakes


def exchanged(document: Document, id: str, kind: str) -> Document | None:
    """The document with a box of layer type `kind` in place of `id`, or None if nothing fits.

    Options with the same name stay, and so do edges at ports with the same name; the first ports
    of both take each other's place. None if the box has edges on a side where none would be left.
    """
    network = document.network
    old, new = network.node(id), CATALOGUE[kind]
    if old.kind == kind:
        return None
    wrong = {name for name, _ in mistakes(new, old.options)}
    options = Options({name: v for name, v in old.options.items() if name not in wrong})
    many = {port.name for port in new.inputs if port.many}
    edges: list[Edge] = []
    taken: set[str] = set()  # input ports that have their one edge
    for edge in network.edges:
        moved: Edge | None = edge
        if edge.target == id:
            port = _counterpart(old.kind, kind, edge.target_port, is_output=False)
            moved = replace(edge, target_port=port) if port and port not in taken else None
            taken |= {port} - many
        if moved is not None and edge.source == id:
            port = _counterpart(old.kind, kind, edge.source_port, is_output=True)
            moved = replace(moved, source_port=port) if port else None
        if moved is not None and moved not in edges:
            edges.append(moved)
    nodes = tuple(
        replace(node, kind=kind, options=options) if node.id == id else node
        for node in network.nodes
    )
    after = Network(nodes, tuple(edges))
    lost_inputs = bool(network.into(id)) and not after.into(id)
    lost_outputs = bool(network.out_of(id)) and not after.out_of(id)
    if lost_inputs or lost_outputs:
        return None
    return join_targets(replace(document, network=after))


def _counterpart(old: str, new: str, port: str, is_output: bool) -> str:
    """The port of a new layer type that takes the place of one of the old; empty if none does."""
    names = _ports(new, is_output)
    if port in names:
        return port
    before = _ports(old, is_output)
    is_first = not before or port == before[0]
    return names[0] if names and is_first else ""


def _ports(kind: str, is_output: bool) -> tuple[str, ...]:
    layer = CATALOGUE.get(kind)
    if layer is None:
        return ()
    return tuple(port.name for port in (layer.outputs if is_output else layer.inputs))


def follower(document: Document, id: str) -> str | None:
    """The box that a box can change places with: the only one that reads it, and it alone."""
    network = document.network
    first = network.node(id)
    outgoing = network.out_of(id)
    if len(outgoing) != 1 or not _is_between(first):
        return None
    (edge,) = outgoing
    second = network.node(edge.target)
    if second.id == id or not _is_between(second) or network.into(second.id) != (edge,):
        return None
    plain_in = all(e.target_port == _ports(first.kind, False)[0] for e in network.into(id))
    plain_out = all(
        e.source_port == _ports(second.kind, True)[0] for e in network.out_of(second.id)
    )
    plain = edge.source_port == _ports(first.kind, True)[0]
    takes = len(network.into(id)) <= 1 or CATALOGUE[second.kind].inputs[0].many
    back = any(e.source == second.id for e in network.into(id))  # a loop of two
    return second.id if plain_in and plain_out and plain and takes and not back else None


def _is_between(node: Node) -> bool:
    """Whether a box both reads and hands on."""
    return bool(_ports(node.kind, False)) and bool(_ports(node.kind, True))


def swapped(document: Document, id: str) -> Document | None:
    """The document with a box and its `follower` in each other's place; None without one."""
    other = follower(document, id)
    if other is None:
        return None
    network = document.network
    first, second = network.node(id), network.node(other)
    enters = {box.id: _ports(box.kind, False)[0] for box in (first, second)}
    leaves = {box.id: _ports(box.kind, True)[0] for box in (first, second)}

    def turned(edge: Edge) -> Edge:
        if edge.source == id:
            return Edge(other, leaves[other], id, enters[id])
        if edge.target == id:
            edge = replace(edge, target=other, target_port=enters[other])
        if edge.source == other:
            edge = replace(edge, source=id, source_port=leaves[id])
        return edge

    places = {id: (second.x, second.y), other: (first.x, first.y)}
    nodes = tuple(
        replace(n, x=places[n.id][0], y=places[n.id][1]) if n.id in places else n
        for n in network.nodes
    )
    return replace(document, network=Network(nodes, tuple(turned(e) for e in network.edges)))
