"""Which box of one network is which of another, so that the two can be compared.

Boxes with the same name are the same, if the networks have a common past. Networks drawn
independently use the same names for other boxes; there the order of computing tells: the longest
common sequence of layer types, in which boxes with equal options count more (Needleman & Wunsch
1970, A general method applicable to the search for similarities). Of both answers the one that
needs fewer changes to explain is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

from engine.spec.document import Edge, Network, Node
from engine.spec.graph import order

ALIKE, EQUAL_OPTIONS, SAME_NAME = 4.0, 2.0, 1.0  # what a pair of boxes is worth in a sequence
Pairs = dict[str, str]  # ids of the first network → ids of the second


def matched(first: Network, second: Network) -> Pairs:
    """The pairs of boxes that are the same; every box is in one pair at most."""
    by_name = _filled(_same_names(first, second), first, second)
    if _cost(by_name, first, second) == 0:
        return by_name
    by_order = _filled(_in_order(first, second, {}), first, second)
    return min((by_name, by_order), key=lambda pairs: _cost(pairs, first, second))


def _same_names(first: Network, second: Network) -> Pairs:
    """A box whose layer type was exchanged keeps its name."""
    names = {node.id for node in second.nodes}
    return {node.id: node.id for node in first.nodes if node.id in names}


def _in_order(first: Network, second: Network, pairs: Pairs) -> Pairs:
    """The most valuable common sequence of those boxes that are in no pair yet."""
    mine = _sequence(first, set(pairs))
    theirs = _sequence(second, set(pairs.values()))
    rows, columns = len(mine), len(theirs)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            worth = _worth(mine[i], theirs[j])
            joined = best[i + 1][j + 1] + worth if worth else 0.0
            best[i][j] = max(joined, best[i + 1][j], best[i][j + 1])
    found, i, j = dict(pairs), 0, 0
    while i < rows and j < columns:
        worth = _worth(mine[i], theirs[j])
        if worth and best[i][j] == best[i + 1][j + 1] + worth:
            found[mine[i].id] = theirs[j].id
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _sequence(network: Network, without: set[str]) -> list[Node]:
    """The boxes in the order of computing; those in a circle come last."""
    sorted_ids = order(network)
    known = set(sorted_ids)
    ids = [*sorted_ids, *(node.id for node in network.nodes if node.id not in known)]
    nodes = {node.id: node for node in network.nodes}
    return [nodes[id] for id in ids if id not in without]


def _worth(mine: Node, theirs: Node) -> float:
    if mine.kind != theirs.kind:
        return 0.0
    names = set(mine.options) | set(theirs.options)
    equal = sum(mine.options.get(name) == theirs.options.get(name) for name in names)
    share = equal / len(names) if names else 1.0
    return ALIKE + EQUAL_OPTIONS * share + SAME_NAME * (mine.id == theirs.id)


def _filled(pairs: Pairs, first: Network, second: Network) -> Pairs:
    """With those pairs more that have a layer type and a neighbour in common, then by order."""
    found = dict(pairs)
    while True:
        taken = set(found.values())
        mine = [node for node in first.nodes if node.id not in found]
        theirs = [node for node in second.nodes if node.id not in taken]
        ways = _ways(second)
        scores = {}
        for one, other in product(mine, theirs):
            shared = _shared(one.id, other.id, found, first, ways) if one.kind == other.kind else 0
            if shared:
                scores[one.id, other.id] = shared + _worth(one, other) / 10
        if not scores:
            return _in_order(first, second, found)
        for one_id, other_id in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            if one_id not in found and other_id not in taken:
                found[one_id] = other_id
                taken.add(other_id)


def _ways(network: Network) -> dict[str, set[tuple[str, ...]]]:
    """The ways into and out of each box: (side, port here, box there, port there)."""
    ways: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for edge in network.edges:
        ways[edge.source].add(("out", edge.source_port, edge.target, edge.target_port))
        ways[edge.target].add(("in", edge.target_port, edge.source, edge.source_port))
    return ways


def _shared(
    one: str, other: str, pairs: Pairs, first: Network, ways: dict[str, set[tuple[str, ...]]]
) -> int:
    """How many neighbours two boxes have in common."""
    there = ways.get(other, set())
    count = 0
    for edge in first.edges:
        if edge.source == one and edge.target in pairs:
            count += ("out", edge.source_port, pairs[edge.target], edge.target_port) in there
        if edge.target == one and edge.source in pairs:
            count += ("in", edge.target_port, pairs[edge.source], edge.source_port) in there
    return count


def _cost(pairs: Pairs, first: Network, second: Network) -> int:
    """About how many changes the pairs leave: boxes without one, options, and connections."""
    mine = {node.id: node for node in first.nodes}
    theirs = {node.id: node for node in second.nodes}
    alone = len(mine) + len(theirs) - 2 * len(pairs)
    changed = sum(_changes(mine[one], theirs[other]) for one, other in pairs.items())
    edges: Sequence[Edge] = first.edges
    mapped = {
        Edge(pairs[e.source], e.source_port, pairs[e.target], e.target_port)
        for e in edges
        if e.source in pairs and e.target in pairs
    }
    present = set(second.edges)
    return 2 * alone + changed + len(edges) + len(present) - 2 * len(mapped & present)


def _changes(mine: Node, theirs: Node) -> int:
    if mine.kind != theirs.kind:
        return 3
    names = set(mine.options) | set(theirs.options)
    return sum(mine.options.get(name) != theirs.options.get(name) for name in names)
