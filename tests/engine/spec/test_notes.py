"""Comments are part of the document and of its file; no network knows of them."""

from __future__ import annotations

import json

import pytest

from engine.layers.analysis import analyse
from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document, Note
from engine.spec.notes import (
    LONGEST,
    add_note,
    move_notes,
    new_note_id,
    remove_notes,
    set_note_text,
)
from tests.gui.networks import chain

FIRST, SECOND = (
    Note("note_1", "卷积 finds edges", 5.0, -7.5),
    Note("note_2", "why 32?", 300.0, 80.0),
)


def commented() -> Document:
    return add_note(add_note(chain(), FIRST), SECOND)


def test_comments_are_added_moved_changed_and_taken_away() -> None:
    document = commented()
    assert new_note_id(document) == "note_3"
    assert new_note_id(remove_notes(document, ("note_1",))) == "note_1"
    moved = move_notes(document, {"note_2": (1.0, 2.0)})
    assert (moved.notes[1].x, moved.notes[1].y) == (1.0, 2.0) and moved.notes[0] == FIRST
    assert set_note_text(document, "note_1", "new").notes[0].text == "new"
    assert set_note_text(document, "note_1", " \n").notes == (SECOND,)
    assert len(set_note_text(document, "note_1", "x" * 9_999).notes[0].text) == LONGEST
    assert remove_notes(document, ("note_1", "note_2")) == chain()
    with pytest.raises(ValueError, match="note_1"):
        add_note(document, FIRST)


def test_they_are_saved_and_a_file_without_them_is_written_as_before() -> None:
    assert from_json(to_json(commented())) == commented()
    assert "notes" not in to_json(chain())


def test_the_network_does_not_know_of_them() -> None:
    assert commented().network == chain().network
    assert analyse(commented()) == analyse(chain())


@pytest.mark.parametrize(
    ("notes", "place"),
    [
        ({}, "notes"),
        ([7], "notes[0]"),
        ([{"id": "a", "text": ""}], "notes[0].text"),
        ([{"id": "a", "text": 3}], "notes[0].text"),
        ([{"text": "t"}], "notes[0].id"),
        ([{"id": "a", "text": "t", "x": 1e9}], "notes[0].x"),
        ([{"id": "a", "text": "t"}, {"id": "a", "text": "u"}], "notes"),
        ([{"id": "a", "text": "t", "arrows": 3}], "notes[0].arrows"),
        ([{"id": "a", "text": "t", "arrows": [3]}], "notes[0].arrows[0]"),
        ([{"id": "a", "text": "t", "arrows": [{"box": "no"}]}], "notes[0].arrows[0].box"),
        ([{"id": "a", "text": "t", "arrows": [{"box": [1]}]}], "notes[0].arrows[0].box"),
        ([{"id": "a", "text": "t", "arrows": [{"x": 1}]}], "notes[0].arrows[0].y"),
    ],
)
def test_mistakes_in_files_are_named_by_their_place(notes: object, place: str) -> None:
    file = json.loads(to_json(chain())) | {"notes": notes}
    with pytest.raises(Unreadable) as error:
        from_json(json.dumps(file))
    assert error.value.numbers["place"] == place
