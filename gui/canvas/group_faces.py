"""The words of groups: what a folded or an open one shows, and what hovering over it tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from engine.layers import CATALOGUE
from engine.layers.analysis import Analysis
from engine.layers.costs import NOTHING, costs, total
from engine.layers.doors import Doors
from engine.spec.document import Document
from engine.spec.groups import group_of
from engine.spec.problems import ERROR
from engine.spec.shapes import Shape
from gui import cost_words
from gui.canvas.fold_item import GroupFace
from gui.describe import problem_text
from gui.formats import count
from gui.words import tr


def group_faces(
    document: Document,
    analysis: Analysis,
    boxes: Mapping[str, Sequence[str]],
    doors: Mapping[str, Doors],
    quantity: str,
) -> dict[str, GroupFace]:
    """What each group with `boxes` shows; `doors` are known of those that are folded.

    Their last line and their bar tell of `quantity`.
    """
    severities: dict[str, set[str]] = defaultdict(set)
    for problem in analysis.problems:
        if problem.nodes:
            severities[problem.nodes[0]].add(problem.severity)
    kinds = {node.id: node.kind for node in document.network.nodes}
    names = {group.id: group.name for group in document.groups}
    every = costs(document, analysis)
    all, found = total(every), {}
    for id, inside in boxes.items():
        worst = set().union(*(severities[box] for box in inside if box in severities))
        layers = [CATALOGUE.get(kinds[box]) for box in inside]
        cost = sum((every.get(box, NOTHING) for box in inside), NOTHING)
        found[id] = GroupFace(
            names[id],
            layers_text(len(inside)),
            sizes_text(analysis, doors.get(id, Doors()), document),
            cost_words.note(cost, quantity),
            ERROR if ERROR in worst else next(iter(worst), ""),
            tuple(layer.category if layer else "" for layer in layers),
            share=cost_words.share_of(cost, all, quantity),
        )
    return found


def layers_text(number: int) -> str:
    """How many layers a group has."""
    return tr("group.one_layer") if number == 1 else tr("group.layers", count=count(number))


def sizes_text(analysis: Analysis, doors: Doors, document: Document) -> str:
    """What size comes in at the first port and goes out at the first one: 28×28×1 → 13×13×32."""
    start, end = _entering(analysis, doors, document), _leaving(analysis, doors)
    if start is None or end is None:
        return "" if start is end else str(start or end)
    return f"{start} → {end}"


def _entering(analysis: Analysis, doors: Doors, document: Document) -> Shape | None:
    for box, port in doors.inputs[:1]:
        for edge in document.network.into(box, port)[:1]:
            facts = analysis.facts.get(edge.source)
            return facts.outputs.get(edge.source_port) if facts else None
    return None


def _leaving(analysis: Analysis, doors: Doors) -> Shape | None:
    for box, port in doors.outputs[:1]:
        facts = analysis.facts.get(box)
        return facts.outputs.get(port) if facts else None
    return None


def group_tip(document: Document, analysis: Analysis, id: str, boxes: Sequence[str]) -> str:
    """What hovering over a group tells (rich text): its problems first."""
    group = group_of(document, id)
    rows = [f"<b>{escape(group.name)}</b>"]
    for box in boxes:
        for problem in analysis.problems_of(box):
            if problem.nodes[:1] == (box,):
                sign = "▲" if problem.severity == ERROR else "●"
                rows.append(f"{sign} {escape(problem_text(document, problem))}")
    rows.append(escape(layers_text(len(boxes))))
    every = costs(document, analysis)
    cost = sum((every.get(box, NOTHING) for box in boxes), NOTHING)
    rows += [escape(line) for line in cost_words.hover(cost, total(every))]
    rows.append(escape(tr("group.tip.folded" if group.is_folded else "group.tip.open")))
    return "<div>" + "<br>".join(rows) + "</div>"
