"""Drawing an arrow from a comment, and moving or taking off the end of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec.document import Arrow, Document
from engine.spec.notes import point
from gui.canvas.gestures import Gesture, Pointer
from gui.canvas.note_arrow import ArrowItem, ArrowRef
from gui.canvas.scene import snapped
from gui.store import DocumentStore
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.surface import Surface


class Pointing(Gesture):
    """From the handle of a comment, or with the end of an arrow, to a box or a place.

    An end that is dropped on its own comment takes the arrow away; a click selects it.
    """

    def __init__(self, view: Surface, start: Pointer, grabbed: ArrowRef) -> None:
        super().__init__(view, start)
        self._grabbed = grabbed
        self._goal: Arrow | None = grabbed.arrow
        item = self.scene.arrows.items.get(grabbed)
        self._is_new = item is None
        self._item = ArrowItem(grabbed) if item is None else item
        if item is None:
            self.scene.addItem(self._item)
        self.store.select(())
        self.scene.select_edges(())
        self.scene.select_notes(())

    def drag(self, at: Pointer) -> None:
        box = self.scene.box_at(at.scene)
        self.scene.hover(box)
        over_itself = self.scene.notes[self._grabbed.note].body.contains(at.scene)
        place = Arrow("", snapped(at.scene.x(), 1.0), snapped(at.scene.y(), 1.0))
        self._goal = None if over_itself else Arrow(box) if box else place
        self.scene.arrows.lead(self._item, self._goal or place)

    def finish(self, at: Pointer) -> None:
        self._leave()
        if self.is_drag:
            note = next(n for n in self.store.document.notes if n.id == self._grabbed.note)
            kept = [a for a in note.arrows if a != self._grabbed.arrow]
            arrows = kept if self._goal is None else [*kept, self._goal]
            label = "edit.delete_arrow" if self._goal is None else "edit.point"
            self.store.edit(tr(label), lambda d: point(d, note.id, arrows))
        self.scene.arrows.route()
        chosen = ArrowRef(self._grabbed.note, self._goal if self.is_drag else self._grabbed.arrow)
        self.scene.arrows.select(chosen)

    def cancel(self) -> None:
        self._leave()
        self.scene.arrows.route()

    def _leave(self) -> None:
        self.scene.hover(None)
        if self._is_new:
            self.scene.removeItem(self._item)


def delete_arrow(store: DocumentStore, ref: ArrowRef) -> None:
    """Take one arrow away."""

    def change(document: Document) -> Document:
        (note,) = (n for n in document.notes if n.id == ref.note)
        return point(document, note.id, [a for a in note.arrows if a != ref.arrow])

    store.edit(tr("edit.delete_arrow"), change)


def point_at_selected(store: DocumentStore, notes: frozenset[str]) -> None:
    """Let the selected comments point at the selected boxes."""
    boxes = [Arrow(id) for id in store.selection]

    def change(document: Document) -> Document:
        for note in document.notes:
            if note.id in notes:
                document = point(document, note.id, [*note.arrows, *boxes])
        return document

    store.edit(tr("edit.point"), change)
