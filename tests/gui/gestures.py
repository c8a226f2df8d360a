"""Gestures of the mouse on the canvas, for all tests that draw networks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.box import MIME
from gui.canvas.view import CanvasView

STEPS = 6
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def on_screen(view: CanvasView, at: QPointF) -> QPoint:
    """A place of the scene as a place in the viewport, where a mouse can reach it."""
    place = view.mapFromScene(at)
    assert view.viewport().rect().contains(place), f"{at} is outside the window: make it larger"
    return place


def port_position(view: CanvasView, node_id: str, port: str) -> QPointF:
    """The middle of a port, in scene coordinates."""
    item = view.canvas.nodes[node_id]
    found = [each for each in item.ports if each.port == port]
    assert found, f"{node_id} has no port {port!r}, but {[each.port for each in item.ports]}"
    return item.port_scene_position(port, found[0].is_output)


def middle(view: CanvasView, node_id: str) -> QPointF:
    """The middle of a box, in scene coordinates."""
    return view.canvas.nodes[node_id].body.center()


def drag(
    view: CanvasView,
    start: QPointF,
    end: QPointF,
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = NONE,
) -> None:
    """Press at one place of the scene, move to another in steps, release there."""
    first, last = on_screen(view, start), on_screen(view, end)
    press(view, first, button, modifiers)
    for step in range(1, STEPS + 1):
        QTest.mouseMove(view.viewport(), first + (last - first) * step / STEPS)
    QTest.mouseRelease(view.viewport(), button, modifiers, last)


def press(
    view: CanvasView,
    place: QPoint,
    button: Qt.MouseButton = LEFT,
    modifiers: Qt.KeyboardModifier = NONE,
) -> None:
    """Press a button at a place in the viewport, and hold it."""
    QTest.mouseMove(view.viewport(), place)
    QTest.mousePress(view.viewport(), button, modifiers, place)


def click(view: CanvasView, at: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Click at a place of the scene."""
    QTest.mouseClick(view.viewport(), LEFT, modifiers, on_screen(view, at))


def connect(view: CanvasView, source: str, port: str, target: str, target_port: str) -> None:
    """Drag from an output port to an input port."""
    drag(view, port_position(view, source, port), port_position(view, target, target_port))


def drop(
    view: CanvasView, kind: str, scene_pos: QPointF, modifiers: Qt.KeyboardModifier = NONE
) -> bool:
    """Drop a layer from the palette at a place of the scene; whether the canvas took it.

    A real drag runs an event loop of its own; here its events are sent one by one.
    """
    data = QMimeData()
    data.setData(MIME, kind.encode())
    place = on_screen(view, scene_pos)
    action, window = Qt.DropAction.CopyAction, view.viewport()
    enter = QDragEnterEvent(place, action, data, LEFT, modifiers)
    QApplication.sendEvent(window, enter)
    moved = QDragMoveEvent(place, action, data, LEFT, modifiers)
    QApplication.sendEvent(window, moved)
    dropped = QDropEvent(QPointF(place), action, data, LEFT, modifiers)
    QApplication.sendEvent(window, dropped)
    return dropped.isAccepted()


def move_mouse(view: CanvasView, place: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Move the mouse with the left button held and keys held too, which QTest cannot."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(view.viewport().mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        LEFT,
        modifiers,
    )
    QApplication.sendEvent(view.viewport(), event)


def hover(view: CanvasView, place: QPoint) -> None:
    """Move the mouse with no button held, whatever was pressed before."""
    none = Qt.MouseButton.NoButton
    at, everywhere = QPointF(place), QPointF(view.viewport().mapToGlobal(place))
    event = QMouseEvent(QEvent.Type.MouseMove, at, everywhere, none, none, NONE)
    QApplication.sendEvent(view.viewport(), event)
