"""What must hold of document, canvas and undo stack, whatever a person did."""

from __future__ import annotations

import pytest

from engine.layers import CATALOGUE
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document
from engine.spec.groups import cleaned, hiding
from gui.canvas.view import CanvasView


def assert_valid(document: Document) -> None:
    """Unique ids, edges between boxes that exist, one edge into a port, and a file that opens."""
    network = document.network
    ids = [node.id for node in network.nodes]
    assert len(set(ids)) == len(ids)
    assert len(set(network.edges)) == len(network.edges)
    ends: set[tuple[str, str]] = set()
    for edge in network.edges:
        assert edge.source in ids and edge.target in ids and edge.source != edge.target
        kind = CATALOGUE.get(network.node(edge.target).kind)
        ports = kind.inputs if kind is not None else ()
        if not any(port.many for port in ports if port.name == edge.target_port):
            assert (edge.target, edge.target_port) not in ends
        ends.add((edge.target, edge.target_port))
    assert len({note.id for note in document.notes}) == len(document.notes)
    assert cleaned(document) is document
    assert from_json(to_json(document)) == document


def assert_in_step(view: CanvasView) -> None:
    """The canvas shows the document as it is, and the undo stack knows where it stands."""
    document, stack = view.store.document, view.store.undo_stack
    assert_valid(document)
    places = {node.id: (node.x, node.y) for node in document.network.nodes}
    assert set(view.canvas.edges) == set(document.network.edges)
    assert set(view.canvas.nodes) == set(places)
    assert {i.id: i.text for i in view.canvas.notes.values()} == {
        note.id: note.text for note in document.notes
    }
    assert view.canvas.selected_notes <= set(view.canvas.notes)
    assert set(view.store.selection) <= set(places)
    assert view.canvas.selected_edges <= set(document.network.edges)
    assert 0 <= stack.index() <= stack.count()
    grouped, home = view.canvas.grouped, hiding(document)
    assert grouped.home == home and set(grouped.folds) == set(home.values())
    for id, item in view.canvas.nodes.items():
        assert item.isVisible() == (id not in home)
        assert item.home is grouped.folds.get(home.get(id, ""))
    for fold in grouped.folds.values():
        chosen = set(grouped.boxes[fold.id]) & set(view.store.selection)
        assert chosen in (set(), set(grouped.boxes[fold.id]))
    if view.gesture is None and not view.canvas.ghosts.is_shown:
        # Qt leaves an item where it is if the new place is the same up to rounding
        shown = {id: (i.x(), i.y()) for id, i in view.canvas.nodes.items()}
        assert shown == {id: pytest.approx(place) for id, place in places.items()}
        sheets = {note.id: (note.x, note.y) for note in document.notes}
        assert {id: (i.x(), i.y()) for id, i in view.canvas.notes.items()} == sheets
