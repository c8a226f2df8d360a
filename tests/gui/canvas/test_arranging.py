"""Arranging drawings with groups, to the right and from the top down, and the movement there."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.layers.repeating import repeated
from engine.spec import edits, groups
from engine.spec.document import Document
from gui.canvas import gliding
from gui.canvas.arranging import arranged_places
from gui.canvas.frame_item import HEAD, RIM, SIDE, TITLE
from gui.canvas.layout import arranged
from gui.canvas.unfolding import unfolded
from gui.canvas.units import bodies
from gui.canvas.view import CanvasView
from tests.engine.layers.test_repeating import residual
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.grouped import GROUP, INSIDE, grouped
from tests.gui.canvas.validity import assert_in_step
from tests.gui.networks import CHAIN, chain


def shuffled(document: Document, seed: int = 1) -> Document:
    random = Random(seed)
    nodes = document.network.nodes
    places = {n.id: (float(random.randrange(900)), float(random.randrange(900))) for n in nodes}
    return edits.move_nodes(document, places)


def arranged_document(document: Document, is_down: bool = False) -> Document:
    return edits.move_nodes(document, arranged_places(document, is_down))


def frame_of(document: Document, id: str) -> QRectF:
    area, found = QRectF(), bodies(document)
    home = groups.hiding(document)
    for box in groups.boxes_in(document, id):
        area |= found[home.get(box, box)]
    return area.adjusted(-SIDE, -HEAD - TITLE, SIDE, RIM)


def blocks() -> Document:
    """Three residual blocks in a row, the second in a larger group with the third."""
    document = groups.group(residual(), ("dense_2", "add_1"), GROUP, "Block")
    document = repeated(document, GROUP, 3)
    ids = [g.id for g in document.groups[1:]]
    both = [box for id in ids for box in groups.boxes_in(document, id)]
    return groups.group(document, both, "group:9", "Both")


def test_without_groups_all_is_as_it_was() -> None:
    document = shuffled(chain())
    assert arranged_places(document) == arranged(document.network)
    assert arranged_places(Document()) == {}


@pytest.mark.parametrize("is_down", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_frames_hold_their_boxes_alone_and_boxes_never_overlap(is_down: bool, seed: int) -> None:
    document = arranged_document(shuffled(blocks(), seed), is_down)
    found = bodies(document)
    assert not any(a.intersects(b) for a, b in combinations(found.values(), 2))
    for group in document.groups:
        area, inside = frame_of(document, group.id), groups.boxes_in(document, group.id)
        assert {id for id, body in found.items() if body.intersects(area)} == set(inside)
    assert arranged_document(document, is_down) == document


def test_a_folded_group_is_one_box() -> None:
    document = arranged_document(shuffled(grouped(is_folded=True)))
    found = bodies(document)
    lefts = [found[id].left() for id in ("data_1", GROUP, "flatten_1", "dense_1")]
    assert {b - a for a, b in pairwise(lefts)} == {192.0}
    assert len({body.top() for body in found.values()}) == 1
    inner = [document.network.node(id) for id in INSIDE]
    before = [shuffled(grouped()).network.node(id) for id in INSIDE]
    assert inner[1].x - inner[0].x == pytest.approx(before[1].x - before[0].x)


def test_from_the_top_down_a_chain_is_one_column() -> None:
    found = bodies(arranged_document(shuffled(chain()), is_down=True))
    assert len({body.left() for body in found.values()}) == 1
    assert all(a.bottom() < b.top() for a, b in pairwise(found.values()))
    long = bodies(arranged_document(chain((*CHAIN[:-2], *("dense",) * 8, CHAIN[-1])), True))
    assert len({body.left() for body in long.values()}) == 2  # and a long one two


def test_branches_keep_the_students_order() -> None:
    document = residual()
    before = edits.move_nodes(document, {"add_1": (0.0, 500.0)})
    assert list(arranged_places(before)) == [n.id for n in before.network.nodes]


def test_unfolded_after_arranging_nothing_overlaps_to_the_right() -> None:
    document = arranged_document(grouped(is_folded=True))
    opened = unfolded(document, GROUP)
    area, found = frame_of(opened, GROUP), bodies(opened)
    assert {id for id, body in found.items() if body.intersects(area)} == set(INSIDE)


# moving there


@pytest.fixture
def moving(show: Show) -> CanvasView:
    view = show(shuffled(chain()))
    view.glide.milliseconds = 200
    return view


def positions(view: CanvasView) -> dict[str, QPointF]:
    return {id: item.pos() for id, item in view.canvas.nodes.items()}


def test_in_tests_and_where_the_system_asks_for_it_nothing_glides(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert show(chain()).glide.milliseconds == 0
    monkeypatch.setattr(gliding, "STILL", ())
    assert gliding.motion() == gliding.MILLISECONDS
    monkeypatch.setattr(gliding, "_system_moves", lambda: False)
    assert gliding.motion() == 0


def test_boxes_glide_while_the_document_is_already_arranged(moving: CanvasView) -> None:
    before = positions(moving)
    moving.arrange()
    assert moving.glide.is_moving
    moving.glide.animation.setCurrentTime(100)
    half = positions(moving)
    moving.glide.animation.setCurrentTime(200)
    assert not moving.glide.is_moving
    after = positions(moving)
    places = {n.id: QPointF(n.x, n.y) for n in moving.store.document.network.nodes}
    assert after == places and half not in (before, after)
    assert_in_step(moving)


def turned(view: CanvasView) -> QWheelEvent:
    at = QPointF(50.0, 50.0)
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    there = QPointF(view.viewport().mapToGlobal(at.toPoint()))
    held = Qt.KeyboardModifier.NoModifier
    return QWheelEvent(at, there, QPoint(), QPoint(0, 120), none, held, phase, False)


@pytest.mark.parametrize("act", ["press", "key", "wheel", "undo"])
def test_whatever_a_person_does_ends_the_movement(moving: CanvasView, act: str) -> None:
    moving.arrange(is_down=True)
    assert moving.glide.is_moving
    match act:
        case "press":
            QTest.mousePress(moving.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        case "key":
            QTest.keyClick(moving, Qt.Key.Key_Escape)
        case "wheel":
            QApplication.sendEvent(moving.viewport(), turned(moving))
        case "undo":
            moving.store.undo_stack.undo()
    assert not moving.glide.is_moving
    places = {n.id: QPointF(n.x, n.y) for n in moving.store.document.network.nodes}
    assert positions(moving) == places
    moving.cancel_gesture()
    assert_in_step(moving)
