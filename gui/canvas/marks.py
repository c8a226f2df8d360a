"""Where problems are shown on the canvas: at boxes, and at the edges between boxes concerned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.spec.document import Edge, Network
from engine.spec.problems import ERROR, Problem
from gui.box import MARK

if TYPE_CHECKING:
    from gui.canvas.edge_item import EdgeItem
    from gui.canvas.node_item import NodeItem

AROUND = 4.0  # scene pixels around a sign that mean it too
LOOP = "loop"


def concerned(network: Network, problems: tuple[Problem, ...]) -> dict[Edge, list[Problem]]:
    """The edges that each problem is about: those between its boxes, and those of a loop."""
    by_ends: dict[tuple[str, str], list[Problem]] = {}
    on_loop = {p.nodes[0]: p for p in problems if p.code == LOOP and p.nodes}
    for problem in problems:
        for other in dict.fromkeys(problem.nodes[1:]):
            for ends in ((other, problem.nodes[0]), (problem.nodes[0], other)):
                by_ends.setdefault(ends, []).append(problem)
    found: dict[Edge, list[Problem]] = {}
    if not by_ends and not on_loop:
        return found
    for edge in network.edges:
        these = list(by_ends.get((edge.source, edge.target), ()))
        if edge.source in on_loop and edge.target in on_loop:
            these.append(on_loop[edge.target])
        if these:
            found[edge] = these
    return found


def worst(problems: list[Problem]) -> str:
    """The severity of the worst of some problems; empty without any."""
    severities = {problem.severity for problem in problems}
    return ERROR if ERROR in severities else next(iter(severities), "")


def mark_at(
    pos: QPointF, nodes: Mapping[str, NodeItem], edges: Mapping[Edge, EdgeItem]
) -> str | Edge | None:
    """The box or edge whose sign of a problem is at a place."""
    for id, item in nodes.items():
        if item.face.mark and item.home is None and sign_of_box(item).contains(pos):
            return id
    for edge, line in edges.items():
        if line.mark and line.isVisible() and sign_of_edge(line).contains(pos):
            return edge
    return None


def sign_of_box(item: NodeItem) -> QRectF:
    """Where the sign of a box is, on the canvas."""
    return MARK.translated(item.pos()).adjusted(-AROUND, -AROUND, AROUND, AROUND)


def sign_of_edge(line: EdgeItem) -> QRectF:
    """Where the sign of an edge is, on the canvas."""
    return line.sign.adjusted(-AROUND, -AROUND, AROUND, AROUND)
