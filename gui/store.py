"""The document being drawn, and its undo history: the only place where the document changes.

Views call `edit` and listen to `changed(old, new)`; as documents are immutable values, undo needs
just one command, which swaps whole documents.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.layers.analysis import Analysis, analyse
from engine.spec.document import Document
from gui.words import language


class Edit(QUndoCommand):
    """Swap the whole document."""

    def __init__(
        self, store: DocumentStore, label: str, after: Document, merge: Hashable | None
    ) -> None:
        super().__init__(label)
        self.store, self.before, self.after, self.merge = store, store.document, after, merge
        self.language = language()  # of the label

    def redo(self) -> None:
        self.store.show(self.after)

    def undo(self) -> None:
        self.store.show(self.before)

    def id(self) -> int:
        return -1 if self.merge is None else 1

    def mergeWith(self, newer: QUndoCommand) -> bool:  # Qt's name
        if not isinstance(newer, Edit) or newer.merge != self.merge:
            return False  # another drag, another field
        self.after = newer.after
        self.setObsolete(self.after == self.before)  # dragged back: nothing to undo
        return True


class DocumentStore(QObject):
    """Holds the document, what it means (`analysis`), what is selected, and the undo stack."""

    changed = Signal(object, object)  # old Document, new Document
    selection_changed = Signal(tuple)  # ids of the selected boxes
    replaced = Signal()  # another document was opened; follows `changed`

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._document = document or Document()
        self._analysis = analyse(self._document)
        self._selection: tuple[str, ...] = ()

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self._document

    @property
    def analysis(self) -> Analysis:
        """Shapes, parameters and problems of the document as it is now."""
        return self._analysis

    @property
    def undo_name(self) -> str:
        """What would be undone, if that was named in the language of the moment."""
        return self._name(self.undo_stack.index() - 1)

    @property
    def redo_name(self) -> str:
        """What would be redone, if that was named in the language of the moment."""
        return self._name(self.undo_stack.index())

    def step_names(self, otherwise: str) -> list[str]:
        """All steps, done and undone; `otherwise` is for those named in the other language."""
        return [self._name(index) or otherwise for index in range(self.undo_stack.count())]

    def _name(self, index: int) -> str:
        command = self.undo_stack.command(index) if index >= 0 else None
        is_ours = isinstance(command, Edit) and command.language == language()
        return command.text() if command is not None and is_ours else ""

    @property
    def selection(self) -> tuple[str, ...]:
        """Ids of the selected boxes, in the order of the document."""
        return self._selection

    def edit(
        self,
        label: str,
        change: Document | Callable[[Document], Document],
        merge: Hashable | None = None,
    ) -> None:
        """Change the document; `label` is shown in the Edit menu (already translated).

        Edits in a row with the same `merge` become one step of undo (a drag, a spin box).
        """
        after = change(self._document) if callable(change) else change
        if after != self._document:
            self.undo_stack.push(Edit(self, label, after, merge))

    def open(self, document: Document) -> None:
        """Show another document, and forget the history of the old one."""
        self.undo_stack.clear()
        self.undo_stack.setClean()
        self.select(())
        self.show(document)
        self.replaced.emit()

    def select(self, ids: tuple[str, ...]) -> None:
        """Select boxes; ids that do not exist are left out."""
        chosen = tuple(n.id for n in self._document.network.nodes if n.id in ids)
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit(chosen)

    def show(self, document: Document) -> None:
        """Put `document` in place without an undo step; only for `open` and the undo command."""
        old, self._document = self._document, document
        if old.network != document.network:
            self._analysis = analyse(document)
        before = self._selection
        # whoever hears of the change asks what is selected: only what is there
        self._selection = kept = tuple(n.id for n in document.network.nodes if n.id in before)
        self.changed.emit(old, document)
        if kept != before and self._selection == kept:
            self.selection_changed.emit(kept)
