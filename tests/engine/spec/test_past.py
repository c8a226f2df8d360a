"""The steps of a document in its file: they come back to the byte, bounded, and only if true."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.spec import edits, past
from engine.spec.codec import Unreadable, to_json
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.past import Past, Step, past_of
from engine.spec.sources import sources
from tests.engine.networks import article
from tests.engine.spec.own_data import a_document, a_source

FOLDER = Path("/somewhere")


def walked(moves: list[tuple[int, int]], done: int | None = None) -> Past:
    """A past in which boxes were moved: (which, how far) by step."""
    first = document = article()
    steps = []
    for i, (which, far) in enumerate(moves):
        node = document.network.nodes[which % len(document.network.nodes)]
        document = edits.move_nodes(document, {node.id: (node.x + far, node.y - far)})
        steps.append(Step({"key": "edit.move", "values": {}, "number": i}, document))
    return Past(first, tuple(steps), len(steps) if done is None else done)


def again(given: Past) -> Past | None:
    value = json.loads(json.dumps(given.to_json(FOLDER)))
    return past_of(value, given.present, FOLDER)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(-900, 900)), max_size=12), st.integers(0, 12)
)
def test_it_comes_back_to_the_byte(moves: list[tuple[int, int]], done: int) -> None:
    made = walked(moves, min(done, len(moves)))
    found = again(made)
    assert found == made
    for a, b in zip(found.steps, made.steps, strict=True):
        assert to_json(a.document) == to_json(b.document)


@given(st.text('ab"\\n', max_size=40), st.text('ab"\\n', max_size=40))
def test_a_change_turns_one_text_into_the_other(before: str, after: str) -> None:
    change = past._change(before, after)
    assert past._changed(before, {"change": change}, "here") == after
    front, back, _ = change
    assert front + back <= min(len(before), len(after))


def test_a_small_change_takes_little_room() -> None:
    made = walked([(1, 8)] * 50)
    whole = len(to_json(made.first))
    assert len(json.dumps(made.to_json(FOLDER))) < whole * 1.2 + 50 * 150


def test_the_oldest_steps_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "MOST", 5)
    made = walked([(i, 8) for i in range(9)])
    found = again(made)
    assert found is not None and len(found.steps) == 5
    assert found.present == made.present and found.steps == made.steps[-5:]
    undone = replace(made, done=2)  # more undone than there is room for: what is shown stays
    kept = past_of(undone.to_json(FOLDER), undone.present, FOLDER)
    assert kept is not None and kept.present == undone.present
    assert len(undone.to_json(FOLDER)["steps"]) <= 2 + 5
    written: list[Document] = []

    def counted(document: Document) -> str:
        written.append(document)
        return to_json(document)

    monkeypatch.setattr(past, "to_json", counted)
    made.to_json(FOLDER)
    assert len(written) <= 5 + 2  # however many steps there are
    monkeypatch.setattr(past, "MOST", 200)
    monkeypatch.setattr(past, "LARGEST", 3 * len(to_json(made.first)) + 100)
    found = again(made)
    assert found is not None and 1 <= len(found.steps) <= 3 and found.present == made.present


def test_a_past_that_leads_elsewhere_is_none() -> None:
    made = walked([(0, 8), (1, 8)])
    assert past_of(made.to_json(FOLDER), Document(), FOLDER) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda value: [],
        lambda value: value | {"first": 3},
        lambda value: value | {"done": 7},
        lambda value: value | {"done": True},
        lambda value: value | {"steps": None},
        lambda value: value | {"steps": [3, 3]},
        lambda value: value | {"steps": [{"change": [0, 10**9, ""]}] * 2},
        lambda value: value | {"steps": [{"change": [-1, 0, ""]}] * 2},
        lambda value: value | {"steps": [{"change": [0, 0, "{"]}] * 2},
        lambda value: value | {"first": "not JSON"},
    ],
)
def test_what_is_no_past_is_refused(spoil: Any) -> None:
    made = walked([(0, 8), (1, 8)])
    with pytest.raises(Unreadable):
        past_of(spoil(made.to_json(FOLDER)), made.present, FOLDER)


def test_steps_cannot_unpack_to_more_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = walked([(0, 8), (1, 8), (2, 8)])
    value = made.to_json(FOLDER)
    monkeypatch.setattr(past, "LARGEST", len(to_json(made.first)) // 4)
    with pytest.raises(Unreadable):
        past_of(value, made.present, FOLDER)


def test_a_file_keeps_it(tmp_path: Path) -> None:
    path, made = tmp_path / "one.layerwise", walked([(0, 8), (2, 16), (0, 8)], done=2)
    write(path, Saved(made.present, past=made))
    assert read(path) == Saved(made.present, past=made)
    untouched = Past(made.first, (), 0)
    write(path, Saved(made.first, past=untouched))
    assert read(path).past is None


def test_data_that_moved_with_the_file_is_found_in_the_past_too(tmp_path: Path) -> None:
    here, there = tmp_path / "a", tmp_path / "b"
    here.mkdir()
    now = a_document(a_source(here / "rows.csv"))
    node = now.network.nodes[0]
    after = edits.move_nodes(now, {node.id: (node.x + 80, node.y)})
    made = Past(now, (Step("Move", after),), 1)
    write(here / "one.layerwise", Saved(after, past=made))
    here.rename(there)
    found = read(there / "one.layerwise")
    assert found.past is not None and found.past.present == found.document
    (source,) = sources(found.past.first)
    assert source.path == str(there / "rows.csv")
