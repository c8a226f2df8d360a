"""Dragging boxes: they snap to the grid, and to lines that they share with their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.spec import edits
from engine.spec.document import Document
from engine.spec.groups import group_of, put_into
from engine.spec.notes import move_notes
from gui.canvas.gestures import Gesture, Pointer
from gui.canvas.guides import Guides
from gui.canvas.neighbours import Neighbours
from gui.canvas.scene import snapped
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.surface import Surface

REACH = 6.0  # screen pixels within which a box jumps to a line


class MoveBoxes(Gesture):
    """Select a box by pressing on it, and drag it with all that is selected.

    With Shift, it goes into the open group where it is dropped, or out of its own.
    """

    def __init__(
        self, view: Surface, start: Pointer, grabbed: str, unit: tuple[str, ...] = ()
    ) -> None:
        super().__init__(view, start)
        self._grabbed = grabbed
        self._unit = unit or self.scene.grouped.unit(grabbed)  # selected and moved together
        self._was_selected = set(self._unit) <= set(self.store.selection)
        self._places: dict[str, QPointF] = {}  # empty until the press becomes a drag
        self._notes: dict[str, QPointF] = {}
        self._around = QRectF()
        self._neighbours = Neighbours(())
        self._guides = Guides()
        if not self._was_selected:
            kept = self.store.selection if start.adding else ()
            self._select((*kept, *self._unit))
        elif not start.adding:
            self.scene.select_edges(())

    def _select(self, ids: tuple[str, ...]) -> None:
        edges = self.scene.selected_edges if self.start.adding else ()
        notes = self.scene.selected_notes if self.start.adding else ()
        self.store.select(ids)
        self.scene.select_edges(edges)
        self.scene.select_notes(notes)

    def _begin(self) -> None:
        """Remember where everything was: what moves, and what it may line up with."""
        if self._grabbed not in self.store.selection:  # a key selected others meanwhile
            self.store.select(self._unit)
        moving = self.store.selection
        network = self.store.document.network
        self._places = {n.id: QPointF(n.x, n.y) for n in network.nodes if n.id in moving}
        self._notes = {id: self.scene.notes[id].pos() for id in self.scene.selected_notes}
        self._around = self.scene.bounds(moving)
        seen = self.view.camera.seen
        others = (item.body for id, item in self.scene.nodes.items() if id not in self._places)
        self._neighbours = Neighbours(body for body in others if body.intersects(seen))
        self.scene.addItem(self._guides)

    def drag(self, at: Pointer) -> None:
        if not self._places:
            self._begin()
        way = self._way(at)
        for id, place in self._places.items():
            self.scene.nodes[id].setPos(place + way)
        for id, place in self._notes.items():
            self.scene.notes[id].setPos(place + way)
        if at.free:
            self._guides.show_lines((), ())
        else:
            self._guides.show_lines(*self._neighbours.guides(self._around.translated(way)))
        self._show_goal(at)
        self.scene.route(self._places)

    def _show_goal(self, at: Pointer) -> None:
        """Say what group the boxes join or leave if they are dropped here."""
        grouped = self.scene.grouped
        grouped.lift(self._places if at.joins else ())
        grouped.show_goal(grouped.frame_at(at.scene, self._places) if at.joins else "")
        told = self._told(at)
        if told:
            self.view.say(told, at.screen)
        else:
            self.view.hush()

    def _told(self, at: Pointer) -> str:
        after, before = self._rehomed(self.store.document, at), self.store.document
        if after.groups == before.groups:
            return ""
        goal = self.scene.grouped.frame_at(at.scene, self._places)
        return tr("group.joins", name=group_of(before, goal).name) if goal else tr("group.leaves")

    def _rehomed(self, document: Document, at: Pointer) -> Document:
        if not at.joins or not document.groups:
            return document
        return put_into(document, self._places, self.scene.grouped.frame_at(at.scene, self._places))

    def _way(self, at: Pointer) -> QPointF:
        """How far the boxes go: a line shared with neighbours comes before the grid."""
        way = at.scene - self.start.scene
        origin = self._places[self._grabbed]
        if at.free:
            return QPointF(origin + way).toPoint().toPointF() - origin
        reach = REACH / self.view.camera.scale
        x, y = self._neighbours.snap(self._around.translated(way), reach)
        step = 8.0 if self.view.habits.grid else 1.0
        goal = origin + way
        return QPointF(
            snapped(goal.x(), step) - origin.x() if x is None else way.x() + x,
            snapped(goal.y(), step) - origin.y() if y is None else way.y() + y,
        )

    def finish(self, at: Pointer) -> None:
        if self.is_drag:
            items = {id: self.scene.nodes[id].pos() for id in self._places}
            places = {id: (pos.x(), pos.y()) for id, pos in items.items()}
            notes = {id: self.scene.notes[id].pos().toTuple() for id in self._notes}

            def change(document: Document) -> Document:
                moved = edits.move_nodes(document, places)
                moved = move_notes(moved, notes, with_ends=True)
                return self._rehomed(moved, at)

            self._tidy()
            self.store.edit(tr("edit.move"), change)
            self.scene.route()  # also if nothing moved in the end
        elif self._was_selected and self.start.adding:
            self._select(tuple(id for id in self.store.selection if id not in self._unit))
        elif not self.start.adding:
            self._select(self._unit)

    def _tidy(self) -> None:
        if self._guides.scene() is not None:
            self.scene.removeItem(self._guides)
            self.view.hush()
        self.scene.grouped.lift(())
        self.scene.grouped.show_goal("")

    def cancel(self) -> None:
        self._tidy()
        self.scene.put(self.store.document)
