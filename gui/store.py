"""The document being drawn, and its undo history: the only place where the document changes.

Views call `edit` and listen to `changed(old, new)`; as documents are immutable values, undo needs
just one command, which swaps whole documents.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.layers.analysis import Analysis, analyse
from engine.layers.practices import asked
from engine.spec.document import Document
from engine.spec.groups import hiding
from engine.spec.past import Past
from gui.past import said
from gui.words import Words, language


class Edit(QUndoCommand):
    """Swap the whole document."""

    def __init__(
        self, store: DocumentStore, label: str, after: Document, merge: Hashable | None
    ) -> None:
        super().__init__(label)
        self.store, self.before, self.after, self.merge = store, store.document, after, merge
        self.label, self.language, self.stroke = label, language(), store.stroke

    @property
    def name(self) -> str:
        """What it is called in the language of the moment; empty if it has a name in another."""
        if isinstance(self.label, Words):
            return self.label.again()
        return self.label if self.language == language() else ""

    def redo(self) -> None:
        self.store.show(self.after)

    def undo(self) -> None:
        self.store.show(self.before)

    def id(self) -> int:
        return -1 if self.merge is None else 1

    def mergeWith(self, newer: QUndoCommand) -> bool:  # Qt's name
        if not isinstance(newer, Edit) or newer.merge != self.merge:
            return False  # another field
        if newer.stroke != self.stroke:
            return False  # another drag
        self.after = newer.after
        self.setObsolete(self.after == self.before)  # dragged back: nothing to undo
        return True


class DocumentStore(QObject):
    """Holds the document, what it means (`analysis`), what is selected, and the undo stack."""

    changed = Signal(object, object)  # old Document, new Document
    selection_changed = Signal(tuple)  # ids of the selected boxes
    replaced = Signal()  # another document was opened; follows `changed`
    considered = Signal(object)  # what a repair would make of the document, or None again

    def __init__(self, document: Document | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._document = document or Document()
        self._analysis = analyse(self._document)
        self._selection: tuple[str, ...] = ()
        self.stroke = 0  # edits of different strokes are never one step of undo
        self._is_restoring = False
        self._is_considering = False

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
        """What would be undone, in the language of the moment; empty if it has no name in it."""
        return self._name(self.undo_stack.index() - 1)

    @property
    def redo_name(self) -> str:
        """What would be redone, in the language of the moment; empty if it has no name in it."""
        return self._name(self.undo_stack.index())

    def step_names(self, otherwise: str) -> list[str]:
        """All steps, done and undone; `otherwise` is for those with no name in this language."""
        return [self._name(index) or otherwise for index in range(self.undo_stack.count())]

    def _name(self, index: int) -> str:
        command = self.undo_stack.command(index) if index >= 0 else None
        return command.name if isinstance(command, Edit) else ""

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

    def begin_stroke(self) -> None:
        """What comes now is a step of undo of its own, though it may change the same as before."""
        self.stroke += 1

    def consider(self, after: Document | None) -> None:
        """Let all see what a change would make of the document, or with None, no longer."""
        if after is not None or self._is_considering:
            self._is_considering = after is not None
            self.considered.emit(after)

    def edits(self) -> list[Edit]:
        """All steps that can be undone or done again, in order."""
        stack = self.undo_stack
        commands = [stack.command(index) for index in range(stack.count())]
        return [command for command in commands if isinstance(command, Edit)]

    def open(self, document: Document, past: Past | None = None) -> None:
        """Show another document, with its own past in place of the old one's."""
        self.undo_stack.clear()
        self.undo_stack.setClean()
        self.select(())
        self.show(document)
        if past is not None:
            self._restore(past)
        self.replaced.emit()

    def _restore(self, past: Past) -> None:
        """Fill the undo stack with the steps that led to the document, without taking them."""
        self._is_restoring = True
        before = past.first
        for step in past.steps:
            edit = Edit(self, said(step.name), step.document, None)
            edit.before, before = before, step.document
            self.undo_stack.push(edit)
        self.undo_stack.setIndex(past.done)
        self._is_restoring = False
        self.undo_stack.setClean()

    def forget_past(self) -> None:
        """Keep the document, and forget how it came about: nothing can be undone any more.

        It counts as unsaved, because a file would still hold the steps.
        """
        self.undo_stack.clear()
        self.undo_stack.resetClean()

    def select(self, ids: tuple[str, ...]) -> None:
        """Select boxes, of folded groups all; ids that do not exist are left out."""
        chosen = _whole(self._document, ids)
        if chosen != self._selection:
            self._selection = chosen
            self.selection_changed.emit(chosen)

    def show(self, document: Document) -> None:
        """Put `document` in place without an undo step; only for `open` and the undo command."""
        if self._is_restoring:
            return
        self.consider(None)
        old, self._document = self._document, document
        if old.network != document.network or asked(old.training) != asked(document.training):
            self._analysis = analyse(document)
        before = self._selection
        # whoever hears of the change asks what is selected: only what is there
        self._selection = kept = _whole(document, before)
        self.changed.emit(old, document)
        if kept != before and self._selection == kept:
            self.selection_changed.emit(kept)


def _whole(document: Document, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Some boxes in the order of the document, with all others of the folded groups they are in."""
    home, chosen = hiding(document), set(ids)
    folded = {home[id] for id in chosen if id in home}
    nodes = document.network.nodes
    return tuple(n.id for n in nodes if n.id in chosen or home.get(n.id) in folded)
