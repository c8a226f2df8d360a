"""What the outline does to the drawing: each is one step of undo, said in words afterwards."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from engine.layers import CATALOGUE
from engine.layers.data import Data
from engine.layers.drawing import takes_many
from engine.layers.exchanging import follower, swapped
from engine.layers.following import Suggestion, suggestions
from engine.spec import edits
from engine.spec.document import Document, Edge
from engine.spec.groups import rename
from gui.box import PortRef, port_names
from gui.canvas import actions
from gui.canvas.wiring import Wiring, stream
from gui.describe import title
from gui.option_words import option_name
from gui.outline.main_options import read_options
from gui.store import DocumentStore
from gui.words import tr

Ports = dict[str, list[PortRef]]


def offered(store: DocumentStore) -> tuple[Suggestion, ...]:
    """All layer types: those that can stand behind the selected box first, and before all data."""
    kinds = sorted(CATALOGUE, key=lambda kind: kind != Data.kind)
    if len(store.selection) != 1:
        return tuple(Suggestion(kind) for kind in kinds)
    behind = suggestions(store.document, store.analysis, store.selection[0])
    known = {suggestion.kind for suggestion in behind}
    return (*behind, *(Suggestion(kind) for kind in kinds if kind not in known))


def add(store: DocumentStore, kind: str) -> str:
    """Put a new box behind the selected one, or where there is room; returns its id."""
    return actions.append(store, kind, QPointF())


def before(document: Document, id: str) -> str | None:
    """The box that can change places with `id`, which comes after it."""
    found = (edge.source for edge in document.network.into(id))
    return next((other for other in found if follower(document, other) == id), None)


def move(store: DocumentStore, id: str, down: bool) -> bool:
    """Let a box change places with its neighbour along the edge; whether there is one."""
    first = id if down else before(store.document, id)
    after = swapped(store.document, first) if first is not None else None
    if after is None:
        return False
    store.edit(tr("edit.swap"), after)
    return True


def set_main(store: DocumentStore, id: str, text: str) -> bool:
    """Give the main options the values that a text means; whether it means any."""
    node = store.document.network.node(id)
    values = read_options(node, text)
    if values is None:
        return False
    names = tr("outline.separator").join(option_name(node.kind, name) for name in values)
    label = tr("edit.option", option=names)
    store.edit(label, lambda document: edits.set_options(document, id, values))
    return True


def rename_group(store: DocumentStore, id: str, name: str) -> None:
    """Give a group another name; without any, it keeps the one that it has."""
    if name.strip():
        label = tr("edit.rename_group")
        store.edit(label, lambda document: rename(document, id, name.strip()))


def sources(store: DocumentStore, id: str) -> Ports:
    """Which outputs each input of a box can read: the present ones first, then the nearest."""
    document, network = store.document, store.document.network
    place = {other: number for number, other in enumerate(store.analysis.order)}
    own = place.get(id, len(place))
    found: Ports = {}
    for port in port_names(network.node(id).kind, is_output=False):
        present = [PortRef(e.source, e.source_port, True) for e in network.into(id, port)]
        possible = Wiring(document, PortRef(id, port, False)).accepting()
        rest = sorted(
            (ref for ref in possible if stream(ref.port) == stream(port) and ref not in present),
            key=lambda ref: (abs(own - place.get(ref.node, len(place) * 2)), ref.node, ref.port),
        )
        found[port] = [*present, *rest]
    return found


def reads(document: Document, id: str, port: str, source: PortRef) -> bool:
    """Whether an input of a box reads an output."""
    return Edge(source.node, source.port, id, port) in document.network.edges


def set_reading(store: DocumentStore, id: str, port: str, source: PortRef, on: bool) -> None:
    """Join an input of a box to an output, or take that connection away."""
    edge = Edge(source.node, source.port, id, port)
    if on:
        many = takes_many(store.document, id, port)
        store.edit(tr("edit.connect"), lambda document: edits.connect(document, edge, many))
    else:
        store.edit(tr("edit.disconnect"), lambda document: edits.disconnect(document, (edge,)))


def source_name(document: Document, source: PortRef) -> str:
    """An output in words: the name of its box, and of the port if the box has several."""
    name = title(document, source.node)
    several = len(port_names(document.network.node(source.node).kind, is_output=True)) > 1
    port = tr(f"port.{source.port}")
    return tr("outline.reading.tick", input=name, name=port) if several else name
