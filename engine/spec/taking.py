"""Take changes of another document over into one, as a function Document → Document.

With all changes the result means the same as the other document. With some, connections close
around what is not taken: of two new boxes in a row the first alone can be had.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from engine.spec import edits
from engine.spec.difference import (
    BoxAdded,
    BoxRemoved,
    Change,
    Difference,
    EdgeAdded,
    EdgeRemoved,
    KindChanged,
    OptionChanged,
    Reordered,
    TrainingChanged,
    joint_names,
    renamed,
    sources_through,
)
from engine.spec.document import Document, Edge, Network, Node, Options


def take(
    first: Document, second: Document, difference: Difference, changes: Collection[Change]
) -> Document:
    """`first` with some of the changes that `difference` has found."""
    names = joint_names(first.network, difference.pairs)
    new = tuple(c.box for c in changes if isinstance(c, BoxAdded))
    gone = [c.box for c in changes if isinstance(c, BoxRemoved)]
    others = {n.id for n in second.network.nodes} - set(difference.pairs.values()) - set(new)
    joint = renamed(first.network, names)
    mine = _without(joint, {names[id] for id in gone})
    theirs = _without(second.network, others)
    moves = Moves(joint, mine, theirs, second.network, frozenset(new), frozenset(changes))
    gone_joint = frozenset(names[id] for id in gone)
    boxes = [*(n.id for n in mine.nodes), *new]
    edges = _in_order(mine, {id: _into(moves, id, names, gone_joint) for id in boxes})
    back = {joint_id: id for id, joint_id in names.items() if id not in gone}
    kept = edits.remove_nodes(first, gone, heal=False)
    nodes = [_changed(node, second, changes) for node in kept.network.nodes]
    for id in new:
        node = second.network.node(id)
        free = Network(tuple(nodes))
        name = id if not free.has(id) else edits.new_id(free, node.kind)
        back[id] = name
        x, y = _place(node, first, second, difference)
        nodes.append(replace(node, id=name, x=x, y=y))
    network = renamed(Network((), tuple(edges)), back)
    values: dict[str, Any] = {  # as each option has a type of its own
        c.option: c.after for c in changes if isinstance(c, TrainingChanged)
    }
    training = replace(first.training, **values)
    return replace(kept, network=Network(tuple(nodes), network.edges), training=training)


@dataclass(frozen=True, slots=True)
class Moves:
    """Both networks with the same names: as they were, and without what goes or is not taken."""

    joint: Network
    mine: Network
    theirs: Network
    second: Network
    new: frozenset[str]
    changes: frozenset[Change]


def _without(network: Network, ids: Collection[str]) -> Network:
    return edits.remove_nodes(Document(network), ids).network


def _into(
    moves: Moves, box: str, names: dict[str, str], gone: frozenset[str]
) -> dict[str, list[Edge]]:
    """The edges into a box, by port, once the changes are made."""
    ports = dict.fromkeys(e.target_port for e in (*moves.mine.into(box), *moves.theirs.into(box)))
    if box in moves.new:
        return {port: list(moves.theirs.into(box, port)) for port in ports}
    if not moves.second.has(box):
        return {port: list(moves.mine.into(box, port)) for port in ports}
    return {port: _port(moves, box, port, names, gone) for port in ports}


def _port(
    moves: Moves, box: str, port: str, names: dict[str, str], gone: frozenset[str]
) -> list[Edge]:
    mine, theirs = moves.mine.into(box, port), moves.theirs.into(box, port)
    added = {c.edge for c in moves.changes if isinstance(c, EdgeAdded)}
    removed = {
        replace(c.edge, source=names[c.edge.source], target=names[c.edge.target])
        for c in moves.changes
        if isinstance(c, EdgeRemoved)
    }
    around = sources_through(moves.joint, box, port, gone)
    inside = sources_through(moves.theirs, box, port, moves.new)
    taken = [
        e
        for e in theirs
        if e not in mine and (e.source in moves.new or e in added or e.source in around)
    ]
    left = [e for e in mine if e in theirs or not (e in removed or (e.source in inside and taken))]
    result = left + taken
    healed = [e for e in left if e not in moves.joint.edges and e not in theirs]
    while healed and len(result) > len(theirs):
        result.remove(healed.pop())
    most = max(len(moves.joint.into(box, port)), len(theirs))
    extra = [e for e in left if e in result and e not in theirs]
    while extra and len(result) > most:
        result.remove(extra.pop(0))
    reordered = any(
        isinstance(c, Reordered) and (c.second, c.port) == (box, port) for c in moves.changes
    )
    if set(result) == set(theirs) and (taken or len(left) < len(mine) or reordered):
        return list(theirs)
    return result


def _in_order(network: Network, into: dict[str, dict[str, list[Edge]]]) -> list[Edge]:
    """All edges; a port stands where the first of its edges stood."""
    found: list[Edge] = []
    for edge in network.edges:
        found += into.get(edge.target, {}).pop(edge.target_port, [])
    for ports in into.values():
        for edges in ports.values():
            found += edges
    return found


def _changed(node: Node, second: Document, changes: Collection[Change]) -> Node:
    for change in changes:
        if isinstance(change, KindChanged) and change.first == node.id:
            other = second.network.node(change.second)
            node = replace(node, kind=other.kind, options=other.options)
        elif isinstance(change, OptionChanged) and change.first == node.id:
            values = dict(node.options)
            if change.after is None:
                values.pop(change.option, None)
            else:
                values[change.option] = change.after
            node = replace(node, options=Options(values))
    return node


def _place(
    node: Node, first: Document, second: Document, difference: Difference
) -> tuple[float, float]:
    """Beside its neighbours, as far as there."""
    partners = {other: one for one, other in difference.pairs.items()}
    near = [e.source for e in second.network.into(node.id)]
    near += [e.target for e in second.network.out_of(node.id)]
    for id in near:
        if id in partners:
            here, there = first.network.node(partners[id]), second.network.node(id)
            return here.x + node.x - there.x, here.y + node.y - there.y
    return node.x, node.y
