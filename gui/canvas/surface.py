"""The surface that mouse, wheel and touch pad meet: it turns their events into gestures."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QInputDevice,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QToolTip, QWidget

from engine.spec.document import Edge
from gui.box import PortRef
from gui.canvas.camera import STEP, Camera
from gui.canvas.dragged import Drop, drop_for
from gui.canvas.frame_item import HANDLE, NAME, SWITCH, GroupRef
from gui.canvas.gestures import ADDING, FREE, Connect, Gesture, Pan, Pointer, RubberBand
from gui.canvas.gliding import ENDING, Glide
from gui.canvas.group_button import Press
from gui.canvas.habits import Habits
from gui.canvas.moving import MoveBoxes
from gui.canvas.node_item import NEAR
from gui.canvas.note_arrow import ArrowRef
from gui.canvas.note_item import NoteRef
from gui.canvas.note_moving import MoveNotes
from gui.canvas.paper import Message
from gui.canvas.pointing import Pointing
from gui.canvas.scene import OUTSIDE, CanvasScene, Target
from gui.canvas.touching import Touching
from gui.store import DocumentStore
from gui.words import tr

SMART_ZOOM = 2.0  # of a double tap with two fingers


class Surface(QGraphicsView):
    """A view of `store.document` on which a person draws. At most one gesture at a time."""

    def __init__(
        self, store: DocumentStore, habits: Habits | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.habits = habits or Habits()
        self.canvas = CanvasScene(store, self.habits, self)
        self.setScene(self.canvas)
        self.camera = Camera(self)
        self.glide = Glide(self)
        self.gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton  # the one that the gesture began with
        self.space_is_held = self.space_has_panned = False
        self._drop: Drop | None = None
        self.is_dropping = False  # the edit that goes on is a drop
        self._message = Message(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.touching = Touching(self)

    # messages near the pointer

    def say(self, text: str, at: QPoint, tone: str = "warning") -> None:
        """Show a sentence near a place in the viewport until `hush` or `let_fade`."""
        self._message.say(text, at, tone)

    def hush(self) -> None:
        """Take the sentence away."""
        self._message.hide()

    def let_fade(self) -> None:
        """Take the sentence away in a moment."""
        self._message.let_fade()

    # gestures of the mouse

    def end_dropped(self, port: PortRef, place: QPointF) -> None:
        """The loose end of a new edge was dropped on the empty paper."""

    def begin(self, gesture: Gesture) -> None:
        """Let `gesture` have the mouse until it ends."""
        self.canvas.hover(None)
        self.store.consider(None)  # a gesture is about the drawing as it is
        self.gesture = gesture

    def cancel_gesture(self) -> bool:
        """Undo what the present gesture shows; whether there was one."""
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def _pointer(self, event: QMouseEvent) -> Pointer:
        place = event.position().toPoint()
        held = event.modifiers()
        joins = bool(held & Qt.KeyboardModifier.ShiftModifier)
        return Pointer(self.mapToScene(place), place, bool(held & ADDING), bool(held & FREE), joins)

    def target_at(self, place: QPoint, reach: float = 0.0) -> Target:
        """What is at a place in the viewport; `reach` of a finger for ports, in scene pixels."""
        reach = max(min(max(OUTSIDE, OUTSIDE / self.camera.scale), 20.0), reach)
        return self.canvas.target_at(self.mapToScene(place), reach)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.gesture is not None:
            return
        self.hush()
        self._button = event.button()
        at = self._pointer(event)
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (event.button() == Qt.MouseButton.LeftButton and self.space_is_held):
            self.space_has_panned = True
            self.begin(Pan(self, at))
        elif event.button() == Qt.MouseButton.LeftButton:
            if step := self._step_at(at.screen):
                self.canvas.stepped.emit(step)
            else:
                self.press(at, self.target_at(at.screen))

    def _step_at(self, place: QPoint) -> int:
        """Whether an arrow to another sample is there, large enough to be met: -1 or 1."""
        return self.canvas.step_at(self.mapToScene(place)) if self.camera.scale >= NEAR else 0

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        target = self.target_at(event.position().toPoint())
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not is_left or self.gesture is not None or not self.open_target(target):
            self.mousePressEvent(event)  # two quick presses are two presses

    def open_target(self, target: Target) -> bool:
        """What a double click means: write in a comment, rename or fold a group; whether it did."""
        match target:
            case NoteRef():
                self.edit_note(target.id)
            case GroupRef() if target.part == NAME:
                self.rename_group(target.id)
            case GroupRef() if target.part == HANDLE:
                self.fold_group(target.id)
            case str() if target in self.canvas.grouped.home:
                self.fold_group(self.canvas.grouped.home[target])
            case _:
                return False
        return True

    def edit_options(self) -> None:
        """Lead to the options of the selected boxes."""

    def edit_note(self, id: str) -> None:
        """Let a person write in a comment."""

    def rename_group(self, id: str = "") -> None:
        """Let a person write the name of a group."""

    def fold_group(self, id: str = "") -> None:
        """Fold a group, or unfold it."""

    def press(self, at: Pointer, target: Target) -> None:
        """Begin the gesture that a press on a target means."""
        match target:
            case PortRef():
                self.begin(self._connect(at, target))
            case str():
                self.begin(MoveBoxes(self, at, target))
            case Edge():
                self.select_edge(target, at.adding)
            case NoteRef():
                self.begin(MoveNotes(self, at, target.id))
            case ArrowRef():
                self.begin(Pointing(self, at, target))
            case GroupRef() if target.part == SWITCH:
                self.begin(Press(self, at, target))
            case GroupRef():
                boxes = self.canvas.grouped.boxes[target.id]
                self.begin(MoveBoxes(self, at, boxes[0], boxes))
            case None:
                self.begin(RubberBand(self, at))

    def _connect(self, at: Pointer, port: PortRef) -> Connect:
        """Draw from a port; from an input that is joined, take the end of its edge off."""
        edges = () if port.is_output else self.store.document.network.into(port.node, port.port)
        if not edges:
            return Connect(self, at, port)
        moved = next((e for e in edges if e in self.canvas.selected_edges), edges[-1])
        return Connect(self, at, PortRef(moved.source, moved.source_port, True), moved)

    def select_edge(self, edge: Edge, adding: bool = False) -> None:
        """Select an edge; with `adding`, beside what is selected, or no longer."""
        if adding:
            self.canvas.select_edges(self.canvas.selected_edges ^ {edge})
        else:
            self.store.select(())
            self.canvas.select_notes(())
            self.canvas.select_edges((edge,))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._pointer(event)
        if self.gesture is not None:
            self.gesture.move(at)
        else:
            target = self.target_at(at.screen)
            self.canvas.hover(target)
            self._show_cursor(target)
            if not self.space_is_held and self._step_at(at.screen):
                self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    def _show_cursor(self, target: Target) -> None:
        if self.space_is_held:
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif isinstance(target, PortRef | ArrowRef):
            self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        elif isinstance(target, GroupRef) and target.part == SWITCH:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != self._button:
            return
        gesture, self.gesture = self.gesture, None
        if gesture is not None:
            at = self._pointer(event)
            gesture.move(at)
            gesture.finish(at)

    def leaveEvent(self, event: QEvent) -> None:
        self.canvas.hover(None)
        super().leaveEvent(event)

    def hold_space(self, held: bool) -> None:
        """While Space is held, the left button pans."""
        self.space_is_held = held
        if held:
            self.space_has_panned = False
        if self.gesture is None:
            self._show_cursor(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hold_space(False)
        super().focusOutEvent(event)

    # wheel, touch pad, hovering

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms; two fingers on a touch pad pan, and with Ctrl zoom."""
        touch_pad = event.phase() != Qt.ScrollPhase.NoScrollPhase or (
            event.device().type() == QInputDevice.DeviceType.TouchPad
        )
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if touch_pad and not event.pixelDelta().isNull() and not control:
            self.camera.pan(event.pixelDelta())
        else:
            notches = event.angleDelta().y() / 120.0
            self.camera.zoom(STEP**notches, event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in ENDING:
            self.glide.stop()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            tip = self.canvas.tip(self.target_at(event.pos()))
            if self._step_at(event.pos()):
                tip = tr("flow.step.tip")
            QToolTip.showText(event.globalPos(), tip, self.viewport())
            return True
        if isinstance(event, QTouchEvent):
            return self.touching.follow(event)
        if isinstance(event, QNativeGestureEvent):
            place = event.position().toPoint()
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.camera.zoom(1.0 + event.value(), place)
            elif event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
                self.smart_zoom(place)
            return True
        return super().viewportEvent(event)

    def smart_zoom(self, place: QPoint) -> None:
        """Two fingers tapped twice on a touch pad: nearer, or the whole network again."""
        if self.camera.follows:
            self.camera.zoom(SMART_ZOOM, place)
        else:
            self.camera.fit(self.canvas.bounds())

    # layers and data sets; anything else that is dropped is for the window around

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._end_drop()
        drop = drop_for(self.canvas, event.mimeData())
        if drop is None:
            event.ignore()
            return
        self.cancel_gesture()
        self.store.consider(None)
        self._drop = drop
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._drop is None:
            event.ignore()
            return
        place = event.position().toPoint()
        if self._drop.move(self.mapToScene(place), _replaces(event)):
            if self._drop.warning:
                self.say(self._drop.warning, place)
            else:
                self.hush()
            event.acceptProposedAction()
        else:
            self.say(tr(f"canvas.refused.{self._drop.refusal}"), place, "error")
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        drop, self._drop = self._drop, None
        self.hush()
        self.is_dropping = True
        place = self.mapToScene(event.position().toPoint())
        done = drop is not None and drop.finish(place, _replaces(event))
        self.is_dropping = False
        if done:
            event.acceptProposedAction()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            event.ignore()

    def _end_drop(self) -> None:
        drop, self._drop = self._drop, None
        self.hush()
        if drop is not None:
            drop.cancel()


def _replaces(event: QDropEvent) -> bool:
    """Whether Alt is held: what is dropped takes the place of the box below."""
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
