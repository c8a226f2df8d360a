"""Small help for the tests of groups on the canvas."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec import groups
from engine.spec.document import Document
from gui.canvas.frame_item import FrameItem
from gui.canvas.view import CanvasView
from tests.gui.gestures import LEFT, NONE, on_screen
from tests.gui.networks import chain

GROUP, OUTER = "group:1", "group:2"
INSIDE: tuple[str, ...] = ("conv2d_1", "max_pool2d_1")
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def grouped(*, is_folded: bool = False) -> Document:
    document = groups.group(chain(), INSIDE, GROUP, "Stem")
    return groups.fold(document, GROUP) if is_folded else document


def frame(view: CanvasView, id: str = GROUP) -> FrameItem:
    return view.canvas.grouped.frames[id]


def handle(view: CanvasView, id: str = GROUP) -> QPointF:
    """A place on the title where neither name nor button is."""
    title = frame(view, id).title
    return QPointF(frame(view, id).button.left() - 12.0, title.center().y())


def double_click(view: CanvasView, at: QPointF) -> None:
    QTest.mouseClick(view.viewport(), LEFT, NONE, on_screen(view, at))
    QTest.mouseDClick(view.viewport(), LEFT, NONE, on_screen(view, at))


def place(view: CanvasView, id: str) -> tuple[float, float]:
    node = view.store.document.network.node(id)
    return node.x, node.y
