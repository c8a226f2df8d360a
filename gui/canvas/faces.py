"""The words on the canvas: what each box shows, and what hovering over something tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from html import escape

from engine.layers import CATALOGUE
from engine.layers.analysis import Analysis, NodeFacts
from engine.layers.costs import NOTHING, Cost, costs, total
from engine.layers.data import Data
from engine.spec.document import Document, Edge, Node
from engine.spec.problems import ERROR, Problem
from engine.spec.shapes import TOKEN, Shape
from gui import cost_words, formats
from gui.box import UNKNOWN_ICON, Face, PortRef
from gui.describe import axis_names, output_text, problem_text, title, titles, value_text
from gui.words import has, tr


def faces(document: Document, analysis: Analysis, quantity: str = "parameters") -> dict[str, Face]:
    """What every box shows, by id; its last line and its bar tell of `quantity`."""
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in analysis.problems:
        if problem.nodes:
            problems[problem.nodes[0]].append(problem)
    names, found = titles(document), costs(document, analysis)
    all = total(found)
    made = {}
    for node in document.network.nodes:
        cost = found.get(node.id, NOTHING)
        face = _face(node, names[node.id], problems[node.id])
        line, note = _lines(node, analysis.facts.get(node.id), cost, quantity)
        share = cost_words.share_of(cost, all, quantity)
        made[node.id] = replace(face, line=line, note=note, share=share)
    return made


def _face(node: Node, name: str, problems: list[Problem]) -> Face:
    kind = CATALOGUE.get(node.kind)
    severities = {problem.severity for problem in problems}
    mark = ERROR if ERROR in severities else next(iter(severities), "")
    category, icon = (kind.category, kind.icon) if kind else ("", UNKNOWN_ICON)
    return Face(name, category=category, icon=icon, mark=mark, tag=node.tag)


def _lines(node: Node, facts: NodeFacts | None, cost: Cost, quantity: str) -> tuple[str, str]:
    kind = CATALOGUE.get(node.kind)
    if kind is None:
        return tr("canvas.unknown_kind"), ""
    if kind.category == "loss":
        return tr("category.loss"), ""
    if facts is None:
        return tr("canvas.unknown_size"), ""
    if isinstance(facts.layer, Data):
        count = tr("canvas.samples", count=formats.count(facts.layer.total))
        name = facts.layer.own.name if facts.layer.is_own else dataset_name(facts.layer.dataset)
        return name, count
    return _size_and_bend(facts), cost_words.note(cost, quantity)


def _size_and_bend(facts: NodeFacts) -> str:
    """The size that a box hands on, and its activation if it has one: 26×26×32 · ReLU."""
    size = output_text(facts)
    for name in ("activation", "function"):
        function = getattr(facts.layer, name, "linear")
        if function != "linear":
            return tr(
                "canvas.size_and_activation",
                size=size,
                activation=value_text("activation", function),
            )
    return size


def dataset_name(dataset: str) -> str:
    """The name of a data set; an unknown one is named as the file names it."""
    key = f"dataset.{dataset}.name"
    return tr(key) if has(key) else dataset


def shape_text(shape: Shape | None) -> str:
    """A shape with the meaning of its axes; None if it is not known yet."""
    if shape is None:
        return tr("canvas.unknown_size")
    if shape.kind == TOKEN and not shape.sizes:
        return tr("canvas.label_shape", count=formats.count(shape.limit))
    return tr("canvas.shape", size=str(shape), axes=axis_names(shape))


def box_tip(document: Document, analysis: Analysis, id: str, more: Iterable[str] = ()) -> str:
    """What hovering over a box tells (rich text): its problems first, then `more` rows."""
    node = document.network.node(id)
    rows = [f"<b>{escape(title(document, id))}</b>"]
    rows += [
        f"{'▲' if problem.severity == ERROR else '●'} {escape(problem_text(document, problem))}"
        for problem in analysis.problems_of(id)
    ]
    if has(key := f"layer.{node.kind}.line"):
        rows.append(escape(tr(key)))
    facts = analysis.facts.get(id)
    if facts is not None:
        rows += [escape(shape_text(shape)) for shape in facts.outputs.values()]
        found = costs(document, analysis)
        rows += [escape(line) for line in cost_words.hover(found[id], total(found))]
    return _rich([*rows, *more])


def port_tip(document: Document, analysis: Analysis, port: PortRef) -> str:
    """What hovering over a port tells (rich text): its name and the shape there."""
    side = "canvas.output" if port.is_output else "canvas.input"
    key = f"port.{port.port}"
    name = tr(side, name=tr(key) if has(key) else port.port)
    facts = analysis.facts.get(port.node)
    shapes: tuple[Shape, ...] = ()
    if facts is not None and port.is_output:
        shapes = (facts.outputs[port.port],) if port.port in facts.outputs else ()
    elif not port.is_output:
        edges = document.network.into(port.node, port.port)
        shapes = tuple(s for e in edges if (s := edge_shape(analysis, e)) is not None)
    return _rich([f"<b>{escape(name)}</b>", *(escape(shape_text(shape)) for shape in shapes)])


def edge_shape(analysis: Analysis, edge: Edge) -> Shape | None:
    """The shape of what flows along an edge, if it is known."""
    facts = analysis.facts.get(edge.source)
    return facts.outputs.get(edge.source_port) if facts else None


def edge_tip(document: Document, analysis: Analysis, edge: Edge) -> str:
    """What hovering over an edge tells (rich text): from where to where, and the shape."""
    names = f"{title(document, edge.source)} → {title(document, edge.target)}"
    shape = edge_shape(analysis, edge)
    rows = [f"<b>{escape(names)}</b>", escape(shape_text(shape))]
    if shape is not None:
        key = "canvas.value" if shape.count == 1 else "canvas.values"
        rows.append(escape(tr(key, count=formats.count(shape.count))))
    return _rich(rows)


def _rich(rows: list[str]) -> str:
    return "<div>" + "<br>".join(rows) + "</div>"
