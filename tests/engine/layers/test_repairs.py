"""Repairs: what the buttons beside a problem do to the drawing."""

from __future__ import annotations

import pytest

from engine.layers.analysis import analyse
from engine.layers.repairs import GAP
from engine.spec import edits
from engine.spec.document import Document, Edge, Options
from engine.spec.problems import Fix
from tests.engine.networks import Boxes, network

IRIS = ("data", {"dataset": "iris"})
LOSS = ("cross_entropy", {})


def fixes(document: Document, code: str) -> tuple[Fix, ...]:
    """The fixes of the first problem with this code."""
    return next(p.fixes for p in analyse(document).problems if p.code == code)


def fixed(document: Document, code: str, number: int = 0) -> Document:
    return fixes(document, code)[number].edit(document)


def test_an_empty_canvas_can_be_filled_by_its_buttons() -> None:
    document = fixed(fixed(Document(), "no_data"), "no_loss")
    assert [node.kind for node in document.network.nodes] == ["data", "cross_entropy"]
    assert Edge("data_1", "target", "cross_entropy_1", "target") in document.network.edges


def test_a_new_end_is_joined_to_what_is_open() -> None:
    document = network({"a": ("flatten", {}), "b": ("dense", {"units": 10})}, "a > b")
    document = fixed(fixed(document, "no_data"), "no_loss")
    assert set(document.network.edges) == {
        Edge("a", "y", "b", "x"),
        Edge("data_1", "x", "a", "x"),
        Edge("b", "y", "cross_entropy_1", "x"),
        Edge("data_1", "target", "cross_entropy_1", "target"),
    }
    assert not analyse(document).errors
    places = {node.id: node.x for node in document.network.nodes}
    assert places["data_1"] == places["a"] - GAP


def test_an_open_input_is_joined_to_the_nearest_open_box_on_its_left() -> None:
    boxes: Boxes = {"far": IRIS, "near": IRIS, "right": IRIS, "a": ("dense", {})}
    document = network(boxes)
    xs = {"far": 0.0, "near": 100.0, "right": 310.0, "a": 300.0}
    document = fixed(edits.move_nodes(document, {id: (x, 0.0) for id, x in xs.items()}), "no_input")
    assert document.network.edges == (Edge("near", "x", "a", "x"),)


def test_with_nothing_to_join_the_box_is_taken_away() -> None:
    assert fixed(network({"a": ("dense", {})}), "no_input") == Document()


def test_joining_never_closes_a_loop() -> None:
    document = network({"a": ("dense", {}), "b": ("dense", {})}, "a > b")
    (fix,) = fixes(document, "no_input")
    assert fix.code == "remove"


def test_a_loop_is_opened_at_its_newest_edge() -> None:
    document = network({id: ("dense", {}) for id in "abc"}, "a > b", "b > c", "c > a")
    opened = fixed(document, "loop")
    assert opened.network.edges == (Edge("a", "y", "b", "x"), Edge("b", "y", "c", "x"))


def test_an_option_out_of_bounds_returns_to_its_default() -> None:
    document = network({"a": ("dense", {"units": 0, "bias": False})})
    assert fixed(document, "bad_option").network.node("a").options == Options(
        {"units": 64, "bias": False}
    )


def test_an_option_that_nobody_knows_is_dropped() -> None:
    document = network({"a": ("dense", {"wings": 2, "bias": False})})
    (fix,) = fixes(document, "bad_option")
    assert fix.code == "drop_option"
    assert fix.edit(document).network.node("a").options == Options({"bias": False})


def test_an_unknown_box_is_taken_out_of_the_chain() -> None:
    boxes: Boxes = {"data": IRIS, "what": ("unheard_of", {}), "loss": LOSS}
    document = network(boxes, "data > what", "what > loss", "data.target > loss.target")
    assert Edge("data", "x", "loss", "x") in fixed(document, "unknown_kind").network.edges


def test_the_number_of_units_is_set_where_it_is_chosen() -> None:
    boxes: Boxes = {
        "data": IRIS,
        "last": ("dense", {"units": 7}),
        "drop": ("dropout", {}),
        "bend": ("activation", {"function": "softmax"}),
        "loss": LOSS,
    }
    joins = "data > last", "last > drop", "drop > bend", "bend > loss", "data.target > loss.target"
    document = fixed(network(boxes, *joins), "outputs_not_classes")
    assert document.network.node("last").options["units"] == 3
    assert not analyse(document).problems


def test_a_picture_is_flattened_before_it_enters_a_dense_box() -> None:
    boxes: Boxes = {"data": ("data", {}), "a": ("dense", {}), "b": ("dense", {})}
    document = fixed(network(boxes, "data > a", "a > b"), "needs_row")
    assert analyse(document).facts["a"].inputs["x"][0].sizes == (784,)
    (inserted,) = (node for node in document.network.nodes if node.kind == "flatten")
    assert document.network.node("a").x == inserted.x + GAP


@pytest.mark.parametrize(
    ("data", "loss", "code", "number", "kind"),
    [
        ("iris", "mean_squared_error", "target_is_class", 0, "cross_entropy"),
        ("iris", "binary_cross_entropy", "target_not_binary", 0, "cross_entropy"),
        ("wave", "cross_entropy", "target_not_classes", 0, "mean_squared_error"),
    ],
)
def test_a_loss_that_does_not_fit_the_target_is_exchanged(
    data: str, loss: str, code: str, number: int, kind: str
) -> None:
    boxes: Boxes = {"data": ("data", {"dataset": data}), "a": ("dense", {}), "loss": (loss, {})}
    document = network(boxes, "data > a", "a > loss", "data.target > loss.target")
    changed = fixed(document, code, number)
    assert changed.network.node("loss").kind == kind
    assert changed.network.edges == document.network.edges


def test_labels_can_be_handed_out_as_rows_instead() -> None:
    boxes: Boxes = {"data": IRIS, "a": ("dense", {"units": 3}), "loss": ("mean_squared_error", {})}
    document = network(boxes, "data > a", "a > loss", "data.target > loss.target")
    assert not analyse(fixed(document, "target_is_class", 1)).errors


def test_a_missing_activation_is_set_in_the_box_before() -> None:
    boxes: Boxes = {"data": IRIS, "a": ("dense", {"units": 3}), "loss": LOSS}
    document = network(boxes, "data > a", "a > loss", "data.target > loss.target")
    changed = fixed(document, "scores")
    assert changed.network.node("a").options["activation"] == "softmax"
    assert not analyse(changed).problems
