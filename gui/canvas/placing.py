"""Where a new box goes: into an edge, with its neighbours pushed aside, or beside the others."""

from __future__ import annotations

from engine.layers import CATALOGUE
from engine.layers.drawing import GAP, join_targets, pushed
from engine.spec import edits
from engine.spec.document import Document, Edge, Node, Options
from gui.box import HEIGHT, TARGET, WIDTH, body_of, port_names

ROOM = GAP - WIDTH  # between two boxes of a chain


def may_enter(kind: str, edge: Edge) -> bool:
    """Whether a box of `kind` can be put into `edge`: targets are not for layers to change."""
    layer = CATALOGUE.get(kind)
    has_both = layer is not None and bool(layer.inputs) and bool(layer.outputs)
    return has_both and edge.target_port != TARGET


def insert(document: Document, kind: str, edge: Edge, x: float, y: float) -> tuple[Document, str]:
    """Put a new box into `edge`, near (x, y), and return its id; make room on the right."""
    network = document.network
    source, target = network.node(edge.source), network.node(edge.target)
    id = edits.new_id(network, kind)
    ports = port_names(kind, False)[0], port_names(kind, True)[0]
    if target.x <= source.x:  # drawn backwards: there is no right to push to
        node = Node(id, kind, Options(), x, y)
        return edits.insert_on_edge(document, node, edge, ports), id
    least, most = source.x + GAP, target.x - GAP
    if least <= most:  # there is room
        x = min(max(x, least), most)
    else:
        x = least
        document = edits.move_nodes(document, pushed(network, edge, least - most))
    if abs(source.y - target.y) < HEIGHT:  # in a row
        y = source.y
    node = Node(id, kind, Options(), x, y)
    return join_targets(edits.insert_on_edge(document, node, edge, ports)), id


def free_place(document: Document, x: float, y: float) -> tuple[float, float]:
    """The place (x, y), or the next one below it that is not taken by another box."""
    taken = [(n.x, n.y, body_of(n.kind).height()) for n in document.network.nodes]
    while any(abs(left - x) < WIDTH and -HEIGHT < y - top < height for left, top, height in taken):
        y += HEIGHT + ROOM / 2 + 4.0
    return x, y
