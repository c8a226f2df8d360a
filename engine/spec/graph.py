"""Order in a network: what comes before what, and where it runs in a circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from engine.spec.document import Network


def order(network: Network) -> tuple[str, ...]:
    """Node ids so that each comes after all it reads from; nodes on or after a loop are left out.

    Ties keep the order of drawing (Kahn 1962, Topological sorting of large networks).
    """
    waiting = {node.id: 0 for node in network.nodes}
    readers: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        waiting[edge.target] += 1
        readers[edge.source].append(edge.target)
    ready = [id for id, count in waiting.items() if count == 0]
    done: list[str] = []
    for id in ready:  # grows while it is read
        done.append(id)
        for reader in readers[id]:
            waiting[reader] -= 1
            if waiting[reader] == 0:
                ready.append(reader)
    return tuple(done)


def reachable(network: Network, starts: Iterable[str]) -> frozenset[str]:
    """The nodes that data from `starts` arrives at, `starts` included."""
    readers: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        readers[edge.source].append(edge.target)
    return _walk(readers, starts)


def leading(network: Network, ends: Iterable[str]) -> frozenset[str]:
    """The nodes whose data arrives at `ends`, `ends` included."""
    feeds: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        feeds[edge.target].append(edge.source)
    return _walk(feeds, ends)


def loops(network: Network) -> frozenset[str]:
    """The nodes that lie on a loop: those that reach themselves."""
    stuck = {node.id for node in network.nodes} - set(order(network))
    readers: dict[str, list[str]] = defaultdict(list)
    for edge in network.edges:
        if edge.source in stuck and edge.target in stuck:
            readers[edge.source].append(edge.target)
    return frozenset(id for id in stuck if id in _walk(readers, readers[id]))


def closes_loop(network: Network, source: str, target: str) -> bool:
    """Whether a new edge from `source` to `target` would make a loop."""
    return source in reachable(network, (target,))


def _walk(neighbours: dict[str, list[str]], starts: Iterable[str]) -> frozenset[str]:
    seen = set(starts)
    frontier = list(seen)
    while frontier:
        for other in neighbours.get(frontier.pop(), ()):
            if other not in seen:
                seen.add(other)
                frontier.append(other)
    return frozenset(seen)
