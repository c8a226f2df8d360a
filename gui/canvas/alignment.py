"""Lining up several boxes, and giving them equal gaps. A folded group is one box."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QRectF

from engine.spec import edits
from engine.spec.document import Document
from gui.canvas.units import Place, bodies, places

# where a box goes to lie on a line of the rectangle around all: (whole, box) → (left, top)
SIDES: dict[str, Callable[[QRectF, QRectF], Place]] = {
    "align_left": lambda whole, box: (whole.left(), box.top()),
    "align_centre": lambda whole, box: (whole.center().x() - box.width() / 2, box.top()),
    "align_right": lambda whole, box: (whole.right() - box.width(), box.top()),
    "align_top": lambda whole, box: (box.left(), whole.top()),
    "align_middle": lambda whole, box: (box.left(), whole.center().y() - box.height() / 2),
    "align_bottom": lambda whole, box: (box.left(), whole.bottom() - box.height()),
}
DISTRIBUTE = {"distribute_across": False, "distribute_down": True}
LEAST = {**dict.fromkeys(SIDES, 2), **dict.fromkeys(DISTRIBUTE, 3)}  # boxes that it takes


def lined_up(document: Document, ids: Collection[str], way: str) -> Document:
    """Boxes lined up or with equal gaps: a name from `LEAST`."""
    if way in DISTRIBUTE:
        return distributed(document, ids, DISTRIBUTE[way])
    return aligned(document, ids, way)


def aligned(document: Document, ids: Collection[str], side: str) -> Document:
    """Put boxes onto one line of the rectangle around them: a name from `SIDES`."""
    boxes = bodies(document, ids)
    whole = QRectF()
    for body in boxes.values():
        whole |= body
    goals = {id: SIDES[side](whole, body) for id, body in boxes.items()}
    return edits.move_nodes(document, places(document, goals))


def distributed(document: Document, ids: Collection[str], down: bool) -> Document:
    """Make the gaps between boxes equal, from left to right or `down`; the outer two stay.

    If there is no room for gaps, the boxes overlap by the same amount.
    """
    boxes = bodies(document, ids)
    if len(boxes) < 3:
        return document

    def low(body: QRectF) -> float:
        return body.top() if down else body.left()

    def size(body: QRectF) -> float:
        return body.height() if down else body.width()

    row = sorted(boxes, key=lambda id: low(boxes[id]) + size(boxes[id]) / 2)
    first, last = boxes[row[0]], boxes[row[-1]]
    taken = sum(size(boxes[id]) for id in row)
    gap = (low(last) + size(last) - low(first) - taken) / (len(row) - 1)
    goals: dict[str, Place] = {}
    at = low(first)
    for id in row:
        body = boxes[id]
        goals[id] = (body.left(), at) if down else (at, body.top())
        at += size(body) + gap
    goals[row[-1]] = last.left(), last.top()  # not even a rounding away
    return edits.move_nodes(document, places(document, goals))
