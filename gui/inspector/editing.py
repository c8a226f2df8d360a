"""The one way in which the inspector changes options of boxes."""

from __future__ import annotations

from engine.spec.document import Document
from engine.spec.edits import set_options
from engine.spec.options import Value
from gui.inspector.words import option_name
from gui.store import DocumentStore
from gui.words import tr


def change_options(store: DocumentStore, ids: tuple[str, ...], name: str, value: Value) -> None:
    """Give an option of some boxes a value; changes of one option in a row are one undo step."""

    def change(document: Document) -> Document:
        for id in ids:
            document = set_options(document, id, {name: value})
        return document

    kind = store.document.network.node(ids[0]).kind
    label = tr("edit.option", option=option_name(kind, name))
    store.edit(label, change, merge=("option", *ids, name))
