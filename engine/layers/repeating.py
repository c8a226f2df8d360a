"""A group put several times in a row: each copy has boxes, and so weights, of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from engine.layers.doors import Passage, passage
from engine.layers.drawing import GAP, pushed
from engine.spec import edits
from engine.spec.document import Document, Edge, Group
from engine.spec.groups import boxes_in, chain, group_of, new_group_id, parents

MOST = 64  # times


def repeated(document: Document, id: str, times: int) -> Document:
    """The group `times` times in a row, itself included; NoPassage if data has not one way through.

    What read from the group then reads from its last copy, and moves aside for the copies.
    """
    if not 1 <= times <= MOST:
        raise ValueError(f"{times} times")
    boxes = boxes_in(document, id)
    way = passage(document, boxes)
    nodes = [document.network.node(box) for box in boxes]
    width = max(n.x for n in nodes) - min(n.x for n in nodes)
    step = GAP if group_of(document, id).is_folded else width + GAP
    document = _moved_aside(document, way, set(boxes), step * (times - 1))
    inside = [e for e in document.network.edges if e.target in boxes and e.source in boxes]
    edges = [e for e in document.network.edges if e in inside or e in way.entering]
    last = way.exit
    for number in range(1, times):
        names = _copied_names(document, id, boxes)
        for node in nodes:
            copy = replace(node, id=names[node.id], x=node.x + number * step)
            document = edits.add_node(document, copy)
        made = [_copied(edge, names, last if edge in way.entering else None) for edge in edges]
        if not way.entering:
            made += [Edge(*last, names[box], port) for box, port in way.entrances]
        last = names[way.exit[0]], way.exit[1]
        document = _joined(_grouped(document, id, names), made)
    onward = {edge: replace(edge, source=last[0], source_port=last[1]) for edge in way.leaving}
    network = document.network
    turned = tuple(onward.get(edge, edge) for edge in network.edges)
    return replace(document, network=replace(network, edges=turned))


def _moved_aside(document: Document, way: Passage, inside: set[str], by: float) -> Document:
    places: dict[str, tuple[float, float]] = {}
    for edge in way.leaving:
        if edge.target_port != "target":
            places |= pushed(document.network, edge, by)
    return edits.move_nodes(document, {k: v for k, v in places.items() if k not in inside})


def _copied_names(document: Document, id: str, boxes: tuple[str, ...]) -> dict[str, str]:
    """New ids for the boxes of a group, for itself and for the groups inside it."""
    names: dict[str, str] = {}
    taken = document
    for box in boxes:
        kind = document.network.node(box).kind
        names[box] = edits.new_id(taken.network, kind)
        taken = edits.add_node(taken, replace(document.network.node(box), id=names[box]))
    parent = parents(document)
    for group in document.groups:
        if group.id == id or id in chain(parent, group.id):
            names[group.id] = new_group_id(taken)
            taken = replace(taken, groups=(*taken.groups, Group(names[group.id], "copy")))
    return names


def _copied(edge: Edge, names: Mapping[str, str], source: tuple[str, str] | None) -> Edge:
    """An edge of the copy; `source` is where its data comes from, if that is outside."""
    start = (names[edge.source], edge.source_port) if source is None else source
    return Edge(*start, names[edge.target], edge.target_port)


def _joined(document: Document, edges: list[Edge]) -> Document:
    network = document.network
    return replace(document, network=replace(network, edges=(*network.edges, *edges)))


def _grouped(document: Document, id: str, names: Mapping[str, str]) -> Document:
    """The document with copies of a group and of those inside it; boxes have their `names`."""
    made = [
        replace(g, id=names[g.id], members=tuple(names[member] for member in g.members))
        for g in document.groups
        if g.id in names
    ]
    calls = {g.name for g in document.groups}
    made = [replace(g, name=_next(g.name, calls)) if g.id == names[id] else g for g in made]
    home = parents(document).get(id)
    groups = tuple(
        replace(g, members=(*g.members, names[id])) if g.id == home else g for g in document.groups
    )
    return replace(document, groups=(*groups, *made))


def _next(name: str, taken: set[str]) -> str:
    """A name like this one, with the next number that is free: Block, Block 2, Block 3."""
    base = re.sub(r" \d+$", "", name)
    number = 2
    while f"{base} {number}" in taken:
        number += 1
    return f"{base} {number}"
