"""Where data comes into a group of boxes and leaves it again: the ports of a folded group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from engine.layers.base import CATALOGUE
from engine.spec.document import Document, Edge, Network

End = tuple[str, str]  # a box, and a port of it


@dataclass(frozen=True, slots=True)
class Doors:
    """The ports at which an edge crosses the border, or that wait for one."""

    inputs: tuple[End, ...] = ()
    outputs: tuple[End, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One way in and one way out: one signal enters, at one port or several, and one leaves."""

    entrances: tuple[End, ...]
    exit: End
    entering: tuple[Edge, ...]
    leaving: tuple[Edge, ...]


class NoPassage(ValueError):
    """A group that has not just one input and one output; `code` says what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def doors_of(network: Network, home: Mapping[str, str]) -> dict[str, Doors]:
    """The doors of several groups at once; `home` is the group of each box that has one.

    They are ordered as the boxes stand, from the top down; targets come last.
    """
    inputs: dict[str, set[End]] = defaultdict(set)
    outputs: dict[str, set[End]] = defaultdict(set)
    read, written = set(), set()
    for edge in network.edges:
        start, end = (edge.source, edge.source_port), (edge.target, edge.target_port)
        written.add(start)
        read.add(end)
        source, target = home.get(edge.source), home.get(edge.target)
        if source != target:
            if source is not None:
                outputs[source].add(start)
            if target is not None:
                inputs[target].add(end)
    rank: dict[End, tuple[object, ...]] = {}
    for node in network.nodes:
        layer, group = CATALOGUE.get(node.kind), home.get(node.id)
        if group is None:
            continue
        for ports, found, joined in (
            (layer.inputs if layer else (), inputs, read),
            (layer.outputs if layer else (), outputs, written),
        ):
            for place, port in enumerate(ports):
                end = node.id, port.name
                rank[end] = port.name == "target", node.y, node.x, place
                if end not in joined and not port.optional:
                    found[group].add(end)

    def ordered(ends: set[End]) -> tuple[End, ...]:
        return tuple(sorted(ends, key=lambda end: (*rank.get(end, (False, 0.0, 0.0, 0)), end)))

    return {
        group: Doors(ordered(inputs[group]), ordered(outputs[group]))
        for group in dict.fromkeys(home.values())
    }


def passage(document: Document, ids: Collection[str]) -> Passage:
    """The one way through some boxes; NoPassage if there is none, or more than one.

    An edge that enters at several ports, as around a residual connection, is one input.
    """
    network = document.network
    doors = doors_of(network, dict.fromkeys(ids, "group")).get("group", Doors())
    entering = tuple(e for e in network.edges if e.target in ids and e.source not in ids)
    leaving = tuple(e for e in network.edges if e.source in ids and e.target not in ids)
    entered = dict.fromkeys((e.target, e.target_port) for e in entering)
    waiting = tuple(end for end in doors.inputs if end not in entered)
    signals = len({(e.source, e.source_port) for e in entering}) + len(waiting)
    left = tuple(dict.fromkeys((e.source, e.source_port) for e in leaving)) or doors.outputs
    if signals != 1:
        raise NoPassage("many_inputs" if signals else "no_input")
    if len(left) != 1:
        raise NoPassage("many_outputs" if left else "no_output")
    return Passage(tuple(entered) or waiting, left[0], entering, leaving)


def last_box(document: Document, ids: Sequence[str]) -> str:
    """The box by which data leaves some boxes, if there is one way through; else the last."""
    with suppress(NoPassage):
        return passage(document, ids).exit[0]
    return ids[-1]
