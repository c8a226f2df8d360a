"""What a repair would do is said before it is done."""

from __future__ import annotations

from engine.layers.analysis import analyse
from engine.layers.drawing import append, place
from engine.spec.document import Document, Node
from engine.spec.edits import add_node, disconnect, set_options
from gui.inspector.preview import preview


def repairs(document: Document, code: str) -> list[list[str]]:
    """The previews of all repairs of the problem with this code."""
    (problem,) = [p for p in analyse(document).problems if p.code == code]
    return [preview(document, fix) for fix in problem.fixes]


def test_an_option_is_shown_before_and_after(digits: Document) -> None:
    document = set_options(digits, "dense_2", {"units": 7})
    (lines,) = repairs(document, "outputs_not_classes")
    assert lines == ["• Dense 2, Units: 7 → 10", "After it, no problem is left."]


def test_new_boxes_and_connections_are_listed() -> None:
    document, id = place(Document(), "data", 0.0, 0.0)
    document, _ = append(document, "dense", id)
    (lines,) = repairs(document, "no_loss")
    assert lines[0] == "• adds Cross-entropy"
    assert "• connects Dense → Cross-entropy" in lines


def test_what_goes_is_listed(digits: Document) -> None:
    document = add_node(digits, Node("capsule_1", "capsule"))
    (lines,) = repairs(document, "unknown_kind")
    assert lines[0] == "• removes capsule"


def test_problems_that_stay_are_counted(digits: Document) -> None:
    target = [edge for edge in digits.network.edges if edge.target_port == "target"]
    document = set_options(disconnect(digits, target), "dense_2", {"units": 7})
    (lines,) = repairs(document, "no_target")
    assert lines == ["• connects Data → Cross-entropy", "Problems left after it: 1"]


def test_another_kind_is_named(digits: Document) -> None:
    document = set_options(digits, "data_1", {"dataset": "wave"})
    document = set_options(document, "dense_2", {"units": 1})
    problems = {problem.code: problem for problem in analyse(document).problems}
    assert "target_not_classes" not in problems  # the picture layers fail first
    row = add_node(Document(), Node("data_1", "data"))
    row = set_options(row, "data_1", {"dataset": "wave"})
    row, id = append(row, "dense", "data_1")
    row, _ = append(row, "cross_entropy", id)
    lines = repairs(row, "target_not_classes")[0]
    assert lines[0] == "• Cross-entropy becomes Mean squared error"
