"""The drawing as a picture: boxes, edges and comments, without selection, marks and grid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem
from gui.canvas.note_arrow import ArrowItem, ArrowRef
from gui.canvas.note_item import NoteItem
from gui.canvas.scene import CanvasScene

EDGE = 16.0  # scene pixels around everything


class Picture:
    """Boxes and the edges between them, as they are now; `ids` are some of them, or none for all.

    Comments are in a picture of all, and in one of some boxes if they point at one of them.
    `area` is what they take on the canvas, in scene pixels.
    """

    def __init__(self, scene: CanvasScene, ids: Collection[str] = ()) -> None:
        chosen = set(ids) & set(scene.nodes) if ids else set(scene.nodes)
        self.edges: list[EdgeItem] = []
        joined: dict[str, set[tuple[str, bool]]] = {id: set() for id in chosen}
        for edge, line in scene.edges.items():
            inside = scene.grouped.hides(edge)
            if edge.source in chosen and edge.target in chosen and not inside:
                copied = EdgeItem(edge)
                copied.show_state(width=line.width)
                copied.follow(line.path)
                self.edges.append(copied)
                joined[edge.source].add((edge.source_port, True))
                joined[edge.target].add((edge.target_port, False))
        self.nodes: list[NodeItem] = []
        for id, item in scene.nodes.items():
            if id in chosen:
                copy = NodeItem(scene.store.document.network.node(id))
                face = replace(item.face, mark="")
                copy.show_state(face=face, glimpse=item.glimpse, strip=item.strip)
                copy.show_state(joined=frozenset(joined[id]))
                copy.setPos(item.pos())
                self.nodes.append(copy)
        self._copy_groups(scene)
        self._copy_notes(scene, chosen, bool(ids))
        area = QRectF()
        for frame in self.frames:
            area = area.united(frame.area)
        for body in (*(n.body for n in self.nodes), *(n.body for n in self.notes)):
            area = area.united(body)
        for arrow in self.arrows:
            area = area.united(arrow.boundingRect())
        for line in self.edges:
            area = area.united(line.boundingRect())
        self.area = area.adjusted(-EDGE, -EDGE, EDGE, EDGE)

    def _copy_groups(self, scene: CanvasScene) -> None:
        """Whole groups: cards in place of the boxes of folded ones, frames around open ones."""
        grouped, copies = scene.grouped, {node.id: node for node in self.nodes}
        self.folds = []
        for id, fold in grouped.folds.items():
            if set(grouped.boxes[id]) <= set(copies):
                card = fold.copied([copies[box] for box in grouped.boxes[id]])
                self.folds.append(card)
                for box in grouped.boxes[id]:
                    copies[box].go_into(card)
        self.frames = [
            frame.copied()
            for id, frame in grouped.frames.items()
            if set(grouped.boxes[id]) <= set(copies)
        ]

    def _copy_notes(self, scene: CanvasScene, chosen: set[str], some: bool) -> None:
        self.notes: list[NoteItem] = []
        self.arrows: list[ArrowItem] = []
        for note in scene.store.document.notes:
            if some and not any(arrow.box in chosen for arrow in note.arrows):
                continue
            sheet = NoteItem(note)
            sheet.setPos(scene.notes[note.id].pos())
            self.notes.append(sheet)
            for arrow in note.arrows:
                if not some or arrow.box in chosen:
                    item = ArrowItem(ArrowRef(note.id, arrow))
                    scene.arrows.lead(item, arrow)
                    self.arrows.append(item)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.nodes or self.notes)

    @property
    def names(self) -> list[str]:
        """What the boxes are called, from left to right."""
        seen = [(node.pos().x(), node.face.title) for node in self.nodes if node.home is None]
        seen += [(fold.pos().x(), fold.face.name) for fold in self.folds]
        return [name for _, name in sorted(seen)]

    def paint(self, painter: QPainter) -> None:
        """Paint with the left top corner of `area` at the origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.translate(-self.area.topLeft())
        boxes = (*(node for node in self.nodes if node.home is None), *self.folds)
        below = (*self.frames, *self.notes, *self.edges, *self.arrows)
        for item in (*below, *boxes):  # boxes lie above all
            painter.save()
            painter.translate(item.pos())
            item.paint(painter, QStyleOptionGraphicsItem())
            painter.restore()
        painter.restore()
