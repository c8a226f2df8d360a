"""Words for things of the document: boxes, shapes, problems and the buttons that repair them."""

from __future__ import annotations

from collections import Counter

from engine.layers.analysis import NodeFacts
from engine.spec.document import Document
from engine.spec.options import Options
from engine.spec.problems import Fix, Problem
from engine.spec.shapes import Shape
from gui.formats import count
from gui.words import has, tr

MADE = ("{…}", "[…]")  # how options name values that no field can hold
NUMBERED = "_"  # ids end in _1, _2, …


def kind_name(kind: str) -> str:
    """The name of a layer type; an unknown one is named as the file names it."""
    return tr(f"layer.{kind}.name") if has(f"layer.{kind}.name") else kind


def title(document: Document, id: str) -> str:
    """The name of a box: its layer type, numbered if there are several of it."""
    if not document.network.has(id):
        return id
    kind = document.network.node(id).kind
    alike = sum(node.kind == kind for node in document.network.nodes)
    return _numbered(kind, id, alike)


def _numbered(kind: str, id: str, alike: int) -> str:
    number = id.rpartition(NUMBERED)[2]
    if alike == 1 and number == "1":
        return kind_name(kind)
    return tr("box.numbered", name=kind_name(kind), number=number)


def titles(document: Document) -> dict[str, str]:
    """The names of all boxes, by id."""
    nodes = document.network.nodes
    alike = Counter(node.kind for node in nodes)
    return {node.id: _numbered(node.kind, node.id, alike[node.kind]) for node in nodes}


def axis_names(shape: Shape) -> str:
    """What the axes of a shape mean: height × width × channels."""
    return " × ".join(tr(f"axis.{axis}") for axis in shape.axes)


def output_text(facts: NodeFacts) -> str:
    """The size that a box hands on, for its second line; a loss hands on nothing."""
    for shape in facts.outputs.values():
        return str(shape)
    return ""


def problem_text(document: Document, problem: Problem) -> str:
    """The sentence for a problem, naming the boxes concerned."""
    names = [title(document, id) for id in problem.nodes]
    box = names[0] if names else ""
    other = names[1] if len(names) > 1 else ""
    numbers = _translated(document, dict(problem.numbers))
    return tr(f"problem.{problem.code}", **numbers, box=box, other_box=other)


def fix_text(document: Document, fix: Fix) -> str:
    """The words on the button of a repair."""
    return tr(f"fix.{fix.code}", **_translated(document, dict(fix.numbers)))


def value_text(option: str, value: object) -> str:
    """An option's value as shown: choices have words, numbers stay numbers."""
    if isinstance(value, (Options, tuple)):  # what a page makes, and no field can hold
        return tr("value.made" if value else "value.nothing")
    key = f"value.{option}.{value}"
    return tr(key) if isinstance(value, str) and has(key) else str(value)


def _translated(document: Document, numbers: dict[str, object]) -> dict[str, object]:
    shown = dict(numbers)
    option = str(numbers.get("option", ""))
    if option and "value" in shown:
        shown["value"] = value_text(option, shown["value"])
    if option:
        shown["option"] = tr(f"option.{option}.name") if has(f"option.{option}.name") else option
    if shown.get("allowed") in MADE:
        shown["allowed"] = tr("value.made")
    for name in ("node", "before"):
        if name in shown:
            shown[name] = title(document, str(shown[name]))
    if "kind" in shown:
        shown["kind"] = kind_name(str(shown["kind"]))
    if "function" in shown:
        for name in ("function", "given"):
            shown[name] = value_text("activation", shown.get(name, ""))
    for name in ("optimizer", "initializer"):
        if name in shown:
            shown[name] = value_text(name, shown[name])
    if isinstance(number := shown.get("count"), int):
        shown["count"] = count(number)
    return shown
