"""What two documents differ in: boxes, options, connections and training, as a list of changes.

Each change leads from the first document towards the second, and `taking` carries it out. Places,
colours, comments and groups are for people, and are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from engine.spec.document import Document, Edge, Network, Node
from engine.spec.matching import Pairs, matched
from engine.spec.options import Declared, Value, is_shown, options_of
from engine.spec.training import TrainingOptions

Kinds = Callable[[str], type[Declared] | None]  # the options of a layer type, if it is known
ALONE = "\0"  # begins the joint name of a box that only the first document has


@dataclass(frozen=True, slots=True)
class BoxAdded:
    """Only the second document has this box. Its connections come with it."""

    box: str


@dataclass(frozen=True, slots=True)
class BoxRemoved:
    """Only the first document has this box. What it joined is joined without it."""

    box: str


@dataclass(frozen=True, slots=True)
class KindChanged:
    """The same box is of another layer type."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class OptionChanged:
    """An option of a box has another value; None where a value is not given."""

    first: str
    second: str
    option: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class EdgeAdded:
    """A connection between boxes of both that only the second document has; its own names."""

    edge: Edge


@dataclass(frozen=True, slots=True)
class EdgeRemoved:
    """A connection between boxes of both that only the first document has; its own names."""

    edge: Edge


@dataclass(frozen=True, slots=True)
class Reordered:
    """A box with many inputs reads the same ones in another order."""

    first: str
    second: str
    port: str


@dataclass(frozen=True, slots=True)
class TrainingChanged:
    """An option of training has another value."""

    option: str
    before: Value
    after: Value


Change = (
    BoxAdded
    | BoxRemoved
    | KindChanged
    | OptionChanged
    | EdgeAdded
    | EdgeRemoved
    | Reordered
    | TrainingChanged
)


@dataclass(frozen=True, slots=True)
class Difference:
    """`changes` in the order of the boxes; empty if the documents mean the same.

    pairs : ids of the first document → ids of the second
    added, removed : all connections that differ, those of new and gone boxes included
    """

    pairs: Pairs
    changes: tuple[Change, ...]
    added: frozenset[Edge]  # with the names of the second document
    removed: frozenset[Edge]  # with those of the first

    def mirrored(self) -> Difference:
        """The difference of the second document from the first, change by change."""
        pairs = {other: one for one, other in self.pairs.items()}
        changes = tuple(mirrored(change) for change in self.changes)
        return Difference(pairs, changes, self.removed, self.added)


def mirrored(change: Change) -> Change:
    """The change that leads back."""
    match change:
        case BoxAdded(box):
            return BoxRemoved(box)
        case BoxRemoved(box):
            return BoxAdded(box)
        case EdgeAdded(edge):
            return EdgeRemoved(edge)
        case EdgeRemoved(edge):
            return EdgeAdded(edge)
        case KindChanged(one, other):
            return KindChanged(other, one)
        case OptionChanged(one, other, option, before, after):
            return OptionChanged(other, one, option, after, before)
        case Reordered(one, other, port):
            return Reordered(other, one, port)
        case TrainingChanged(option, before, after):
            return TrainingChanged(option, after, before)


def _unknown(kind: str) -> None:
    return None


def difference(first: Document, second: Document, kinds: Kinds = _unknown) -> Difference:
    """Compare two documents. With `kinds`, an option that is not given has its default."""
    pairs = matched(first.network, second.network)
    joint = renamed(first.network, joint_names(first.network, pairs))
    new = {n.id for n in second.network.nodes} - set(pairs.values())
    gone = {n.id for n in joint.nodes if n.id.startswith(ALONE)}
    mine, theirs = set(joint.edges), set(second.network.edges)
    back = {joint_id: id for id, joint_id in joint_names(first.network, pairs).items()}
    changes: list[Change] = []
    nodes = {node.id: node for node in second.network.nodes}
    for node in first.network.nodes:
        if node.id in pairs:
            changes += _of_pair(node, nodes[pairs[node.id]], kinds)
    changes += [BoxRemoved(n.id) for n in first.network.nodes if n.id not in pairs]
    changes += [BoxAdded(n.id) for n in second.network.nodes if n.id in new]
    changes += [
        EdgeRemoved(_named(edge, back))
        for edge in joint.edges
        if edge not in theirs and not is_explained(edge, second.network, new, gone)
    ]
    changes += [
        EdgeAdded(edge)
        for edge in second.network.edges
        if edge not in mine and not is_explained(edge, joint, gone, new)
    ]
    changes += _orders(first.network, joint, second.network, pairs)
    changes += _of_training(first.training, second.training)
    removed = frozenset(_named(edge, back) for edge in mine - theirs)
    return Difference(pairs, tuple(changes), frozenset(theirs - mine), removed)


