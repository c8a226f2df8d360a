"""What is on its way onto the canvas, a layer or a data set: where it would go is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.layers import drawing
from engine.layers.data import Data
from engine.layers.exchanging import exchanged
from engine.spec.document import Document, Edge
from engine.spec.groups import put_into
from gui.box import body_in
from gui.canvas import data_boxes
from gui.canvas.foresight import Foresight
from gui.canvas.placing import insert, may_enter
from gui.canvas.scene import CanvasScene, corner
from gui.describe import kind_name, title
from gui.theme import RADIUS, colour
from gui.words import tr


class Slot(QGraphicsItem):
    """The place where the box would stand; the pointer carries its picture."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(4.0)

    def boundingRect(self) -> QRectF:
        return body_in("").adjusted(-2.0, -2.0, 2.0, 2.0)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        tint = colour("accent")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tint, 2.0, Qt.PenStyle.DashLine))
        tint.setAlpha(32)
        painter.setBrush(tint)
        painter.drawRoundedRect(body_in(""), RADIUS, RADIUS)


class LayerDrop:
    """One drag of a layer of `kind` over the canvas: what would happen is shown all the time."""

    def __init__(self, scene: CanvasScene, kind: str) -> None:
        self.scene, self.store, self.kind = scene, scene.store, kind
        self._edge: Edge | None = None  # the edge that it would go into
        self._replaced: str | None = None  # the box whose place it would take
        self.warning = ""  # what would be wrong if it were dropped here
        self._foresight: Foresight[Edge | str] = Foresight(self.store.analysis)
        self._slot = Slot()
        scene.addItem(self._slot)

    def move(self, at: QPointF, replacing: bool = False) -> bool:
        """Show where the box would go; whether it may be dropped here.

        When `replacing`, it may be dropped on a box, as far as its edges fit.
        """
        box = self.scene.box_at(at)
        self._replaced = box if replacing and box not in self.scene.grouped.home else None
        free = box is None
        edge = self.scene.edge_at(at) if free else None
        if edge is not None and not may_enter(self.kind, edge):
            edge = None
        if edge != self._edge:
            self._edge = edge
            self.scene.highlight(edge)
            self.scene.put(self._changed(at)[0] if edge is not None else self.store.document)
        if edge is None:
            self._slot.setPos(corner(at))
        else:
            after, id = self._changed(at)
            node = after.network.node(id)
            self._slot.setPos(node.x, node.y)
        if self._replaced is not None:
            self._slot.setPos(self.scene.nodes[self._replaced].pos())
            free = self._exchanged() is not None
        self._slot.setVisible(free)
        self.warning = self._foreseen(at) if free else ""
        return free

    def _foreseen(self, at: QPointF) -> str:
        if self._replaced is not None:
            return self._foresight.at(self._replaced, self._exchanged)
        if self._edge is not None:
            return self._foresight.at(self._edge, lambda: self._changed(at)[0])
        return ""

    def _exchanged(self) -> Document | None:
        assert self._replaced is not None
        return exchanged(self.store.document, self._replaced, self.kind)

    @property
    def refusal(self) -> str:
        """Why it cannot be dropped here, as the last part of a key."""
        if self._replaced is None:
            return "on_box"
        old = self.store.document.network.node(self._replaced).kind
        return "same_kind" if old == self.kind else "unlike"

    def _changed(self, at: QPointF) -> tuple[Document, str]:
        """The document with the box dropped here, and the id of the box."""
        place = corner(at)
        document = self.store.document
        if self._edge is not None:
            return insert(document, self.kind, self._edge, place.x(), place.y())
        after, id = drawing.place(document, self.kind, place.x(), place.y())
        group = self.scene.grouped.frame_at(at)
        return (put_into(after, (id,), group) if group else after), id

    def finish(self, at: QPointF, replacing: bool = False) -> bool:
        """Put the box down and select it; whether there was a place for it."""
        free = self.move(at, replacing)
        name = kind_name(self.kind)
        if self._replaced is not None:
            return self._replace(self._replaced, name)
        label = tr("edit.insert", name=name) if self._edge else tr("edit.add", name=name)
        after, id = self._changed(at)
        self.cancel()
        if free:
            self.store.edit(label, after)
            self.store.select((id,))
        return free

    def _replace(self, box: str, name: str) -> bool:
        after = self._exchanged()
        self.cancel()
        if after is not None:
            old = title(self.store.document, box)
            self.store.edit(tr("edit.replace", old=old, name=name), after)
            self.store.select((box,))
        return after is not None

    def cancel(self) -> None:
        """Show nothing any more."""
        self.scene.highlight(None)
        self.scene.put(self.store.document)
        self.scene.removeItem(self._slot)


class DataDrop:
    """One drag of a bundled data set: into a data box, or to a free place for a new one."""

    refusal = "not_data"
    warning = ""

    def __init__(self, scene: CanvasScene, dataset: str) -> None:
        self.scene, self.store, self.dataset = scene, scene.store, dataset
        self._slot = Slot()
        scene.addItem(self._slot)

    def move(self, at: QPointF, replacing: bool = False) -> bool:
        """Show where the set would go; whether it may be dropped here."""
        box = self.scene.box_at(at)
        if box is None:
            self._slot.setPos(corner(at))
        else:
            self._slot.setPos(self.scene.nodes[box].pos())
        is_alone = box not in self.scene.grouped.home
        fits = box is None or (is_alone and self.store.document.network.node(box).kind == Data.kind)
        self._slot.setVisible(fits)
        return fits

    def finish(self, at: QPointF, replacing: bool = False) -> bool:
        """Put the set where it was dropped, and select its box; whether there was a place."""
        fits, box = self.move(at), self.scene.box_at(at)
        self.cancel()
        if fits and box is not None:
            data_boxes.exchange(self.store, box, self.dataset)
        elif fits:
            place = corner(at)
            after, id = data_boxes.placed(self.store.document, self.dataset, place.x(), place.y())
            self.store.edit(tr("edit.add", name=tr(f"dataset.{self.dataset}.name")), after)
            self.store.select((id,))
        return fits

    def cancel(self) -> None:
        """Show nothing any more."""
        self.scene.removeItem(self._slot)
