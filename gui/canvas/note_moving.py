"""Dragging comments, with the boxes that are selected beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from engine.spec import edits
from engine.spec.document import Document
from engine.spec.notes import move_notes
from gui.canvas.gestures import Gesture, Pointer
from gui.canvas.scene import snapped
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.surface import Surface


class MoveNotes(Gesture):
    """Select a comment by pressing on it, and drag it with all that is selected."""

    def __init__(self, view: Surface, start: Pointer, grabbed: str) -> None:
        super().__init__(view, start)
        self._grabbed = grabbed
        self._was_selected = grabbed in self.scene.selected_notes
        self._notes: dict[str, QPointF] = {}
        self._boxes: dict[str, QPointF] = {}
        if not self._was_selected:
            if not start.adding:
                self.store.select(())
                self.scene.select_edges(())
            kept = self.scene.selected_notes if start.adding else frozenset()
            self.scene.select_notes(kept | {grabbed})

    def _begin(self) -> None:
        if self._grabbed not in self.scene.selected_notes:  # a key selected others meanwhile
            self.scene.select_notes((self._grabbed,))
        self._notes = {id: self.scene.notes[id].pos() for id in self.scene.selected_notes}
        self._boxes = {id: self.scene.nodes[id].pos() for id in self.store.selection}

    def drag(self, at: Pointer) -> None:
        if not self._notes:
            self._begin()
        goal = self._notes[self._grabbed] + at.scene - self.start.scene
        step = 8.0 if self.view.habits.grid and not at.free else 1.0
        way = QPointF(snapped(goal.x(), step), snapped(goal.y(), step))
        way -= self._notes[self._grabbed]
        for id, place in self._notes.items():
            self.scene.notes[id].setPos(place + way)
        for id, place in self._boxes.items():
            self.scene.nodes[id].setPos(place + way)
        self.scene.route(self._boxes)

    def finish(self, at: Pointer) -> None:
        if self.is_drag:
            notes = {id: self.scene.notes[id].pos().toTuple() for id in self._notes}
            boxes = {id: self.scene.nodes[id].pos().toTuple() for id in self._boxes}

            def change(document: Document) -> Document:
                return move_notes(edits.move_nodes(document, boxes), notes, bool(boxes))

            self.store.edit(tr("edit.move"), change)
            self.scene.route()
        elif self.start.adding:
            if self._was_selected:
                self.scene.select_notes(self.scene.selected_notes - {self._grabbed})
        else:
            self.store.select(())
            self.scene.select_edges(())
            self.scene.select_notes((self._grabbed,))

    def cancel(self) -> None:
        self.scene.put(self.store.document)
