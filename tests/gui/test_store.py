"""One document, one undo stack: merging, undo and redo, selection, opening."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.document import Document
from gui import past, words
from gui.past import past_of, said
from gui.store import DocumentStore
from tests.gui.networks import chain, ids


@pytest.fixture
def store() -> DocumentStore:
    return DocumentStore(chain())


def filters(document: Document, count: int) -> Document:
    return edits.set_options(document, "conv2d_1", {"filters": count})


def move(document: Document, x: float) -> Document:
    return edits.move_nodes(document, {"dense_1": (x, 0.0)})


def test_an_edit_changes_the_document_once(store: DocumentStore, qtbot: QtBot) -> None:
    before = store.document
    with qtbot.waitSignal(store.changed) as caught:
        store.edit("Filters", lambda document: filters(document, 5))
    assert caught.args == [before, store.document]
    assert store.document == filters(before, 5)
    assert store.undo_stack.undoText() == "Filters"
    assert store.undo_stack.count() == 1


def test_an_edit_that_changes_nothing_is_no_step(store: DocumentStore, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(store.changed):
        store.edit("Nothing", lambda document: replace(document))
    assert store.undo_stack.count() == 0
    assert store.undo_stack.isClean()


def test_an_edit_that_fails_leaves_everything_as_it_was(store: DocumentStore) -> None:
    before = store.document
    with pytest.raises(KeyError):
        store.edit("Wrong", lambda document: edits.set_options(document, "nobody_1", {}))
    assert store.document is before
    assert store.undo_stack.count() == 0


def test_edits_in_a_row_of_the_same_field_are_one_step(store: DocumentStore) -> None:
    before = store.document
    for count in (5, 6, 7):
        store.edit("Filters", partial(filters, count=count), merge="filters")
    assert store.undo_stack.count() == 1
    store.undo_stack.undo()
    assert store.document == before
    store.undo_stack.redo()
    assert store.document == filters(before, 7)


def test_edits_of_different_fields_stay_apart(store: DocumentStore) -> None:
    store.edit("Filters", lambda document: filters(document, 5), merge=("conv2d_1", "filters"))
    store.edit("Move", lambda document: move(document, 7.0), merge=("dense_1", "place"))
    store.edit("Filters", lambda document: filters(document, 6), merge=("conv2d_1", "filters"))
    assert store.undo_stack.count() == 3
    store.undo_stack.undo()
    assert store.document.network.node("conv2d_1").options["filters"] == 5


def test_edits_without_a_field_are_never_merged(store: DocumentStore) -> None:
    store.edit("Move", lambda document: move(document, 1.0))
    store.edit("Move", lambda document: move(document, 2.0))
    assert store.undo_stack.count() == 2


def test_what_was_saved_is_not_merged_into(store: DocumentStore) -> None:
    store.edit("Filters", lambda document: filters(document, 5), merge="filters")
    saved = store.document
    store.undo_stack.setClean()
    store.edit("Filters", lambda document: filters(document, 6), merge="filters")
    assert not store.undo_stack.isClean()
    store.undo_stack.undo()
    assert store.document == saved
    assert store.undo_stack.isClean()


def test_a_drag_back_to_its_beginning_is_no_step(store: DocumentStore) -> None:
    before = store.document
    place = before.network.node("dense_1").x
    for x in (place + 10, place + 20, place):
        store.edit("Move", partial(move, x=x), merge="drag")
    assert store.document == before
    assert store.undo_stack.count() == 0
    assert store.undo_stack.isClean()
    store.edit("Move", lambda document: move(document, 3.0), merge="drag")
    assert store.undo_stack.count() == 1


def test_undo_and_redo_swap_whole_documents(store: DocumentStore) -> None:
    seen = [store.document]
    for change in (lambda d: filters(d, 5), lambda d: move(d, 9.0)):
        store.edit("", change)
        seen.append(store.document)
    for wanted in reversed(seen[:-1]):
        store.undo_stack.undo()
        assert store.document is wanted
    for wanted in seen[1:]:
        store.undo_stack.redo()
        assert store.document is wanted


def test_a_new_edit_forgets_what_could_be_redone(store: DocumentStore) -> None:
    store.edit("", lambda document: filters(document, 5))
    store.undo_stack.undo()
    store.edit("", lambda document: filters(document, 9))
    assert not store.undo_stack.canRedo()
    assert store.document.network.node("conv2d_1").options["filters"] == 9


def test_the_analysis_is_of_the_document_at_each_signal(store: DocumentStore) -> None:
    seen = []
    store.changed.connect(lambda *_: seen.append(store.analysis.parameters))
    first = store.analysis.parameters
    store.edit("", lambda document: filters(document, 5))
    store.undo_stack.undo()
    assert seen[0] != first
    assert seen[1] == first


def test_changing_how_to_train_costs_no_analysis(store: DocumentStore) -> None:
    store.edit("Training", lambda d: replace(d, training=replace(d.training, epochs=3)))
    before = store.analysis
    store.edit("Training", lambda d: replace(d, training=replace(d.training, epochs=4)))
    assert store.analysis is before


def test_selection_is_in_the_order_of_the_document(store: DocumentStore, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.selection_changed) as caught:
        store.select(("flatten_1", "nobody_1", "data_1"))
    assert store.selection == ("data_1", "flatten_1")
    assert caught.args == [("data_1", "flatten_1")]
    with qtbot.assertNotEmitted(store.selection_changed):
        store.select(("data_1", "flatten_1"))


def test_what_is_deleted_is_no_longer_selected(store: DocumentStore) -> None:
    store.select(("conv2d_1", "dense_1"))
    store.edit("Delete", lambda document: edits.remove_nodes(document, ("conv2d_1",)))
    assert store.selection == ("dense_1",)
    store.undo_stack.undo()
    assert store.selection == ("dense_1",)


def test_who_hears_of_a_change_sees_no_box_selected_that_is_gone(store: DocumentStore) -> None:
    seen: list[tuple[str, ...]] = []
    told: list[tuple[str, ...]] = []
    store.select(("dense_1", "conv2d_1"))
    store.changed.connect(lambda *_: seen.append(store.selection))
    store.selection_changed.connect(told.append)
    store.edit("", lambda d: edits.remove_nodes(d, ("dense_1",)))
    assert seen == told == [("conv2d_1",)]
    store.undo_stack.undo()
    assert seen[1:] == [("conv2d_1",)] and told[1:] == []


def test_another_document_has_neither_history_nor_selection(
    store: DocumentStore, qtbot: QtBot
) -> None:
    store.edit("", lambda document: filters(document, 5))
    store.select(("conv2d_1",))
    order: list[str] = []
    store.changed.connect(lambda *_: order.append("changed"))
    store.replaced.connect(lambda: order.append("replaced"))
    store.open(chain(("data", "dense")))
    assert order == ["changed", "replaced"]
    assert ids(store.document) == ["data_1", "dense_1"]
    assert store.selection == ()
    assert not store.undo_stack.canUndo()
    assert not store.undo_stack.canRedo()
    assert store.undo_stack.isClean()


def test_opening_the_same_document_is_told_too(store: DocumentStore, qtbot: QtBot) -> None:
    with qtbot.waitSignals([store.changed, store.replaced]):
        store.open(store.document)
    assert store.document.network.nodes


def test_a_step_is_named_in_the_language_it_was_made_in_and_in_no_other(
    store: DocumentStore,
) -> None:
    assert (store.undo_name, store.redo_name) == ("", "")
    store.edit("Filters", lambda document: filters(document, 5))
    store.edit("Move", lambda document: move(document, 3.0))
    store.undo_stack.undo()
    assert (store.undo_name, store.redo_name) == ("Filters", "Move")
    words.set_language("zh_CN")
    assert (store.undo_name, store.redo_name) == ("", "")
    words.set_language("en")
    assert (store.undo_name, store.redo_name) == ("Filters", "Move")


def test_a_past_can_be_undone_after_reopening(store: DocumentStore, qtbot: QtBot) -> None:
    start = store.document
    store.edit(words.tr("edit.move"), lambda d: move(d, 8.0))
    store.edit(words.tr("edit.add", name=words.tr("layer.dense.name")), lambda d: filters(d, 5))
    store.edit(words.tr("edit.move"), lambda d: move(d, 16.0))
    store.undo_stack.undo()
    before = past_of(store)
    again = DocumentStore()
    with qtbot.waitSignal(again.replaced):
        again.open(store.document, before)
    assert again.document == store.document and again.undo_stack.isClean()
    assert again.analysis.parameters == store.analysis.parameters
    assert (again.undo_name, again.redo_name) == ("Add Dense", "Move")
    words.set_language("zh_CN")
    assert again.undo_name == words.tr("edit.add", name=words.tr("layer.dense.name"))
    assert past_of(again) == before
    again.undo_stack.redo()
    assert again.document == move(filters(start, 5), 16.0)
    again.undo_stack.setIndex(0)
    assert again.document == start


def test_a_new_step_after_reopening_is_a_step_of_its_own(store: DocumentStore) -> None:
    store.edit("Move", lambda d: move(d, 8.0), merge="move")
    again = DocumentStore()
    again.open(store.document, past_of(store))
    again.edit("Move", lambda d: move(d, 16.0), merge="move")
    assert again.undo_stack.count() == 2


def test_the_past_can_be_forgotten(store: DocumentStore) -> None:
    store.edit("Filters", lambda d: filters(d, 5))
    store.undo_stack.setClean()
    shown = store.document
    store.forget_past()
    assert store.document is shown and not store.undo_stack.canUndo()
    assert not store.undo_stack.isClean()  # the file still has them
    assert past_of(store).steps == ()


@pytest.mark.parametrize(
    "name",
    [
        None,
        3,
        {},
        {"key": "no.such", "values": {}},
        {"key": "edit.add", "values": {}},
        {"key": "edit.add", "values": {"name": {"key": ["x"]}}},
        {"key": "edit.add", "values": 3},
        {"key": "edit.add", "values": {"other": "x"}},
    ],
)
def test_a_name_of_a_later_version_is_any_change(name: object) -> None:
    assert said(name) in (words.tr("history.step"), words.tr("edit.add", name="A change"))


def test_words_are_said_again_in_the_other_language() -> None:
    label = words.tr("edit.add", name=words.tr("layer.lstm.name"))
    assert said(json.loads(json.dumps(past._written(label)))) == label
    words.set_language("zh_CN")
    assert words.said_again(label) == words.tr("edit.add", name=words.tr("layer.lstm.name"))
