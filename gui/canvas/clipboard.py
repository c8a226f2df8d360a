"""Boxes as text on the clipboard: the JSON of a small document, readable anywhere.

A whole document, pasted as text, comes in the same way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.spec import edits
from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document, Network

OFFSET = 24.0
LONGEST = 4_000_000  # characters; anything longer is not ours


def as_text(document: Document, ids: Collection[str]) -> str:
    """Some boxes, and the edges among them, as text."""
    return to_json(replace(document, network=part(document.network, ids)))


def part(network: Network, ids: Collection[str]) -> Network:
    """Some boxes, and the edges among them."""
    nodes = tuple(node for node in network.nodes if node.id in ids)
    edges = tuple(e for e in network.edges if e.source in ids and e.target in ids)
    return Network(nodes, edges)


def from_text(text: str) -> Network | None:
    """The boxes in a text; None if it is not ours."""
    if len(text) > LONGEST or '"layerwise"' not in text:
        return None
    try:
        network = from_json(text).network
    except Unreadable:
        return None
    return network if network.nodes else None


def added(document: Document, network: Network) -> tuple[Document, tuple[str, ...]]:
    """The document with copies of the boxes of `network`, beside those already there.

    Returns the ids of the copies too. They have new ids, and keep the edges among them.
    """
    taken = {(node.x, node.y) for node in document.network.nodes}
    offset = 0.0
    while any((node.x + offset, node.y + offset) in taken for node in network.nodes):
        offset += OFFSET
    names: dict[str, str] = {}
    for node in network.nodes:
        id = edits.new_id(document.network, node.kind)
        names[node.id] = id
        copy = replace(node, id=id, x=node.x + offset, y=node.y + offset)
        document = edits.add_node(document, copy)
    edges = tuple(replace(e, source=names[e.source], target=names[e.target]) for e in network.edges)
    old = document.network
    joined = replace(old, edges=(*old.edges, *edges))
    return replace(document, network=joined), tuple(names.values())
