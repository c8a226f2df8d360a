"""Which ports may be joined: the rules of connecting, without any drawing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from engine.layers.drawing import takes_many
from engine.layers.lookup import Facts
from engine.layers.trial import Trial
from engine.spec import edits
from engine.spec.document import Document, Edge
from engine.spec.graph import reachable
from gui.box import PortRef, port_names


class Wiring:
    """An edge being drawn from the port `start`; `moved` is the edge whose end was taken off."""

    def __init__(self, document: Document, start: PortRef, moved: Edge | None = None) -> None:
        self.start, self.moved = start, moved
        self.document = edits.disconnect(document, (moved,)) if moved else document
        network = self.document.network
        self._present = frozenset(network.edges)
        if start.is_output:  # an edge back to what feeds the start would close a loop
            turned = tuple(replace(e, source=e.target, target=e.source) for e in network.edges)
            network = replace(network, edges=turned)
        self._closing = reachable(network, (start.node,))

    def refusal(self, end: PortRef) -> str:
        """Why the start cannot be joined to `end`, as the last part of a key; empty if it can."""
        if end.node == self.start.node:
            return "same_box"
        if end.is_output == self.start.is_output:
            return "two_outputs" if end.is_output else "two_inputs"
        if end.node in self._closing:
            return "loop"
        if self.edge(end) in self._present:
            return "present"
        return ""

    def edge(self, end: PortRef) -> Edge:
        """The edge between the start and `end`, whichever way it was drawn."""
        source, target = (self.start, end) if self.start.is_output else (end, self.start)
        return Edge(source.node, source.port, target.node, target.port)

    def replaced(self, end: PortRef) -> Edge | None:
        """The edge that would make room for the new one."""
        edge = self.edge(end)
        if takes_many(self.document, edge.target, edge.target_port):
            return None
        return next(iter(self.document.network.into(edge.target, edge.target_port)), None)

    def unfit(self, ends: Collection[PortRef], facts: Facts) -> frozenset[PortRef]:
        """Those of the other ends at which sizes would not fit."""
        trial = Trial(self.document, facts)
        return frozenset(end for end in ends if not trial.fits(self.edge(end)))

    def accepting(self) -> frozenset[PortRef]:
        """All ports that can be the other end."""
        side = not self.start.is_output
        return frozenset(
            port
            for node in self.document.network.nodes
            for name in port_names(node.kind, side)
            if not self.refusal(port := PortRef(node.id, name, side))
        )

    def fitting(self, id: str, shown: Sequence[PortRef] = ()) -> PortRef | None:
        """The port meant by dropping on the box `id`: like to like, free ones first.

        shown : the ports to choose from; those of the box if none are given
        """
        network = self.document.network
        side = not self.start.is_output
        names = port_names(network.node(id).kind, side)
        own = [PortRef(id, name, side) for name in names]
        ports = [port for port in shown if port.is_output == side] if shown else own

        def order(port: PortRef) -> tuple[bool, bool, bool]:
            unlike = stream(port.port) != stream(self.start.port)
            taken = not side and bool(network.into(port.node, port.port))
            return bool(self.refusal(port)), unlike, taken

        return min(ports, key=order, default=None)

    def joined(self, end: PortRef) -> Document:
        """The document with the edge drawn (and the moved one gone)."""
        edge = self.edge(end)
        many = takes_many(self.document, edge.target, edge.target_port)
        return edits.connect(self.document, edge, many)


def stream(port: str) -> str:
    """What flows there: data from x and y, and by name targets, states and the like."""
    return "data" if port in ("x", "y") else port
