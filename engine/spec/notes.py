"""Comments and their arrows, as functions Document → Document. No network knows of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from engine.spec.document import Arrow, Document, Note

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


def move_notes(
    document: Document, places: Mapping[str, tuple[float, float]], with_ends: bool = False
) -> Document:
    """Put comments at new places (left, top).

    A comment that is moved alone goes on pointing where it did; `with_ends` takes the places it
    points at along, because boxes beside them move too.
    """
    notes = tuple(
        moved(n, *places[n.id], with_ends) if n.id in places else n for n in document.notes
    )
    return replace(document, notes=notes)


def moved(note: Note, x: float, y: float, with_ends: bool) -> Note:
    """A comment at another place, with the places it points at or without."""
    right, down = (x - note.x, y - note.y) if with_ends else (0.0, 0.0)
    arrows = tuple(a if a.box else Arrow("", a.x + right, a.y + down) for a in note.arrows)
    return replace(note, x=x, y=y, arrows=arrows)


def point(document: Document, id: str, arrows: Iterable[Arrow]) -> Document:
    """Let a comment point at all of these and at nothing else; twice at the same is once."""
    kept = tuple(dict.fromkeys(arrows))
    notes = tuple(replace(n, arrows=kept) if n.id == id else n for n in document.notes)
    return replace(document, notes=notes)


def point_past(document: Document, ids: Collection[str]) -> Document:
    """Take away the arrows to boxes."""
    if not any(arrow.box in ids for note in document.notes for arrow in note.arrows):
        return document
    notes = tuple(
        replace(n, arrows=tuple(a for a in n.arrows if a.box not in ids)) for n in document.notes
    )
    return replace(document, notes=notes)


def set_note_text(document: Document, id: str, text: str) -> Document:
    """Say something else in a comment; without a text it is taken away."""
    if not text.strip():
        return remove_notes(document, (id,))
    notes = tuple(replace(n, text=text[:LONGEST]) if n.id == id else n for n in document.notes)
    return replace(document, notes=notes)
