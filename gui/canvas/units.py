"""What stands on the canvas as one thing: a box, or a folded group with all its boxes.

A folded group stands where the leftmost of its boxes is, so that folding moves nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF

from engine.layers.doors import Doors, doors_of
from engine.spec.document import Document
from engine.spec.groups import hiding
from gui.box import MAIN_PORT, WIDTH, body_of

LEAST_HIGH = 84.0  # of a folded group: name, layers, sizes and parameters, one below another
PORTS_APART, BELOW = 18.0, 16.0  # the ports at a side; from the last of them to the lower edge
Place = tuple[float, float]


def fold_height(doors: Doors) -> float:
    """How high a folded group with so many ports is."""
    most = max(len(doors.inputs), len(doors.outputs), 1)
    return max(LEAST_HIGH, MAIN_PORT + (most - 1) * PORTS_APART + BELOW)


def fold_port(place: int, is_output: bool) -> QPointF:
    """Where a port of a folded group is, from its left top corner."""
    return QPointF(WIDTH if is_output else 0.0, MAIN_PORT + place * PORTS_APART)


def anchor(corners: Iterable[Place]) -> Place:
    """Where a folded group stands whose boxes have these left top corners."""
    return min(corners, key=lambda corner: corner[0])


def bodies(document: Document, ids: Collection[str] | None = None) -> dict[str, QRectF]:
    """The rectangles of boxes and folded groups (by the id of the group), all or some of them."""
    home = hiding(document)
    inside: dict[str, list[Place]] = defaultdict(list)
    found: dict[str, QRectF] = {}
    for node in document.network.nodes:
        if ids is not None and node.id not in ids:
            continue
        unit = home.get(node.id, node.id)
        if unit == node.id:
            found[unit] = body_of(node.kind).translated(node.x, node.y)
        else:
            inside[unit].append((node.x, node.y))
            found[unit] = QRectF()  # in its place among the others
    doors = doors_of(document.network, home) if inside else {}
    for group, corners in inside.items():
        found[group] = QRectF(*anchor(corners), WIDTH, fold_height(doors[group]))
    return found


def places(document: Document, goals: Mapping[str, Place]) -> dict[str, Place]:
    """Where boxes go if boxes and folded groups go to `goals`: what is folded moves together."""
    home = hiding(document)
    inside: dict[str, list[Place]] = defaultdict(list)
    for node in document.network.nodes:
        inside[home.get(node.id, node.id)].append((node.x, node.y))
    found = {}
    for node in document.network.nodes:
        unit = home.get(node.id, node.id)
        if unit in goals:
            x, y = anchor(inside[unit])
            found[node.id] = node.x + goals[unit][0] - x, node.y + goals[unit][1] - y
    return found
