"""Comments on the drawing, as functions Document → Document. No network knows of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from engine.spec.document import Document, Note

LONGEST = 4_000  # characters


def new_note_id(document: Document) -> str:
    """An unused id: note_1, note_2, …"""
    taken = {note.id for note in document.notes}
    number = 1
    while f"note_{number}" in taken:
        number += 1
    return f"note_{number}"


def add_note(document: Document, note: Note) -> Document:
    """Put a comment on the canvas; ValueError if its id is taken."""
    if any(other.id == note.id for other in document.notes):
        raise ValueError(f"there is already a comment called {note.id!r}")
    return replace(document, notes=(*document.notes, replace(note, text=note.text[:LONGEST])))


def remove_notes(document: Document, ids: Collection[str]) -> Document:
    """Take comments away."""
    return replace(document, notes=tuple(note for note in document.notes if note.id not in ids))


def move_notes(document: Document, places: Mapping[str, tuple[float, float]]) -> Document:
    """Put comments at new places (left, top)."""
    notes = tuple(
        replace(n, x=places[n.id][0], y=places[n.id][1]) if n.id in places else n
        for n in document.notes
    )
    return replace(document, notes=notes)


def set_note_text(document: Document, id: str, text: str) -> Document:
    """Say something else in a comment; without a text it is taken away."""
    if not text.strip():
        return remove_notes(document, (id,))
    notes = tuple(replace(n, text=text[:LONGEST]) if n.id == id else n for n in document.notes)
    return replace(document, notes=notes)
