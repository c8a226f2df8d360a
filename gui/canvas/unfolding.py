"""Unfolding a group makes room for its boxes: what stands in their place moves aside."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from engine.spec import edits
from engine.spec.document import Document
from engine.spec.graph import reachable
from engine.spec.groups import boxes_in, fold, hiding
from gui.canvas.frame_item import HEAD, RIM, SIDE, TITLE
from gui.canvas.units import bodies, places

ROOM = 24.0  # scene pixels from the frame to the next box


def unfolded(document: Document, id: str) -> Document:
    """The document with the group open, and nothing else in its frame.

    Boxes to the right of where it stood move, those that read from it and those in its height.
    """
    inside = boxes_in(document, id)
    if hiding(document).get(inside[0]) != id:  # open, or inside another folded group
        return fold(document, id, False)
    left = bodies(document)[id].left()
    document = fold(document, id, False)
    seen, home = bodies(document), hiding(document)
    own = {home.get(box, box) for box in inside}
    frame = QRectF()
    for unit in own:
        frame |= seen[unit]
    frame.adjust(-SIDE, -HEAD - TITLE, SIDE, RIM)
    others = {unit: body for unit, body in seen.items() if unit not in own}
    in_the_way = [b for b in others.values() if b.intersects(frame) and b.left() > left]
    if not in_the_way:
        return document
    first = min(body.left() for body in in_the_way)
    by = frame.right() + ROOM - first
    after = reachable(document.network, inside)
    led = {home.get(box, box) for box in after}
    goals = {
        unit: (body.left() + by, body.top())
        for unit, body in others.items()
        if body.left() >= first and (unit in led or _level(body, frame))
    }
    return edits.move_nodes(document, places(document, goals))


def _level(body: QRectF, frame: QRectF) -> bool:
    return body.top() < frame.bottom() and body.bottom() > frame.top()
