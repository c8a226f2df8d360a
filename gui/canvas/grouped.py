"""The groups on the scene: frames around open ones, one card for each folded one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF

from engine.layers.doors import Doors, doors_of
from engine.spec.document import Edge
from engine.spec.groups import all_boxes, chain, hiding, parents
from gui.canvas.fold_item import FoldItem
from gui.canvas.frame_item import BEHIND, SWITCH, FrameItem, GroupRef
from gui.canvas.group_faces import group_faces, group_tip
from gui.canvas.node_item import NodeItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Grouped:
    """Keeps the items of groups in step with the document, and knows what hides what."""

    def __init__(self, scene: CanvasScene) -> None:
        self._scene = scene
        self.frames: dict[str, FrameItem] = {}  # from the outside to the inside
        self.folds: dict[str, FoldItem] = {}
        self.boxes: dict[str, tuple[str, ...]] = {}  # of every group
        self.home: dict[str, str] = {}  # the folded group that is shown in place of a box
        self._doors: dict[str, Doors] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._lifted: frozenset[str] = frozenset()  # boxes that no frame follows just now

    # following the document

    def sync(self) -> None:
        """Have one item for each group that is seen, and hide the boxes of folded ones."""
        document, scene = self._scene.store.document, self._scene
        if not document.groups and not self.boxes:
            return
        self.boxes, self.home = all_boxes(document), hiding(document)
        self._members = {group.id: group.members for group in document.groups}
        self._doors = doors_of(document.network, self.home)
        folded = dict.fromkeys(self.home.values())
        around = parents(document)
        closed = {group.id for group in document.groups if group.is_folded}
        depth = {
            group.id: len(outside)
            for group in document.groups
            if not closed.intersection((group.id, *(outside := chain(around, group.id))))
        }
        seen = sorted(depth, key=depth.__getitem__)
        self._keep(self.folds, folded, FoldItem)
        self._keep(self.frames, seen, FrameItem)
        self.frames = {id: self.frames[id] for id in seen}
        for id, frame in self.frames.items():
            frame.setZValue(BEHIND + depth[id] / 1000)
        for id, fold in self.folds.items():
            fold.hold([scene.nodes[box] for box in self.boxes[id]], self._doors[id])
        for id, item in scene.nodes.items():
            item.go_into(self.folds.get(self.home.get(id, "")))
        for edge, line in scene.edges.items():
            line.setVisible(not self.hides(edge))

    def _keep(self, items: dict[str, Any], wanted: Collection[str], make: Any) -> None:
        """Have items for just the `wanted` groups."""
        for id in [id for id in items if id not in wanted]:
            self._scene.removeItem(items.pop(id))
        for id in wanted:
            if id not in items:
                items[id] = make(id)
                self._scene.addItem(items[id])

    def refresh_words(self) -> None:
        """Show names, sizes and problems as they are now, in the present language."""
        store = self._scene.store
        if self.boxes:
            quantity = self._scene.habits.quantity
            faces = group_faces(store.document, store.analysis, self.boxes, self._doors, quantity)
            for id, frame in self.frames.items():
                frame.show_state(face=faces[id])
            for id, fold in self.folds.items():
                fold.tell(faces[id])

    def follow(self) -> None:
        """Lie where the boxes are now: cards first, then frames from the inside to the outside."""
        for fold in self.folds.values():
            fold.follow()
        for frame in reversed(self.frames.values()):
            inside = QRectF()
            for member in self._members[frame.id]:
                inside = inside.united(self._area(member))
            if not inside.isEmpty():
                frame.surround(inside)

    def _area(self, member: str) -> QRectF:
        if member in self.frames:
            lifted = set(self.boxes[member]) <= self._lifted
            return QRectF() if lifted else self.frames[member].area
        if member in self.folds:
            lifted = set(self.boxes[member]) <= self._lifted
            return QRectF() if lifted else self.folds[member].body
        return QRectF() if member in self._lifted else self._scene.nodes[member].body

    def lift(self, ids: Collection[str]) -> None:
        """Have no frame follow these boxes: they are being taken elsewhere."""
        self._lifted = frozenset(ids)

    def show_selection(self, chosen: Collection[str]) -> None:
        """Mark the groups all of whose boxes are selected."""
        for id, frame in self.frames.items():
            frame.show_state(is_selected=all(box in chosen for box in self.boxes[id]))
        for fold in self.folds.values():
            fold.update()

    def show_goal(self, id: str) -> None:
        """Show what group a box would join that is dropped now; "" for none."""
        for frame in self.frames.values():
            frame.show_state(is_goal=frame.id == id)

    # what is where

    def unit(self, id: str) -> tuple[str, ...]:
        """The boxes that are selected and moved together with a box: those of its folded group."""
        return self.boxes[self.home[id]] if id in self.home else (id,)

    def hides(self, edge: Edge) -> bool:
        """Whether an edge lies inside a folded group."""
        home = self.home.get(edge.source)
        return home is not None and home == self.home.get(edge.target)

    def shown(self) -> Iterator[NodeItem | FoldItem]:
        """The boxes that are seen: those of the document, and folded groups."""
        yield from (item for item in self._scene.nodes.values() if item.home is None)
        yield from self.folds.values()

    def obstacles(self) -> dict[str, QRectF]:
        """The rectangles of all that is seen, by the id of the box or folded group."""
        return {item.id: item.body for item in self.shown()}

    def button_at(self, pos: QPointF) -> GroupRef | None:
        """The button of a folded group at a place."""
        for fold in self.folds.values():
            if fold.button.translated(fold.pos()).contains(pos):
                return GroupRef(fold.id, SWITCH)
        return None

    def title_at(self, pos: QPointF) -> GroupRef | None:
        """The title of an open group at a place, of the innermost if several lie there."""
        for frame in reversed(self.frames.values()):
            part = frame.part_at(pos)
            if part:
                return GroupRef(frame.id, part)
        return None

    def frame_at(self, pos: QPointF, moving: Collection[str] = ()) -> str:
        """The innermost open group at a place that does not move itself; empty if there is none."""
        for frame in reversed(self.frames.values()):
            if frame.area.contains(pos) and not set(self.boxes[frame.id]) <= set(moving):
                return frame.id
        return ""

    def said(self, ids: Collection[str]) -> list[str]:
        """What boxes and folded groups show, each in a line, for those who do not see them."""
        items = {item.id: item for item in self.shown()}
        units = dict.fromkeys(self.home.get(id, id) for id in ids)
        return [items[unit].face.spoken for unit in units]

    def tip(self, id: str) -> str:
        """The hover text of a group."""
        store = self._scene.store
        return group_tip(store.document, store.analysis, id, self.boxes[id])
