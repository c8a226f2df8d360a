"""What a repair would do to the drawing, in lines: shown on hover, before anything changes."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.layers.base import CATALOGUE
from engine.spec.document import Document, Edge, Node
from engine.spec.options import Value, options_of
from engine.spec.problems import Fix
from gui.describe import kind_name, title
from gui.formats import count
from gui.option_words import option_name, shown_value
from gui.words import tr


def preview(document: Document, fix: Fix) -> list[str]:
    """The changes that a repair makes, and how many problems are left after it."""
    after = fix.edit(document)
    lines = [*_boxes(document, after), *_connections(document, after)]
    left = len(analyse(after).problems)
    lines.append(tr("preview.left", count=count(left)) if left else tr("preview.none_left"))
    return lines


def _boxes(before: Document, after: Document) -> list[str]:
    old, new = before.network, after.network
    lines = [
        tr("preview.added", box=title(after, n.id)) for n in new.nodes if not old.has(n.id)
    ] + [tr("preview.removed", box=title(before, n.id)) for n in old.nodes if not new.has(n.id)]
    for node in new.nodes:
        if old.has(node.id):
            lines += _changes(before, old.node(node.id), node)
    return lines


def _changes(document: Document, old: Node, new: Node) -> list[str]:
    box = title(document, old.id)
    if old.kind != new.kind:
        return [tr("preview.exchanged", box=box, kind=kind_name(new.kind))]
    options = options_of(CATALOGUE[old.kind]) if old.kind in CATALOGUE else {}
    lines = []
    for name in dict.fromkeys([*old.options, *new.options]):
        default = options[name].default if name in options else ""
        was, now = old.options.get(name, default), new.options.get(name, default)
        if was != now:
            lines.append(
                tr(
                    "preview.option",
                    box=box,
                    option=option_name(old.kind, name),
                    old=_shown(old.kind, name, was),
                    new=_shown(new.kind, name, now),
                )
            )
    return lines


def _shown(kind: str, name: str, value: Value) -> str:
    options = options_of(CATALOGUE[kind]) if kind in CATALOGUE else {}
    return shown_value(options[name], value) if name in options else str(value)


def _connections(before: Document, after: Document) -> list[str]:
    gone = [e for e in before.network.edges if e not in after.network.edges]
    new = [e for e in after.network.edges if e not in before.network.edges]
    gone = [e for e in gone if _both(after, e)]  # a box that goes takes its edges with it
    return [tr("preview.disconnected", **_ends(before, e)) for e in gone] + [
        tr("preview.connected", **_ends(after, e)) for e in new
    ]


def _both(document: Document, edge: Edge) -> bool:
    return document.network.has(edge.source) and document.network.has(edge.target)


def _ends(document: Document, edge: Edge) -> dict[str, str]:
    return {"source": title(document, edge.source), "target": title(document, edge.target)}
