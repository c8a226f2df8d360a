"""Fingers on the canvas: tap, drag, double tap, long press, and two fingers that pan and zoom.

One finger does what the left button of a mouse does, with a larger reach for ports. A touch pad is
no touch screen: its fingers come as wheel and native gestures.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QEventPoint, QGuiApplication, QInputDevice, QTouchEvent

from gui.box import PortRef
from gui.canvas.gestures import Pointer

if TYPE_CHECKING:
    from gui.canvas.surface import Surface

REACH_MM = 4.5  # of a finger around a port: an area of 9 mm
INCH_MM = 25.4
DENSITIES = 72.0, 200.0  # dots per inch that are believed; projectors claim anything
SLIP = 10  # pixels that a finger moves without meaning it
NEAR = 36  # pixels between the taps of a double tap
FURTHEST = 44.0  # scene pixels of reach at most, so that the middle of a box stays free
LEAST_SPREAD = 8.0  # pixels between two fingers that can be told apart


class Touching(QObject):
    """Turns touches of one view into gestures of the same kind as the mouse's."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self.view = view
        self._start: QPoint | None = None  # where the one finger was put down
        self._is_drag = self._is_second = False
        self._pair: tuple[QPoint, float] | None = None  # middle and spread of two fingers
        self._tap: tuple[QPoint, int] | None = None  # the last one, and when it was
        self.hold = QTimer(self)
        self.hold.setSingleShot(True)
        self.hold.setInterval(QGuiApplication.styleHints().mousePressAndHoldInterval())
        self.hold.timeout.connect(self._held)
        view.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)

    @property
    def reach(self) -> float:
        """How far a finger reaches, in pixels of the screen."""
        low, high = DENSITIES
        return REACH_MM / INCH_MM * min(max(self.view.screen().physicalDotsPerInch(), low), high)

    def follow(self, event: QTouchEvent) -> bool:
        """Take a touch event; whether it was one of a touch screen, for the canvas."""
        is_pad = event.device().type() == QInputDevice.DeviceType.TouchPad
        points = event.points()
        is_new = event.type() == QTouchEvent.Type.TouchBegin
        if is_pad or (is_new and self._is_elsewhere(points)):
            event.ignore()
            return False
        event.accept()
        down = [p for p in points if p.state() != QEventPoint.State.Released]
        if event.type() == QTouchEvent.Type.TouchCancel:
            self._give_up()
        elif len(down) >= 2:
            self._two(down[0].position(), down[1].position())
        elif self._pair is not None:  # one of two was lifted: it does not become a press
            self._pair = self._pair if down else None
        elif points:
            self._one(points[0], event.timestamp())
        return True

    def _is_elsewhere(self, points: list[QEventPoint]) -> bool:
        """Whether the finger is on something that lies over the canvas."""
        viewport = self.view.viewport()
        return any(viewport.childAt(point.position().toPoint()) for point in points)

    # one finger

    def _pointer(self, place: QPoint) -> Pointer:
        reach = min(self.reach / self.view.camera.scale, FURTHEST)
        return Pointer(self.view.mapToScene(place), place, reach=reach)

    def _one(self, point: QEventPoint, time: int) -> None:
        place = point.position().toPoint()
        match point.state():
            case QEventPoint.State.Pressed:
                self._press(place, time)
            case QEventPoint.State.Released:
                self._release(place, time)
            case _:
                self._move(place)

    def _press(self, place: QPoint, time: int) -> None:
        self._start, self._is_drag = place, False
        self._is_second = self._tap is not None and self._follows(*self._tap, place, time)
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)
        self.view.hush()
        self.hold.start()
        if self.view.gesture is None:
            at = self._pointer(place)
            self.view.press(at, self.view.target_at(place, at.reach))

    def _follows(self, tap: QPoint, then: int, place: QPoint, time: int) -> bool:
        """Whether a touch is the second of a double tap."""
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        return time - then <= interval and (place - tap).manhattanLength() <= NEAR

    def _move(self, place: QPoint) -> None:
        if self._start is None:
            return
        self._is_drag = self._is_drag or (place - self._start).manhattanLength() > SLIP
        if self._is_drag:
            self.hold.stop()
            if self.view.gesture is not None:
                self.view.gesture.move(self._pointer(place))

    def _release(self, place: QPoint, time: int) -> None:
        self.hold.stop()
        if self._start is None:
            return
        start, self._start = self._start, None
        gesture, self.view.gesture = self.view.gesture, None
        at = self._pointer(place if self._is_drag else start)
        if gesture is not None:
            gesture.move(at)
            gesture.finish(at)
        if self._is_second and not self._is_drag:
            self._edit(start, at.reach)
        is_tap = not self._is_drag and not self._is_second
        self._tap = (start, time) if is_tap else None

    def _edit(self, place: QPoint, reach: float) -> None:
        """A double tap: write, rename, fold, or go to the options of a box."""
        target = self.view.target_at(place)
        target = target if target is not None else self.view.target_at(place, reach)
        if not self.view.open_target(target):
            box = target.node if isinstance(target, PortRef) else target
            if isinstance(box, str):
                self.view.store.select((box,))
                self.view.edit_options()

    def _held(self) -> None:
        """A long press: the menu of what is below the finger."""
        place, self._start = self._start, None
        self._tap = None
        self.view.cancel_gesture()
        if place is not None:
            there = self.view.viewport().mapToGlobal(place)
            reason = QContextMenuEvent.Reason.Mouse
            self.view.contextMenuEvent(QContextMenuEvent(reason, place, there))

    def _give_up(self) -> None:
        self.hold.stop()
        self._start = self._pair = self._tap = None
        self.view.cancel_gesture()

    # two fingers

    def _two(self, first: QPointF, second: QPointF) -> None:
        """Zoom by how far the fingers are apart, around their middle, and pan with it."""
        middle = ((first + second) / 2).toPoint()
        apart = first - second
        spread = max(hypot(apart.x(), apart.y()), LEAST_SPREAD)
        if self._pair is None:
            self._give_up()
        else:
            before, old = self._pair
            self.view.camera.pan(middle - before)
            self.view.camera.zoom(spread / old, middle)
        self._pair = middle, spread