def joint_names(network: Network, pairs: Pairs) -> dict[str, str]:
    """A name for each box of the first network: that of its partner, or one that nobody has."""
    return {node.id: pairs.get(node.id, ALONE + node.id) for node in network.nodes}


def renamed(network: Network, names: Mapping[str, str]) -> Network:
    """The same network with other ids."""
    nodes = tuple(replace(node, id=names[node.id]) for node in network.nodes)
    return Network(nodes, tuple(_named(edge, names) for edge in network.edges))


def _named(edge: Edge, names: Mapping[str, str]) -> Edge:
    return replace(edge, source=names[edge.source], target=names[edge.target])


def is_explained(
    edge: Edge, other: Network, by: Collection[str], touching: Collection[str]
) -> bool:
    """Whether an edge that `other` lacks needs no words of its own.

    It touches a box that `other` lacks, or boxes (`by`) that it lacks stand in its place.
    """
    if edge.source in touching or edge.target in touching:
        return True
    return edge.source in sources_through(other, edge.target, edge.target_port, by)


def sources_through(network: Network, box: str, port: str, by: Collection[str]) -> set[str]:
    """The boxes that feed a port by way of at least one of the boxes `by`, and of no others."""
    feeds: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        feeds[edge.target].append(edge.source)
    waiting = [e.source for e in network.into(box, port) if e.source in by]
    seen, found = set(waiting), set()
    while waiting:
        for source in feeds[waiting.pop()]:
            if source not in by:
                found.add(source)
            elif source not in seen:
                seen.add(source)
                waiting.append(source)
    return found


def _of_pair(mine: Node, theirs: Node, kinds: Kinds) -> list[Change]:
    if mine.kind != theirs.kind:
        return [KindChanged(mine.id, theirs.id)]
    before, after = values_of(mine, kinds), values_of(theirs, kinds)
    declared = kinds(mine.kind)
    known = options_of(declared) if declared is not None else {}
    return [
        OptionChanged(mine.id, theirs.id, name, before.get(name), after.get(name))
        for name in before | after
        if before.get(name) != after.get(name)
        and (name not in known or is_shown(known[name], before) or is_shown(known[name], after))
    ]


def values_of(node: Node, kinds: Kinds) -> dict[str, Value]:
    """All options of a box, with the defaults of those that are not given."""
    declared = kinds(node.kind)
    known = options_of(declared) if declared is not None else {}
    return {name: option.default for name, option in known.items()} | dict(node.options)


def _orders(first: Network, joint: Network, second: Network, pairs: Pairs) -> list[Change]:
    found: list[Change] = []
    for node in first.nodes:
        if node.id not in pairs:
            continue
        other = pairs[node.id]
        for port in dict.fromkeys(edge.target_port for edge in first.into(node.id)):
            mine, theirs = joint.into(other, port), second.into(other, port)
            if mine != theirs and set(mine) == set(theirs):
                found.append(Reordered(node.id, other, port))
    return found


def _of_training(mine: TrainingOptions, theirs: TrainingOptions) -> list[Change]:
    options = options_of(TrainingOptions)
    before = {name: getattr(mine, name) for name in options}
    after = {name: getattr(theirs, name) for name in options}
    return [
        TrainingChanged(name, before[name], after[name])
        for name, option in options.items()
        if before[name] != after[name] and (is_shown(option, before) or is_shown(option, after))
    ]
