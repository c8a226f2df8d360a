"""The analysis: shapes and problems of any drawing, right or wrong."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layers.analysis import Analysis, analyse
from engine.runtime.plan import NotReady, make_plan
from engine.spec.document import Document, Network, Node, Options
from engine.spec.options import Value
from engine.spec.problems import ERROR, WARNING
from tests.engine.growing import grown
from tests.engine.networks import Box, Boxes, article, drawings, network, random_edit

seeds = st.integers(0, 2**32)
OF_ALL = ("no_data", "no_loss", "rate_high", "rate_low", "batch_over_data")  # of no single box


def summary(document: Document) -> list[tuple[str, tuple[str, ...]]]:
    """The problems of a document: codes and boxes."""
    return [(problem.code, problem.nodes) for problem in analyse(document).problems]


def row(*boxes: Box, data: str = "iris") -> Document:
    """data → boxes a, b, c … one behind the other; the last reads the target if it is a loss."""
    named: dict[str, Box] = {"data": ("data", {"dataset": data})}
    named |= {chr(ord("a") + i): box for i, box in enumerate(boxes)}
    ids = list(named)
    joins = [f"{one} > {other}" for one, other in pairwise(ids)]
    ends = [f"data.target > {id}.target" for id in ids if named[id][0] in LOSSES]
    return network(named, *joins, *ends)


LOSSES = ("cross_entropy", "binary_cross_entropy", "mean_squared_error")
GOOD = row(("dense", {"units": 3, "activation": "softmax"}), ("cross_entropy", {}))


def check(document: Document) -> Analysis:
    """What must hold for any drawing at all."""
    analysis = analyse(document)
    ids = {node.id for node in document.network.nodes}
    for problem in analysis.problems:
        assert set(problem.nodes) <= ids
        assert problem.nodes or problem.code in OF_ALL
        assert problem.severity in (ERROR, WARNING)
    if analysis.obstacles:
        with pytest.raises(NotReady) as caught:
            make_plan(document)
        assert [p.code for p in caught.value.problems] == [p.code for p in analysis.obstacles]
    else:
        plan = make_plan(document)
        assert plan.size == analysis.parameters
        assert set(analysis.facts) == ids == set(analysis.order)
    return analysis


@settings(max_examples=300)
@given(drawings())
def test_any_drawing_can_be_analysed_and_is_planned_exactly_when_it_has_no_error(
    document: Document,
) -> None:
    for problem in check(document).problems:
        for fix in problem.fixes:
            check(fix.edit(document))


@settings(max_examples=100)
@given(seeds)
def test_a_network_that_grew_without_errors_is_planned(seed: int) -> None:
    assert not check(grown(Random(seed))).errors


@settings(max_examples=300)
@given(seeds)
def test_each_fix_of_the_only_problem_removes_it(seed: int) -> None:
    random = Random(seed)
    document = random_edit(grown(random, boxes=4), random)
    problems = check(document).problems
    for problem in problems:
        for fix in problem.fixes:
            fixed = fix.edit(document)
            check(fixed)
            if len(problems) == 1:
                assert (problem.code, problem.nodes) not in summary(fixed), fix


def test_the_problems_of_a_drawing_come_in_its_order_each_time() -> None:
    boxes: Boxes = {id: ("add", {}) for id in "qwertzuiop"}
    looped = network(
        boxes, *(f"{a} > {b}" for a, b in zip("qwertzuiop", "wertzuiopq", strict=True))
    )
    assert [nodes[0] for code, nodes in summary(looped) if code == "loop"] == list(boxes)


def test_a_good_network_has_no_problems() -> None:
    assert summary(GOOD) == []
    assert summary(article()) == []


def test_an_empty_canvas_lacks_both_ends() -> None:
    assert summary(Document()) == [("no_data", ()), ("no_loss", ())]


def lone(kind: str, **options: Value) -> Document:
    return Document(Network((Node("a", kind, Options(options)),)))


SOFTMAX: dict[str, Value] = {"function": "softmax"}
ALL = ("b", "a", "data")
WRONG: dict[str, tuple[Document, tuple[str, ...]]] = {
    "unknown_kind": (lone("magic"), ("a",)),
    "bad_option": (lone("dense", units=0), ("a",)),
    "no_input": (lone("dense"), ("a",)),
    "no_target": (
        network({"data": ("data", {}), "a": ("cross_entropy", {})}, "data > a"),
        ("a",),
    ),
    "needs_row": (row(("dense", {}), data="digits_8"), ("a", "data")),
    "needs_image": (row(("conv2d", {})), ("a", "data")),
    "window_too_large": (row(("conv2d", {"size": 9}), data="digits_8"), ("a", "data")),
    "softmax_needs_row": (row(("activation", SOFTMAX), data="digits_8"), ("a", "data")),
    "outputs_not_classes": (row(("dense", {"units": 4}), ("cross_entropy", {})), ALL),
    "outputs_not_targets": (row(("dense", {}), ("mean_squared_error", {}), data="wave"), ALL),
    "target_not_classes": (row(("cross_entropy", {}), data="wave"), ("a", "data", "data")),
    "target_not_binary": (row(("dense", {}), ("binary_cross_entropy", {})), ALL),
    "target_is_class": (row(("dense", {}), ("mean_squared_error", {})), ALL),
    "needs_two": (row(("add", {})), ("a", "data")),
}


@pytest.mark.parametrize("code", WRONG)
def test_each_mistake_has_its_code_and_its_boxes(code: str) -> None:
    document, nodes = WRONG[code]
    assert (code, nodes) in summary(document)


def test_labels_are_not_numbers_to_compute_with() -> None:
    for kind in ("flatten", "activation", "dropout", "dense", "conv2d", "max_pool2d"):
        document = network({"data": ("data", {}), "a": (kind, {})}, "data.target > a")
        (problem,) = analyse(document).problems_of("a")
        assert problem.code in ("needs_real", "needs_row", "needs_image"), kind
    for kind in ("add", "concatenate"):
        boxes: Boxes = {"data": ("data", {}), "more": ("data", {}), "a": (kind, {})}
        document = network(boxes, "data.target > a", "more.target > a")
        assert [p.code for p in analyse(document).problems_of("a")] == ["needs_real"], kind


def test_a_wrong_port_is_named_with_its_edge() -> None:
    document = network({"data": ("data", {}), "a": ("flatten", {})}, "data.nothing > a")
    assert ("unknown_port", ("a",)) in summary(document)
    document = network({"data": ("data", {}), "a": ("flatten", {})}, "data.x > a.nothing")
    assert ("unknown_port", ("a",)) in summary(document)


def test_one_cause_is_reported_once() -> None:
    document = row(("conv2d", {}), ("flatten", {}), ("dense", {}), ("cross_entropy", {}))
    assert [code for code, _ in summary(document)] == ["needs_image"]


def test_two_edges_into_an_input_for_one_are_too_many() -> None:
    boxes: Boxes = {"data": ("data", {}), "a": ("flatten", {}), "b": ("flatten", {})}
    document = network(boxes, "data > a", "a > b", "data > b")
    assert ("two_inputs", ("b",)) in summary(document)


def test_unequal_inputs_cannot_be_added_but_joined() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris"}),
        "a": ("dense", {"units": 3}),
        "b": ("dense", {"units": 4}),
        "sum": ("add", {}),
    }
    document = network(boxes, "data > a", "data > b", "a > sum", "b > sum")
    (problem,) = analyse(document).problems_of("sum")
    assert problem.code == "unequal"
    assert problem.nodes == ("sum", "a", "b")
    (fix,) = problem.fixes
    assert analyse(fix.edit(document)).facts["sum"].outputs["y"].sizes == (7,)


def test_pictures_and_rows_are_joined_after_flattening_the_pictures() -> None:
    boxes: Boxes = {
        "data": ("data", {}),
        "row": ("flatten", {}),
        "a": ("conv2d", {"filters": 2}),
        "b": ("conv2d", {"filters": 2, "size": 5}),
        "all": ("concatenate", {}),
    }
    feeds = "data > row", "data > a", "data > b"
    document = network(boxes, *feeds, "row > all", "a > all", "b > all")
    (problem,) = analyse(document).problems_of("all")
    assert problem.code == "unequal_but_last"
    (fix,) = problem.fixes
    fixed = analyse(fix.edit(document))
    assert fixed.facts["all"].outputs["y"].sizes == (784 + 26 * 26 * 2 + 24 * 24 * 2,)


def test_a_box_that_leads_nowhere_is_a_warning_only() -> None:
    document = network(
        {
            "data": ("data", {"dataset": "iris"}),
            "a": ("dense", {"units": 3, "activation": "softmax"}),
            "idle": ("dense", {}),
            "loss": ("cross_entropy", {}),
        },
        "data > a",
        "a > loss",
        "data.target > loss.target",
        "data > idle",
    )
    analysis = analyse(document)
    assert [(p.code, p.nodes, p.severity) for p in analysis.problems] == [
        ("leads_nowhere", ("idle",), WARNING)
    ]
    assert analysis.errors == ()


@pytest.mark.parametrize(
    ("loss", "data", "units", "activation", "code"),
    [
        ("cross_entropy", "iris", 3, "linear", "scores"),
        ("cross_entropy", "iris", 3, "relu", "wrong_activation"),
        ("cross_entropy", "iris", 3, "softmax", None),
        ("binary_cross_entropy", "moons", 1, "linear", "scores"),
        ("binary_cross_entropy", "moons", 1, "tanh", "wrong_activation"),
        ("binary_cross_entropy", "moons", 1, "sigmoid", None),
        ("mean_squared_error", "wave", 1, "tanh", None),
    ],
)
def test_an_activation_that_does_not_fit_the_loss_is_a_warning(
    loss: str, data: str, units: int, activation: str, code: str | None
) -> None:
    document = row(("dense", {"units": units, "activation": activation}), (loss, {}), data=data)
    assert [c for c, _ in summary(document)] == ([code] if code else [])
