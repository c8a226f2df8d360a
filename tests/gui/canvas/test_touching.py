"""Fingers on the canvas: all that a mouse does, and two fingers that pan and zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from engine.spec.document import Document, Edge
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import middle, on_screen, port_position
from tests.gui.networks import chain

SCREEN = QTest.createTouchDevice()
PAD = QTest.createTouchDevice(QInputDevice.DeviceType.TouchPad)


def press(view: CanvasView, at: QPoint, device: QPointingDevice = SCREEN) -> None:
    QTest.touchEvent(view.viewport(), device).press(0, at).commit()


def move(view: CanvasView, at: QPoint) -> None:
    QTest.touchEvent(view.viewport(), SCREEN).move(0, at).commit()


def release(view: CanvasView, at: QPoint) -> None:
    QTest.touchEvent(view.viewport(), SCREEN).release(0, at).commit()


def tap(view: CanvasView, at: QPoint) -> None:
    press(view, at)
    release(view, at)


def drag(view: CanvasView, start: QPoint, end: QPoint) -> None:
    press(view, start)
    for step in range(1, 6):
        move(view, start + (end - start) * step / 5)
    release(view, end)


@pytest.fixture
def drawn(show: Show) -> CanvasView:
    """A chain of boxes at scale 1."""
    view = show(chain())
    view.zoom_actual()
    return view


def at(view: CanvasView, id: str) -> QPoint:
    return on_screen(view, middle(view, id))


def test_a_tap_selects_and_a_tap_on_the_paper_selects_nothing(drawn: CanvasView) -> None:
    tap(drawn, at(drawn, "conv2d_1"))
    assert drawn.store.selection == ("conv2d_1",)
    tap(drawn, QPoint(20, 650))
    assert not drawn.store.selection
    assert drawn.gesture is None


def test_a_box_is_dragged_by_a_finger_and_a_slip_is_no_drag(drawn: CanvasView) -> None:
    before = middle(drawn, "conv2d_1")
    start = at(drawn, "conv2d_1")
    drag(drawn, start, start + QPoint(5, 3))
    assert middle(drawn, "conv2d_1") == before
    drag(drawn, start, start + QPoint(64, 120))
    assert (middle(drawn, "conv2d_1") - before - QPointF(64, 120)).manhattanLength() <= 24
    assert drawn.store.undo_stack.count() == 1


def test_an_edge_is_drawn_by_a_finger_that_meets_the_ports_only_nearly(drawn: CanvasView) -> None:
    network = drawn.store.document.network
    edge = next(e for e in network.edges if e.source == "conv2d_1" and e.target_port == "x")
    drawn.select_edge(edge)
    drawn.delete_selected()
    assert edge not in drawn.store.document.network.edges
    beside = round(drawn.touching.reach) - 3
    start = on_screen(drawn, port_position(drawn, edge.source, edge.source_port))
    end = on_screen(drawn, port_position(drawn, edge.target, edge.target_port))
    assert drawn.target_at(start + QPoint(0, beside)) is None or beside < 12
    drag(drawn, start + QPoint(0, beside), end - QPoint(0, beside))
    assert edge in drawn.store.document.network.edges


def test_the_reach_of_a_finger_is_nine_millimetres_across(drawn: CanvasView) -> None:
    per_mm = drawn.screen().physicalDotsPerInch() / 25.4
    assert 2 * drawn.touching.reach >= min(9 * per_mm, 9 * 200 / 25.4) - 0.01


def test_a_rubber_band_is_drawn_by_a_finger(drawn: CanvasView) -> None:
    boxes = drawn.canvas.bounds()
    corners = [drawn.mapFromScene(p) for p in (boxes.topLeft(), boxes.bottomRight())]
    inside = drawn.viewport().rect().adjusted(2, 2, -2, -2)
    start, end = QPoint(inside.left(), corners[0].y() - 30), QPoint(inside.right(), corners[1].y())
    drag(drawn, start, end + QPoint(0, 20))
    assert len(drawn.store.selection) > 1


def test_a_double_tap_leads_to_the_options_of_a_box(drawn: CanvasView) -> None:
    asked: list[bool] = []
    drawn.options_wanted.connect(lambda: asked.append(True))
    tap(drawn, at(drawn, "conv2d_1"))
    assert not asked
    tap(drawn, at(drawn, "conv2d_1"))
    assert asked and drawn.store.selection == ("conv2d_1",)


def test_a_long_press_opens_the_menu_of_what_is_below(drawn: CanvasView) -> None:
    place = at(drawn, "conv2d_1")
    press(drawn, place)
    assert drawn.touching.hold.isActive()
    drawn.touching.hold.timeout.emit()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and drawn.store.selection == ("conv2d_1",)
    menu.close()
    before = middle(drawn, "conv2d_1")
    release(drawn, place + QPoint(90, 0))
    assert middle(drawn, "conv2d_1") == before and drawn.gesture is None


def test_a_finger_that_moves_is_no_long_press(drawn: CanvasView) -> None:
    place = at(drawn, "conv2d_1")
    press(drawn, place)
    move(drawn, place + QPoint(30, 0))
    assert not drawn.touching.hold.isActive()
    release(drawn, place)


def two(view: CanvasView, state: str, first: QPoint, second: QPoint) -> None:
    sequence = QTest.touchEvent(view.viewport(), SCREEN)
    for id, place in ((0, first), (1, second)):
        getattr(sequence, state)(id, place)
    sequence.commit()


def test_two_fingers_zoom_around_their_middle_and_pan(drawn: CanvasView) -> None:
    left, right, by = QPoint(500, 300), QPoint(700, 300), QPoint(0, 60)
    below = drawn.mapToScene(QPoint(600, 300))
    scale = drawn.camera.scale
    two(drawn, "press", left, right)
    two(drawn, "move", left - QPoint(100, 0), right + QPoint(100, 0))
    assert drawn.camera.scale == pytest.approx(2 * scale)
    two(drawn, "move", left - QPoint(100, 0) + by, right + QPoint(100, 0) + by)
    assert drawn.camera.scale == pytest.approx(2 * scale)
    assert (drawn.mapFromScene(below) - QPoint(600, 360)).manhattanLength() <= 6
    two(drawn, "release", left + by, right + by)
    assert drawn.store.undo_stack.count() == 0 and drawn.gesture is None


def test_a_second_finger_ends_what_the_first_began(drawn: CanvasView) -> None:
    place, before = at(drawn, "conv2d_1"), middle(drawn, "conv2d_1")
    press(drawn, place)
    move(drawn, place + QPoint(60, 60))
    sequence = QTest.touchEvent(drawn.viewport(), SCREEN)
    sequence.stationary(0).press(1, QPoint(200, 600)).commit()
    two(drawn, "release", place, QPoint(200, 600))
    assert middle(drawn, "conv2d_1") == before
    tap(drawn, place)
    assert drawn.store.selection == ("conv2d_1",)


def test_fingers_on_a_touch_pad_are_left_to_wheel_and_native_gestures(drawn: CanvasView) -> None:
    event = QTouchEvent(QEvent.Type.TouchBegin, PAD, Qt.KeyboardModifier.NoModifier, [])
    assert not drawn.touching.follow(event)
    assert not event.isAccepted()


def test_what_a_system_cancels_changes_nothing(drawn: CanvasView) -> None:
    before = middle(drawn, "conv2d_1")
    place = at(drawn, "conv2d_1")
    press(drawn, place)
    move(drawn, place + QPoint(80, 0))
    cancelled = QTouchEvent(QEvent.Type.TouchCancel, SCREEN, Qt.KeyboardModifier.NoModifier, [])
    drawn.touching.follow(cancelled)
    assert middle(drawn, "conv2d_1") == before and drawn.gesture is None


def test_an_empty_canvas_is_touched_without_harm(show: Show) -> None:
    view = show(Document())
    tap(view, QPoint(400, 300))
    drag(view, QPoint(400, 300), QPoint(500, 400))
    assert view.store.document == Document()
    assert not any(isinstance(edge, Edge) for edge in view.store.document.network.edges)


def native(view: CanvasView, kind: Qt.NativeGestureType, value: float, at: QPoint) -> None:
    """A gesture that a touch pad has already recognised."""
    place, there = QPointF(at), QPointF(view.viewport().mapToGlobal(at))
    event = QNativeGestureEvent(kind, PAD, 2, place, place, there, value, QPointF())
    QApplication.sendEvent(view.viewport(), event)


def test_a_pinch_on_a_touch_pad_zooms_around_the_pointer(drawn: CanvasView) -> None:
    at, scale = QPoint(400, 250), drawn.camera.scale
    below = drawn.mapToScene(at)
    for _ in range(30):
        native(drawn, Qt.NativeGestureType.ZoomNativeGesture, 0.01, at)
    assert drawn.camera.scale == pytest.approx(scale * 1.01**30)
    assert (drawn.mapFromScene(below) - at).manhattanLength() <= 8


def test_two_taps_with_two_fingers_on_a_touch_pad_go_near_and_back(drawn: CanvasView) -> None:
    drawn.fit()
    scale = drawn.camera.scale
    native(drawn, Qt.NativeGestureType.SmartZoomNativeGesture, 0.0, QPoint(400, 250))
    assert drawn.camera.scale == pytest.approx(2 * scale)
    native(drawn, Qt.NativeGestureType.SmartZoomNativeGesture, 0.0, QPoint(400, 250))
    assert drawn.camera.scale == pytest.approx(scale)
