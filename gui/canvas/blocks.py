"""Putting a block of boxes into a drawing: at a place, into a connection, or behind a box."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.layers.doors import End, doors_of
from engine.layers.drawing import GAP, join_targets, pushed
from engine.spec import edits
from engine.spec.document import Document, Edge
from engine.spec.groups import joined, parents
from gui.box import TARGET, port_names
from gui.canvas import clipboard
from gui.my_blocks import Block

Put = tuple[Document, tuple[str, ...]]  # the drawing with the block, and the ids of its boxes


@dataclass(frozen=True, slots=True)
class Way:
    """The one input of a block, which may be several ports, and its one output."""

    entrances: tuple[End, ...]
    exit: End


def way_through(block: Block) -> Way | None:
    """The one input and output of a block; None if it has not just these."""
    network = block.document.network
    doors = doors_of(network, {node.id: "block" for node in network.nodes})["block"]
    entrances = block.entrances or doors.inputs
    is_one = bool(block.entrances) or len(doors.inputs) == 1
    if not is_one or not set(doors.inputs) <= set(entrances) or len(doors.outputs) != 1:
        return None
    return Way(entrances, doors.outputs[0])


def placed(document: Document, block: Block, x: float, y: float) -> Put:
    """Put a block down with its first box at a place."""
    nodes = block.document.network.nodes
    first = min(nodes, key=lambda node: node.x)
    by_x, by_y = x - first.x, y - first.y
    moved = edits.move_nodes(block.document, {n.id: (n.x + by_x, n.y + by_y) for n in nodes})
    after, ids, _ = clipboard.added(document, moved)
    return join_targets(after), ids


def may_enter(block: Block, edge: Edge) -> bool:
    """Whether a block can be put into an edge: targets are not for layers to change."""
    return edge.target_port != TARGET and way_through(block) is not None


def inserted(document: Document, block: Block, edge: Edge) -> Put:
    """Put a block into an edge; what follows moves to the right."""
    way = way_through(block)
    assert way is not None, "ask may_enter first"
    network = document.network
    source, target = network.node(edge.source), network.node(edge.target)
    across = [node.x for node in block.document.network.nodes]
    folded = any(group.is_folded for group in block.document.groups[:1])
    width = 0.0 if folded else max(across) - min(across)
    lacking = source.x + 2 * GAP + width - target.x
    if lacking > 0 and target.x > source.x:
        document = edits.move_nodes(document, pushed(network, edge, lacking))
    after, ids = placed(document, block, source.x + GAP, source.y)
    names = dict(zip((node.id for node in block.document.network.nodes), ids, strict=True))
    entering = [Edge(edge.source, edge.source_port, names[b], port) for b, port in way.entrances]
    box, port = way.exit
    leaving = Edge(names[box], port, edge.target, edge.target_port)
    edges = list(after.network.edges)
    place = edges.index(edge)
    edges[place : place + 1] = [*entering, leaving]
    after = replace(after, network=replace(after.network, edges=tuple(edges)))
    return _at_home(after, edge, ids), ids


def _at_home(document: Document, edge: Edge, ids: tuple[str, ...]) -> Document:
    """A block put into an edge within a group belongs to that group."""
    parent = parents(document)
    outer = ids[0]
    while outer in parent:
        outer = parent[outer]
    return joined(document, outer, (edge.source, edge.target))


def appended(document: Document, block: Block, after: str) -> Put:
    """Put a block behind a box; what read from that one then reads from the block."""
    feed = document.network.node(after)
    outputs = port_names(feed.kind, is_output=True)
    way = way_through(block)
    if way is None or not outputs:
        return placed(document, block, feed.x + GAP, feed.y)
    readers = [e for e in document.network.out_of(after, outputs[0]) if e.target_port != TARGET]
    if len(readers) == 1:
        return inserted(document, block, readers[0])
    found, ids = placed(document, block, feed.x + GAP, feed.y)
    names = dict(zip((node.id for node in block.document.network.nodes), ids, strict=True))
    for box, port in way.entrances:
        found = edits.connect(found, Edge(after, outputs[0], names[box], port))
    return found, ids
