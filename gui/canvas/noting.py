"""Writing comments: what the editor is opened for, and what becomes of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from engine.spec.document import Note
from engine.spec.notes import add_note, new_note_id, set_note_text
from gui.canvas.note_editor import NoteEditor
from gui.canvas.note_item import WIDTH
from gui.canvas.scene import snapped
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

HIGH = 60.0  # of a new comment, scene pixels


class Noting:
    """A new comment is one step of undo, and so is a change of its text."""

    def __init__(self, view: CanvasView) -> None:
        self._view, self.editor = view, NoteEditor(view)
        view.camera.moved.connect(self.editor.finish)

    def begin(self, at: QPointF | None = None) -> None:
        """Write a new comment; nothing is there before something is written."""
        self.editor.finish()
        place = at or self._view.camera.centre - QPointF(WIDTH / 2, HIGH / 2)
        x, y = snapped(place.x()), snapped(place.y())
        area = QRectF(x, y, WIDTH, HIGH)
        self._open("", area, lambda text: self._add(text, x, y))

    def edit(self, id: str) -> None:
        """Write in a comment that is there."""
        self.editor.finish()
        item = self._view.canvas.notes.get(id)
        if item is not None:
            self._open(item.text, item.body, lambda text: self._change(id, text))

    def _open(self, text: str, area: QRectF, take: object) -> None:
        assert callable(take)
        place = self._view.mapFromScene(area).boundingRect()
        self.editor.write(text, place, self._view.camera.scale, take)

    def _add(self, text: str, x: float, y: float) -> None:
        store = self._view.store
        if text.strip():
            note = Note(new_note_id(store.document), text, x, y)
            store.edit(tr("edit.comment"), lambda d: add_note(d, note))
            store.select(())
            self._view.canvas.select_notes((note.id,))

    def _change(self, id: str, text: str) -> None:
        store = self._view.store
        label = "edit.note" if text.strip() else "edit.delete_note"
        store.edit(tr(label), lambda d: set_note_text(d, id, text))
