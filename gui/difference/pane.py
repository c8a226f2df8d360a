"""One of the two drawings: it can be looked at and clicked, and not changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from engine.spec.document import Document, Edge
from gui.canvas.camera import STEP, Camera
from gui.canvas.paper import paint_grid
from gui.canvas.scene import CanvasScene
from gui.difference.marks import Mark, along_edge, around_box
from gui.store import DocumentStore
from gui.upkeep import keep_up

PALE = 0.3  # of what is the same in both
SLACK = 6  # pixels that a pointer may move in a click


class Pane(QGraphicsView):
    """Shows a document, and marks on it. Dragging pans, the wheel zooms, a click chooses."""

    chosen = Signal(str)  # the id of a box, or nothing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mirror = DocumentStore(parent=self)
        self.canvas = CanvasScene(self.mirror, parent=self)
        self.setScene(self.canvas)
        self.camera = Camera(self)
        self.box_marks: dict[str, Mark] = {}
        self.edge_marks: dict[Edge, Mark] = {}
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        keep_up(self, self.canvas.refresh_words, self._recolour)

    def show_document(
        self, document: Document, boxes: Mapping[str, str], edges: Mapping[Edge, str]
    ) -> None:
        """Show a document; `boxes` and `edges` that differ have a sign, the others are pale."""
        for mark in (*self.box_marks.values(), *self.edge_marks.values()):
            self.canvas.removeItem(mark)
        # a folded group would hide boxes that differ
        self.mirror.show(replace(document, notes=(), groups=()))
        self.box_marks = {
            id: around_box(sign, self.canvas.nodes[id].body) for id, sign in boxes.items()
        }
        self.edge_marks = {
            edge: along_edge(sign, self.canvas.edges[edge].path) for edge, sign in edges.items()
        }
        for mark in (*self.box_marks.values(), *self.edge_marks.values()):
            self.canvas.addItem(mark)
        for id, node in self.canvas.nodes.items():
            node.setOpacity(1.0 if id in boxes else PALE)
        for edge, line in self.canvas.edges.items():
            line.setOpacity(1.0 if edge in edges else PALE)

    def emphasise(self, boxes: Collection[str], edges: Collection[Edge]) -> None:
        """Say which marks are talked about, and which boxes."""
        self.mirror.select(tuple(boxes))
        for id, mark in self.box_marks.items():
            mark.emphasise(id in boxes)
        for edge, mark in self.edge_marks.items():
            mark.emphasise(edge in edges)

    def look_at(self, id: str) -> None:
        """Bring a box into the middle if it is not in sight."""
        area = self.canvas.bounds((id,))
        if not self.camera.shows(area):
            self.camera.look_at(area.center())

    def fit(self) -> None:
        """Show everything."""
        self.camera.fit(self.canvas.bounds())

    def follow(self, other: Pane, offset: QPointF) -> None:
        """See what another pane sees; `offset` leads from its boxes to the same ones here."""
        self.camera.follows = other.camera.follows
        self.setTransform(other.transform())
        self.centerOn(other.camera.centre + offset)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None:
            at = event.position().toPoint()
            self.camera.pan(at - self._at)
            self._at = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        if pressed is not None and (at - pressed).manhattanLength() < SLACK:
            self.chosen.emit(self.canvas.box_at(self.mapToScene(at)) or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.camera.zoom(STEP ** (event.angleDelta().y() / 120.0), event.position().toPoint())
        event.accept()

    # painting

    def drawBackground(self, painter: QPainter, area: QRectF | QRect) -> None:
        paint_grid(painter, QRectF(area))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.camera.follows:
            self.fit()

    def _recolour(self) -> None:
        self.canvas.refresh_colours()
        self.viewport().update()
