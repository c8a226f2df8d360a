"""Edges tried out before they are drawn: whether what would flow along them can enter the layer."""

from __future__ import annotations

from collections import defaultdict

from engine.layers.analysis import build_layer
from engine.layers.base import Unfit
from engine.layers.lookup import Facts
from engine.spec.document import Document, Edge
from engine.spec.options import BadOption
from engine.spec.shapes import Shape


class Trial:
    """Tries many edges of one drawing; each costs one shape rule and no analysis."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self.facts = facts
        self.nodes = {node.id: node for node in document.network.nodes}
        self.into: dict[tuple[str, str], list[Edge]] = defaultdict(list)
        for edge in document.network.edges:
            self.into[edge.target, edge.target_port].append(edge)

    def fits(self, edge: Edge) -> bool:
        """Whether the new edge brings a size that the layer takes; what is not known yet fits."""
        try:
            layer = build_layer(self.nodes[edge.target])
        except (KeyError, BadOption):
            return True
        inputs: dict[str, tuple[Shape, ...]] = {}
        for port in layer.inputs:
            edges = list(self.into.get((edge.target, port.name), ()))
            if port.name == edge.target_port:
                edges = [*edges, edge] if port.many else [edge]
            shapes = [self._shape(each) for each in edges]
            known = tuple(shape for shape in shapes if shape is not None)
            if len(known) < len(shapes) or not (known or port.optional):
                return True
            if port.many and len(known) < 2:
                return True  # the second edge is still to come
            inputs[port.name] = known
        try:
            layer.output_shapes(inputs)
        except Unfit:
            return False
        return True

    def _shape(self, edge: Edge) -> Shape | None:
        facts = self.facts.get(edge.source)
        return facts.outputs.get(edge.source_port) if facts is not None else None
