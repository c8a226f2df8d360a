"""What keys, menus and the main window can do to the drawing: each is at most one step of undo."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from engine.layers import drawing
from engine.layers.doors import last_box
from engine.layers.exchanging import swapped
from engine.layers.templates import insert_template
from engine.spec import edits
from engine.spec.document import Document, Edge
from engine.spec.groups import group_with, hiding
from engine.spec.notes import move_notes, remove_notes
from engine.spec.problems import Fix
from gui.box import PortRef, port_names
from gui.canvas import blocks, clipboard
from gui.canvas.alignment import DISTRIBUTE, lined_up
from gui.canvas.arranging import arranged_places
from gui.canvas.placing import free_place
from gui.canvas.scene import corner
from gui.canvas.wiring import Wiring
from gui.describe import fix_text, kind_name
from gui.my_blocks import Block
from gui.store import DocumentStore
from gui.words import tr


def delete(
    store: DocumentStore,
    ids: Collection[str],
    edges: Collection[Edge],
    notes: Collection[str],
    label: str,
) -> None:
    """Take boxes, edges and comments away; the neighbours of a box are joined."""

    def change(document: Document) -> Document:
        return remove_notes(edits.remove_nodes(edits.disconnect(document, edges), ids), notes)

    store.edit(label, change)


def move(store: DocumentStore, notes: Collection[str], x: float, y: float) -> None:
    """Move the selected boxes, and comments; presses in a row are one step of undo."""
    chosen = store.selection
    nodes = (n for n in store.document.network.nodes if n.id in chosen)
    places = {n.id: (n.x + x, n.y + y) for n in nodes}
    sheets = {n.id: (n.x + x, n.y + y) for n in store.document.notes if n.id in notes}

    def change(document: Document) -> Document:
        return move_notes(edits.move_nodes(document, places), sheets, bool(places))

    store.edit(tr("edit.move"), change, merge=("arrows", chosen, frozenset(notes)))


def line_up(store: DocumentStore, way: str) -> None:
    """Put the selected boxes onto one line, or make their gaps equal, as action `way` says."""
    label = tr("edit.distribute" if way in DISTRIBUTE else "edit.align")
    store.edit(label, lined_up(store.document, store.selection, way))


def tag(store: DocumentStore, tag: str) -> None:
    """Give the selected boxes a colour, or with "" take it away."""
    store.edit(tr("edit.tag"), lambda d: edits.set_tag(d, store.selection, tag))


def swap(store: DocumentStore) -> str:
    """Let the selected box change places with the next one; or why not, as a part of a key."""
    if len(store.selection) != 1:
        return "no_next"
    after = swapped(store.document, store.selection[0])
    if after is None:
        return "no_next"
    store.edit(tr("edit.swap"), after)
    return ""


def last_chosen(store: DocumentStore) -> str:
    """The selected box, or the one by which data leaves the selected group; "" without either."""
    chosen = store.selection
    if len(chosen) != 1 and group_with(store.document, chosen) is None:
        return ""
    return last_box(store.document, chosen)


def append(store: DocumentStore, kind: str, centre: QPointF) -> str:
    """Put a new box behind the selected one, or near `centre`; returns its id."""
    document = store.document
    if store.selection:
        before = last_chosen(store) or store.selection[-1]
        after, id = drawing.append(document, kind, before)
        node = after.network.node(id)
        place = free_place(edits.remove_nodes(after, (id,)), node.x, node.y)
        after = edits.move_nodes(after, {id: place})
    else:
        middle = corner(centre)
        place = free_place(document, middle.x(), middle.y())
        after, id = drawing.place(document, kind, *place)
    store.edit(tr("edit.add", name=kind_name(kind)), after)
    store.select((id,))
    return id


def append_block(store: DocumentStore, block: Block, centre: QPointF) -> None:
    """Put a block behind the selected box, or near `centre`, and select it."""
    before, middle = last_chosen(store), corner(centre)
    if before:
        after, ids = blocks.appended(store.document, block, before)
    else:
        place = free_place(store.document, middle.x(), middle.y())
        after, ids = blocks.placed(store.document, block, *place)
    store.edit(tr("edit.add", name=block.name), after)
    store.select(ids)


def insert(store: DocumentStore, name: str) -> None:
    """Put a template behind the selected box, and select its boxes."""
    before = store.document
    after = insert_template(before, name, store.selection[0])
    store.edit(tr("edit.insert", name=tr(f"action.{name}")), after)
    store.select(tuple(n.id for n in after.network.nodes if not before.network.has(n.id)))


def join(store: DocumentStore) -> None:
    """Join the selected boxes from left to right, as far as their ports fit."""
    document = store.document
    chosen = [node for node in document.network.nodes if node.id in store.selection]
    for source, target in pairwise(sorted(chosen, key=lambda node: node.x)):
        for port in port_names(source.kind, is_output=True)[:1]:
            wiring = Wiring(document, PortRef(source.id, port, True))
            end = wiring.fitting(target.id)
            if end is not None and not wiring.refusal(end):
                document = wiring.joined(end)
    store.edit(tr("edit.connect"), document)


def arrange(store: DocumentStore, is_down: bool = False) -> None:
    """Put all boxes into columns from the data to the loss, or into rows from the top down."""
    places = arranged_places(store.document, is_down)
    store.edit(tr("edit.arrange"), lambda d: edits.move_nodes(d, places))


def copy(store: DocumentStore, notes: Collection[str]) -> bool:
    """Put the selected boxes and comments on the clipboard; whether there were any."""
    if not store.selection and not notes:
        return False
    text = clipboard.as_text(store.document, store.selection, notes)
    QGuiApplication.clipboard().setText(text)
    return True


def on_clipboard() -> Document | None:
    """The boxes and comments on the clipboard, if what is there is ours."""
    return clipboard.from_text(QGuiApplication.clipboard().text())


def add_copies(store: DocumentStore, given: Document, label: str) -> tuple[str, ...]:
    """Put copies of boxes and comments into the drawing, and select the boxes.

    Returns the ids of the new comments.
    """
    after, ids, notes = clipboard.added(store.document, given)
    store.edit(label, after)
    store.select(ids)
    return notes


def repair(store: DocumentStore, fix: Fix) -> None:
    """Apply a repair."""
    store.edit(fix_text(store.document, fix), fix.edit)


def step(store: DocumentStore, forward: bool) -> str | None:
    """Select the next box along the edges, or the one before; None at the end.

    A folded group is one box.
    """
    network, home = store.document.network, hiding(store.document)
    known = set(store.analysis.order)
    ids = (*store.analysis.order, *(n.id for n in network.nodes if n.id not in known))
    units = list(dict.fromkeys(home.get(id, id) for id in ids))
    if not units:
        return None
    if not store.selection:
        chosen = units[0] if forward else units[-1]
    else:
        last = store.selection[-1]
        place = units.index(home.get(last, last)) + (1 if forward else -1)
        if not 0 <= place < len(units):
            return None
        chosen = units[place]
    store.select(tuple(id for id in ids if home.get(id, id) == chosen))
    return chosen
