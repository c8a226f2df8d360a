"""Bundled data sets on the canvas: which box one goes into, and what changes with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF

from engine.layers import drawing
from engine.layers.data import Data
from engine.spec.datasets import CARDS
from engine.spec.document import Document
from engine.spec.options import Value
from gui.canvas.placing import free_place
from gui.canvas.scene import corner
from gui.store import DocumentStore
from gui.words import tr


def with_set(document: Document, id: str, dataset: str) -> Document:
    """The document with another data set in a data box, as many steps long as is usual for it.

    How to split and prepare stays, and so does what was painted or imported before.
    """
    card = CARDS[dataset]
    node = document.network.node(id)
    kept = {k: v for k, v in node.options.items() if k != "length"}
    chosen: dict[str, Value] = {"dataset": dataset}
    if card.any_length:
        chosen["length"] = card.usual_length
    changed = replace(node, options=type(node.options)({**kept, **chosen}))
    nodes = tuple(changed if n.id == id else n for n in document.network.nodes)
    return replace(document, network=replace(document.network, nodes=nodes))


def placed(document: Document, dataset: str, x: float, y: float) -> tuple[Document, str]:
    """The document with a new data box at (x, y) that holds a set, and the id of the box."""
    after, id = drawing.place(document, Data.kind, x, y)
    return with_set(after, id, dataset), id


def meant(store: DocumentStore) -> str | None:
    """The data box that a person means: the selected or only one."""
    boxes = [node.id for node in store.document.network.nodes if node.kind == Data.kind]
    chosen = [id for id in boxes if id in store.selection]
    if len(chosen) == 1:
        return chosen[0]
    return boxes[0] if len(boxes) == 1 else None


def use(store: DocumentStore, dataset: str, centre: QPointF) -> str:
    """Put a set into the box that is meant, or into a new one near `centre`; returns its id."""
    document, id = store.document, meant(store)
    if id is not None:
        exchange(store, id, dataset)
        return id
    middle = corner(centre)
    after, id = placed(document, dataset, *free_place(document, middle.x(), middle.y()))
    store.edit(tr("edit.add", name=tr(f"dataset.{dataset}.name")), after)
    store.select((id,))
    return id


def exchange(store: DocumentStore, id: str, dataset: str) -> None:
    """Put another set into a data box, and select the box."""
    label = tr("edit.use_data", name=tr(f"dataset.{dataset}.name"))
    store.edit(label, with_set(store.document, id, dataset))
    store.select((id,))
