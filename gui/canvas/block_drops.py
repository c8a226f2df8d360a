"""A block of one's own on its way onto the canvas: where it would go is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from engine.spec.document import Edge
from engine.spec.groups import put_into
from gui.canvas import blocks
from gui.canvas.drops import Slot
from gui.canvas.scene import CanvasScene, corner
from gui.my_blocks import Block
from gui.words import tr


class BlockDrop:
    """One drag of a block: into an edge, if it has one input and one output, or to a free place."""

    refusal, warning = "on_box", ""

    def __init__(self, scene: CanvasScene, block: Block) -> None:
        self.scene, self.store, self.block = scene, scene.store, block
        self._edge: Edge | None = None  # the edge that it would go into
        self._slot = Slot()
        scene.addItem(self._slot)

    def move(self, at: QPointF, replacing: bool = False) -> bool:
        """Show where the block would go; whether it may be dropped here."""
        free = self.scene.box_at(at) is None
        edge = self.scene.edge_at(at) if free else None
        if edge is not None and not blocks.may_enter(self.block, edge):
            edge = None
        if edge != self._edge:
            self._edge = edge
            self.scene.highlight(edge)
            self.scene.put(self._changed(at)[0] if edge is not None else self.store.document)
        if edge is None:
            self._slot.setPos(corner(at))
        else:
            after, ids = self._changed(at)
            first = min((after.network.node(id) for id in ids), key=lambda node: node.x)
            self._slot.setPos(first.x, first.y)
        self._slot.setVisible(free)
        return free

    def _changed(self, at: QPointF) -> blocks.Put:
        """The document with the block dropped here, and the ids of its boxes."""
        document = self.store.document
        if self._edge is not None:
            return blocks.inserted(document, self.block, self._edge)
        place = corner(at)
        after, ids = blocks.placed(document, self.block, place.x(), place.y())
        group = self.scene.grouped.frame_at(at)
        return (put_into(after, ids, group) if group else after), ids

    def finish(self, at: QPointF, replacing: bool = False) -> bool:
        """Put the block down and select it; whether there was a place for it."""
        free = self.move(at)
        after, ids = self._changed(at)
        self.cancel()
        if free:
            self.store.edit(tr("edit.add", name=self.block.name), after)
            self.store.select(ids)
        return free

    def cancel(self) -> None:
        """Show nothing any more."""
        self.scene.highlight(None)
        self.scene.put(self.store.document)
        self.scene.removeItem(self._slot)
