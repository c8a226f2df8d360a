"""Boxes being dragged jump to lines of their neighbours, to equal gaps and to the grid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from engine.spec import edits
from engine.spec.document import Document, Node
from gui.box import body_of
from gui.canvas.guides import Guides
from gui.canvas.neighbours import Neighbours
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import drag, middle, move_mouse, on_screen, press

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def boxes(*places: tuple[float, float]) -> Document:
    document = Document()
    for number, (x, y) in enumerate(places, 1):
        document = edits.add_node(document, Node(f"dense_{number}", "dense", x=x, y=y))
    return document


def place(view: CanvasView, id: str) -> tuple[float, float]:
    node = view.store.document.network.node(id)
    return node.x, node.y


def guides(view: CanvasView) -> Guides | None:
    return next((item for item in view.scene().items() if isinstance(item, Guides)), None)


def hold(view: CanvasView, id: str, way: QPointF) -> None:
    """Press on a box and move it, without letting go."""
    start = middle(view, id)
    press(view, on_screen(view, start))
    QTest.mouseMove(view.viewport(), on_screen(view, start + way / 2))
    QTest.mouseMove(view.viewport(), on_screen(view, start + way))


def test_a_box_jumps_to_the_edge_of_another_that_is_off_the_grid(show: Show) -> None:
    view = show(boxes((3, 5), (400, 200)))
    start = middle(view, "dense_2")
    drag(view, start, start + QPointF(-393, 40))
    assert place(view, "dense_2")[0] == 3
    assert view.store.undo_stack.undoText() == "Move"
    assert guides(view) is None


def test_lines_and_equal_gaps_are_shown_while_moving(show: Show) -> None:
    view = show(boxes((0, 0), (200, 0), (450, 120)))
    high, start = body_of("dense").height(), middle(view, "dense_3")
    hold(view, "dense_3", QPointF(-47, -118))
    shown = guides(view)
    assert shown is not None
    assert {line.y1() for line in shown.lines if line.y1() == line.y2()} == {0.0, high}
    assert sorted((gap.x1(), gap.x2()) for gap in shown.gaps) == [(150.0, 200.0), (350.0, 400.0)]
    assert not view.grab().isNull()
    end = on_screen(view, start + QPointF(-47, -118))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert place(view, "dense_3") == (400, 0)
    assert guides(view) is None


@pytest.mark.parametrize("modifier", [ALT, CONTROL])
def test_alt_and_ctrl_hold_the_lines_and_the_grid_off(
    show: Show, modifier: Qt.KeyboardModifier
) -> None:
    view = show(boxes((0, 0), (400, 200)))
    start = middle(view, "dense_2")
    hold(view, "dense_2", QPointF(-397, 43))
    shown = guides(view)
    assert shown is not None and shown.lines
    last = on_screen(view, start + QPointF(-397, 43))
    move_mouse(view, last, modifier)
    assert not shown.lines
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, modifier, last)
    x, y = place(view, "dense_2")
    assert abs(x - 3) <= 1 and abs(y - 243) <= 1
    assert x % 8 or y % 8


def test_without_the_grid_a_box_goes_where_it_is_put(show: Show) -> None:
    view = show(boxes((0, 0), (400, 200)))
    view.switch("grid")
    start = middle(view, "dense_2")
    drag(view, start, start + QPointF(33, 51))
    x, y = place(view, "dense_2")
    assert abs(x - 433) <= 1 and abs(y - 251) <= 1 and (x % 8 or y % 8)
    assert (x, y) == (round(x), round(y))


def test_boxes_moved_together_jump_as_one(show: Show) -> None:
    view = show(boxes((5, 0), (400, 296), (600, 336)))
    view.store.select(("dense_2", "dense_3"))
    start = middle(view, "dense_3")
    drag(view, start, start + QPointF(-392, 0))
    assert place(view, "dense_2") == (5, 296) and place(view, "dense_3") == (205, 336)


def test_escape_takes_the_lines_away(show: Show) -> None:
    view = show(boxes((0, 0), (400, 200)))
    hold(view, "dense_2", QPointF(-399, 40))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert guides(view) is None
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.store.document == boxes((0, 0), (400, 200))


def test_boxes_out_of_sight_draw_nothing_to_themselves(show: Show) -> None:
    view = show(boxes((0, 0), (400, 200), (90_003, 90_005)))
    view.camera.fit(view.canvas.bounds(("dense_1", "dense_2")))
    hold(view, "dense_2", QPointF(40, 40))
    view.camera.centre_on(QPointF(0, 0))
    shown = guides(view)
    assert shown is not None and all(abs(line.x2()) < 5000 for line in shown.lines)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)


def test_the_nearest_line_wins() -> None:
    around = Neighbours([QRectF(0, 0, 150, 64), QRectF(4, 300, 150, 64)])
    assert around.snap(QRectF(3, 900, 150, 64), 6.0) == (1.0, None)
    assert around.snap(QRectF(1, 900, 150, 64), 6.0) == (-1.0, None)
    assert around.snap(QRectF(2000, 2, 150, 100), 6.0) == (None, -2.0)  # the top of a taller box
    assert around.snap(QRectF(2000, 150, 150, 64), 6.0) == (None, None)


def test_a_box_goes_into_the_middle_between_two() -> None:
    around = Neighbours([QRectF(0, 0, 150, 64), QRectF(501, 0, 150, 64)])
    x, _ = around.snap(QRectF(247, 30, 150, 64), 6.0)
    assert x == pytest.approx(3.5)
    lines, gaps = around.guides(QRectF(250.5, 0, 150, 64))
    assert [(line.y1(), line.y2()) for line in lines] == [(0.0, 0.0), (64.0, 64.0)]
    assert [(gap.x1(), gap.x2()) for gap in gaps] == [(150.0, 250.5), (400.5, 501.0)]
    assert around.guides(QRectF(270, 0, 150, 64))[1] == ()
