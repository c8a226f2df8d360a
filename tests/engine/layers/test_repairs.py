"""Repairs: what the buttons beside a problem do to the drawing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from engine.layers.analysis import analyse
from engine.layers.drawing import GAP
from engine.spec import edits
from engine.spec.document import Document, Edge, Network, Node, Options
from engine.spec.problems import WARNING, Fix
from tests.engine.networks import Box, Boxes, network

IRIS: Box = ("data", {"dataset": "iris"})
LOSS: Box = ("cross_entropy", {})


def fixes(document: Document, code: str) -> tuple[Fix, ...]:
    """The fixes of the first problem with this code."""
    return next(p.fixes for p in analyse(document).problems if p.code == code)


def fixed(document: Document, code: str, number: int = 0) -> Document:
    return fixes(document, code)[number].edit(document)


def test_a_repair_is_sought_through_attention_too() -> None:
    """Also where a chain that might be padded holds a box with an optional input left open."""
    document = network(
        {
            "data": ("data", {"dataset": "digit_rows"}),
            "conv": ("conv1d", {"filters": 8, "size": 3}),
            "attention": ("multi_head_attention", {}),
            "beside": ("dense", {"units": 8}),
            "add": ("add", {}),
            "flatten": ("flatten", {}),
            "dense": ("dense", {"units": 10}),
            "loss": ("cross_entropy", {}),
        },
        "data > conv",
        "conv > attention",
        "attention > add",
        "data > beside",
        "beside > add",
        "add > flatten",
        "flatten > dense",
        "dense > loss",
        "data.target > loss.target",
    )
    (problem,) = analyse(document).problems_of("add")
    mended = problem.fixes[0].edit(document)
    assert mended.network.node("conv").options["padding"] == "same"
    assert not analyse(mended).problems_of("add")


def test_an_empty_canvas_can_be_filled_by_its_buttons() -> None:
    document = fixed(fixed(Document(), "no_data"), "no_loss")
    assert [node.kind for node in document.network.nodes] == ["data", "cross_entropy"]
    assert Edge("data_1", "target", "cross_entropy_1", "target") in document.network.edges


def test_the_loss_that_is_offered_fits_the_targets() -> None:
    for dataset, kind in (("iris", "cross_entropy"), ("sunspots", "mean_squared_error")):
        box = Node("data_1", "data", Options({"dataset": dataset}))
        document = Document(network=Network((box,)))
        assert [node.kind for node in fixed(document, "no_loss").network.nodes][1:] == [kind]


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


def test_a_first_box_is_offered_data() -> None:
    document = network({"a": ("dense", {}), "b": ("cross_entropy", {})}, "a > b")
    (fix,) = fixes(document, "no_input")
    assert fix.code == "add_before"
    changed = fix.edit(document)
    assert set(changed.network.edges) == {
        Edge("data_1", "x", "a", "x"),
        Edge("a", "y", "b", "x"),
        Edge("data_1", "target", "b", "target"),
    }
    assert changed.network.node("data_1").x == changed.network.node("a").x - GAP


def test_removal_is_the_last_resort() -> None:
    boxes: Boxes = {"data": IRIS, "b": ("dense", {}), "loss": LOSS, "a": ("dense", {})}
    document = network(boxes, "data > b", "b > loss", "data.target > loss.target")
    join, removal = fixes(document, "no_input")
    assert (join.code, removal.code) == ("connect", "remove")
    assert Edge("data", "x", "a", "x") in join.edit(document).network.edges
    assert not removal.edit(document).network.has("a")


def test_joining_never_closes_a_loop() -> None:
    document = network({"a": ("dense", {}), "b": ("dense", {})}, "a > b")
    (fix,) = fixes(document, "no_input")
    assert fix.code == "add_before"


def test_an_open_target_can_be_joined_to_each_data_box() -> None:
    boxes: Boxes = {"one": IRIS, "two": IRIS, "a": ("dense", {"units": 3}), "loss": LOSS}
    document = network(boxes, "one > a", "a > loss")
    offered = fixes(document, "no_target")
    assert [fix.numbers["node"] for fix in offered] == ["one", "two"]
    assert Edge("two", "target", "loss", "target") in offered[1].edit(document).network.edges


def test_a_second_data_box_that_feeds_nothing_can_be_removed() -> None:
    boxes: Boxes = {"one": IRIS, "two": IRIS, "a": ("dense", {"units": 3}), "loss": LOSS}
    document = network(boxes, "one > a", "a > loss", "one.target > loss.target")
    assert not fixed(document, "leads_nowhere").network.has("two")


def test_a_flatten_before_a_box_for_pictures_is_removed_or_passed() -> None:
    boxes: Boxes = {
        "data": ("data", {}),
        "flat": ("flatten", {}),
        "drop": ("dropout", {}),
        "conv": ("conv2d", {}),
        "dense": ("dense", {}),
    }
    document = network(boxes, "data > flat", "flat > drop", "drop > conv", "conv > dense")
    removal, move = fixes(document, "needs_image")
    assert not removal.edit(document).network.has("flat")
    changed = move.edit(document)
    joined = {(edge.source, edge.target) for edge in changed.network.edges}
    assert joined == {("data", "conv"), ("conv", "flat"), ("flat", "drop"), ("drop", "dense")}
    before = {node.id: (node.x, node.y) for node in document.network.nodes}
    after = {node.id: (node.x, node.y) for node in changed.network.nodes}
    assert after["conv"] == before["flat"] and sorted(after.values()) == sorted(before.values())
    assert not any(p.code.startswith("needs") for p in analyse(changed).problems)


def test_a_box_for_pictures_behind_a_dense_box_only_moves() -> None:
    boxes: Boxes = {
        "data": ("data", {}),
        "flat": ("flatten", {}),
        "dense": ("dense", {}),
        "pool": ("max_pool2d", {}),
    }
    document = network(boxes, "data > flat", "flat > dense", "dense > pool")
    (move,) = fixes(document, "needs_image")
    assert analyse(move.edit(document)).facts["flat"].inputs["x"][0].sizes == (14, 14, 1)


@pytest.mark.parametrize("merge", ["add", "concatenate"])
def test_pictures_are_made_equal_by_padding(merge: str) -> None:
    boxes: Boxes = {
        "data": ("data", {}),
        "one": ("conv2d", {"filters": 4}),
        "two": ("conv2d", {"filters": 4, "padding": "same"}),
        "merge": (merge, {}),
    }
    document = network(boxes, "data > one", "data > two", "one > merge", "two > merge")
    code = next(p.code for p in analyse(document).problems if p.code.startswith("unequal"))
    fix = fixes(document, code)[0]
    assert fix.numbers == {"option": "padding", "value": "same", "node": "one"}
    assert analyse(fix.edit(document)).facts["merge"].outputs["y"].sizes[:2] == (28, 28)


def test_all_windows_of_a_branch_are_padded_together() -> None:
    boxes: Boxes = {
        "data": ("data", {}),
        "first": ("conv2d", {"filters": 4, "padding": "same"}),
        "one": ("conv2d", {"filters": 4}),
        "two": ("conv2d", {"filters": 4}),
        "add": ("add", {}),
    }
    joins = "data > first", "first > one", "one > two", "two > add", "first > add"
    document = network(boxes, *joins)
    fix = fixes(document, "unequal")[0]
    assert fix.code == "set_all"
    assert analyse(fix.edit(document)).facts["add"].outputs["y"].sizes == (28, 28, 4)


def test_windows_that_padding_cannot_help_are_left_alone() -> None:
    boxes: Boxes = {
        "data": ("data", {}),
        "one": ("conv2d", {"filters": 1, "stride": 2}),
        "add": ("add", {}),
    }
    document = network(boxes, "data > one", "one > add", "data > add")
    assert not any(fix.numbers.get("option") == "padding" for fix in fixes(document, "unequal"))


@pytest.mark.parametrize("kind", ["dense", "conv2d", "flatten"])
def test_labels_are_exchanged_for_the_samples(kind: str) -> None:
    document = network({"data": ("data", {}), "a": (kind, {})}, "data.target > a")
    (fix,) = fixes(document, "needs_real")
    assert fix.edit(document).network.edges == (Edge("data", "x", "a", "x"),)


def test_a_loss_of_labels_is_taken_off_them() -> None:
    boxes: Boxes = {"data": IRIS, "loss": LOSS}
    document = network(boxes, "data.target > loss", "data.target > loss.target")
    assert fixed(document, "needs_real").network.into("loss", "x") == ()


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
    assert not analyse(document).errors


def test_a_picture_is_flattened_before_it_enters_a_dense_box() -> None:
    boxes: Boxes = {"data": ("data", {}), "a": ("dense", {}), "b": ("dense", {})}
    document = fixed(network(boxes, "data > a", "a > b"), "needs_row")
    assert analyse(document).facts["a"].inputs["x"][0].sizes == (784,)
    (inserted,) = (node for node in document.network.nodes if node.kind == "flatten")
    assert document.network.node("a").x == inserted.x + GAP


def test_what_is_put_back_into_a_row_takes_the_free_place() -> None:
    boxes: Boxes = {"data": ("data", {}), "flat": ("flatten", {}), "a": ("dense", {})}
    document = network(boxes, "data > flat", "flat > a")
    document = edits.move_nodes(document, {"data": (0, 0), "flat": (192, 0), "a": (384, 0)})
    document = edits.remove_nodes(document, ("flat",))
    changed = fixed(document, "needs_row")
    assert [node.x for node in changed.network.nodes] == [0, 384, 192]


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


@pytest.mark.parametrize("between", [(), ("dropout",), ("flatten", "dropout")])
def test_two_linear_layers_in_a_row_are_doubted(between: tuple[str, ...]) -> None:
    boxes: Boxes = {
        "data": IRIS,
        "a": ("dense", {}),
        **{kind: (kind, {}) for kind in between},
        "b": ("dense", {"units": 3, "activation": "softmax"}),
        "loss": LOSS,
    }
    path = list(boxes)
    joins = [f"{one} > {other}" for one, other in pairwise(path)]
    document = network(boxes, *joins, "data.target > loss.target")
    (problem,) = analyse(document).problems
    assert (problem.code, problem.nodes, problem.severity) == ("linear_chain", ("a", "b"), WARNING)
    changed = problem.fixes[0].edit(document)
    assert changed.network.node("a").options["activation"] == "relu"
    assert not analyse(changed).problems


def test_a_bend_or_a_second_reader_between_linear_layers_is_no_doubt() -> None:
    boxes: Boxes = {
        "data": IRIS,
        "a": ("dense", {}),
        "bend": ("activation", {}),
        "b": ("dense", {}),
        "c": ("dense", {}),
        "add": ("add", {}),
    }
    joins = "data > a", "a > bend", "bend > b", "b > c", "b > add", "c > add"
    assert all(p.code != "linear_chain" for p in analyse(network(boxes, *joins)).problems)


@pytest.mark.parametrize(
    "end",
    [
        (("dense", {"units": 10}), ("flatten", {})),
        (("lstm", {"units": 10, "direction": "bidirectional"}),),
    ],
)
def test_a_dense_box_is_put_before_a_loss_that_no_number_of_units_would_suit(
    end: tuple[Box, ...],
) -> None:
    data: Box = ("data", {"dataset": "digit_rows"})
    middle: Boxes = {f"box_{i}": box for i, box in enumerate(end)}
    boxes: Boxes = {"data": data, **middle, "loss": LOSS}
    joins = [f"{a} > {b}" for a, b in pairwise(boxes)]
    document = fixed(network(boxes, *joins, "data.target > loss.target"), "outputs_not_classes")
    assert not analyse(document).errors
    assert document.network.node("dense_1").options["units"] == 10


@pytest.mark.parametrize(
    ("middle", "codes"),
    [
        ((("lstm", {}),), ["set", "insert"]),
        ((("dense", {"units": 8}), ("flatten", {})), ["remove", "insert"]),
        ((("dense", {"units": 8}), ("global_average_pool", {})), ["remove", "insert"]),
    ],
)
def test_time_steps_that_were_lost_are_kept_or_made_again(
    middle: tuple[Box, ...], codes: list[str]
) -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "copy", "length": 12}),
        "words": ("embedding", {}),
        **{f"box_{i}": box for i, box in enumerate(middle)},
        "last": ("dense", {"units": 9, "activation": "softmax"}),
        "loss": LOSS,
    }
    joins = [f"{a} > {b}" for a, b in pairwise(boxes)]
    document = network(boxes, *joins, "data.target > loss.target")
    assert [fix.code for fix in fixes(document, "rows_not_targets")] == codes
    for number in range(len(codes)):
        assert not analyse(fixed(document, "rows_not_targets", number)).errors
