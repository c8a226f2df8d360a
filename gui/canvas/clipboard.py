"""Boxes as text on the clipboard: the JSON of a small document, readable anywhere.

A whole document, pasted as text, comes in the same way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.spec import edits
from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document, Network
from engine.spec.groups import new_group_id, within
from engine.spec.notes import add_note, moved, new_note_id, point_past

OFFSET = 24.0
LONGEST = 4_000_000  # characters; anything longer is not ours


def part(document: Document, ids: Collection[str], notes: Collection[str] = ()) -> Document:
    """A document with some of the boxes, the edges among them, whole groups, and some comments."""
    chosen = tuple(note for note in document.notes if note.id in notes)
    network, groups = _among(document.network, ids), within(document, ids)
    outside = {node.id for node in document.network.nodes} - set(ids)
    found = replace(document, network=network, notes=chosen, groups=groups)
    return point_past(found, outside)


def as_text(document: Document, ids: Collection[str], notes: Collection[str] = ()) -> str:
    """A part of a document as text."""
    return to_json(part(document, ids, notes))


def _among(network: Network, ids: Collection[str]) -> Network:
    nodes = tuple(node for node in network.nodes if node.id in ids)
    edges = tuple(e for e in network.edges if e.source in ids and e.target in ids)
    return Network(nodes, edges)


def from_text(text: str) -> Document | None:
    """The boxes and comments in a text; None if it is not ours."""
    if len(text) > LONGEST or '"layerwise"' not in text:
        return None
    try:
        found = from_json(text)
    except Unreadable:
        return None
    return found if found.network.nodes or found.notes else None


def added(document: Document, given: Document) -> tuple[Document, tuple[str, ...], tuple[str, ...]]:
    """The document with copies of all in `given`, beside what is already there.

    Returns the ids of the new boxes and comments too. Boxes keep the edges among them, and the
    groups around them.
    """
    network = given.network
    taken = {(n.x, n.y) for n in document.network.nodes} | {(n.x, n.y) for n in document.notes}
    corners = [(n.x, n.y) for n in network.nodes] + [(n.x, n.y) for n in given.notes]
    offset = 0.0
    while any((x + offset, y + offset) in taken for x, y in corners):
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
    document = _with_groups(replace(document, network=joined), given, names)
    notes = []
    for note in given.notes:
        notes.append(new_note_id(document))
        copied = moved(note, note.x + offset, note.y + offset, with_ends=True)
        arrows = tuple(replace(a, box=names.get(a.box, "")) for a in copied.arrows)
        document = add_note(document, replace(copied, id=notes[-1], arrows=arrows))
    return document, tuple(names.values()), tuple(notes)


def _with_groups(document: Document, given: Document, names: dict[str, str]) -> Document:
    """The document with copies of the groups in `given`; `names` are the boxes' new ids."""
    names = dict(names)
    for group in given.groups:
        names[group.id] = new_group_id(document)
        document = replace(document, groups=(*document.groups, replace(group, id=names[group.id])))
    fresh = {names[group.id] for group in given.groups}
    groups = tuple(
        replace(g, members=tuple(names[m] for m in g.members)) if g.id in fresh else g
        for g in document.groups
    )
    return replace(document, groups=groups)
