"""The one way in which the inspector changes options of boxes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from engine.spec.document import Document
from engine.spec.edits import set_options
from engine.spec.options import Value
from gui.option_words import option_name
from gui.store import DocumentStore, Edit
from gui.words import tr


def change_options(store: DocumentStore, ids: tuple[str, ...], name: str, value: Value) -> None:
    """Give an option of some boxes a value; changes of one option in a row are one undo step.

    What was typed for a box that is gone meanwhile is forgotten.
    """
    ids = tuple(id for id in ids if store.document.network.has(id))
    _give(store, dict.fromkeys(ids, value), name, _merge(ids, name))


def give_defaults(store: DocumentStore, defaults: Mapping[str, Value], name: str) -> None:
    """Give an option of some boxes, by id, its default, in one undo step of its own."""
    _give(store, defaults, name, None)


def take_back(store: DocumentStore, ids: tuple[str, ...], name: str) -> None:
    """Undo the newest step, if it gave this option of these boxes a value."""
    stack = store.undo_stack
    newest = stack.command(stack.index() - 1) if stack.index() else None
    if isinstance(newest, Edit) and newest.merge == _merge(ids, name):
        stack.undo()


def _merge(ids: tuple[str, ...], name: str) -> Hashable:
    return ("option", *ids, name)


def _give(
    store: DocumentStore, values: Mapping[str, Value], name: str, merge: Hashable | None
) -> None:
    if not values:
        return

    def change(document: Document) -> Document:
        for id, value in values.items():
            document = set_options(document, id, {name: value})
        return document

    network = store.document.network
    kinds = {network.node(id).kind for id in values}
    label = tr("edit.option", option=option_name(kinds.pop() if len(kinds) == 1 else "", name))
    store.edit(label, change, merge=merge)
