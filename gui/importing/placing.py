"""Where imported data go in a drawing: functions on documents."""

from __future__ import annotations

from engine.layers.drawing import GAP, join_targets
from engine.spec import edits
from engine.spec.document import Document, Node
from engine.spec.options import NO_OPTIONS, Options, Value
from engine.spec.sources import OWN, Source, source_of

KIND = "data"


def box_for(document: Document, selection: tuple[str, ...]) -> str | None:
    """The data box that imported data go to: the selected one, or the only one."""
    boxes = [node.id for node in document.network.nodes if node.kind == KIND]
    chosen = [id for id in boxes if id in selection]
    for found in (chosen, boxes):
        if len(found) == 1:
            return found[0]
    return None


def with_source(document: Document, source: Source, box: str | None) -> tuple[Document, str]:
    """The document with a data box that holds the source, and the id of the box.

    Without a box there is a new one to the left of all others.
    """
    if box is None or not document.network.has(box):
        nodes = document.network.nodes
        x = min((node.x for node in nodes), default=GAP) - GAP
        y = min(nodes, key=lambda node: node.x).y if nodes else 0.0
        box = edits.new_id(document.network, KIND)
        document = join_targets(edits.add_node(document, Node(box, KIND, NO_OPTIONS, x, y)))
    values: dict[str, Value] = {"dataset": OWN, "origin": source.to_options()}
    document = edits.set_options(document, box, values)
    return document, box


def sources_of(document: Document) -> dict[str, Source]:
    """The sources of a document, by the box that holds them."""
    found = {}
    for node in document.network.nodes:
        origin = node.options.get("origin", NO_OPTIONS)
        is_own = node.kind == KIND and node.options.get("dataset") == OWN
        if is_own and isinstance(origin, Options) and origin:
            found[node.id] = source_of(origin)
    return found
