"""Warnings about activations."""

from __future__ import annotations

import pytest

from engine.layers.analysis import analyse
from engine.scripting import chain
from tests.engine.layers.doubtful import assert_each_fix_helps, codes, only
from tests.engine.networks import Box

IRIS: Box = ("data", {"dataset": "iris"})
HIDDEN: Box = ("dense", {"units": 8, "activation": "relu"})
LAST: Box = ("dense", {"units": 3, "activation": "softmax"})
LOSS: Box = ("cross_entropy", {})


@pytest.mark.parametrize("bend", [("activation", {"function": "tanh"}), ("prelu", {})])
def test_two_activations_in_a_row_are_doubted(bend: Box) -> None:
    document = chain(IRIS, HIDDEN, bend, LAST, LOSS)
    assert codes(document) == ["two_activations"]
    assert_each_fix_helps(document, "two_activations")
    assert [fix.code for fix in only(document, "two_activations").fixes] == ["remove", "set"]


def test_the_second_softmax_is_left_and_the_first_switched_off() -> None:
    document = chain(IRIS, LAST, ("activation", {"function": "softmax"}), LOSS)
    (fix,) = only(document, "two_activations").fixes
    assert fix.numbers["value"] == "linear"
    assert not analyse(fix.edit(document)).problems


def test_a_bend_before_softmax_is_doubted() -> None:
    softmax: Box = ("activation", {"function": "softmax"})
    document = chain(IRIS, ("dense", {"units": 3, "activation": "relu"}), softmax, LOSS)
    problem = only(document, "bend_before_softmax")
    assert problem.numbers == {"function": "softmax", "given": "relu"}
    assert not analyse(problem.fixes[0].edit(document)).problems
    box: Box = ("activation", {"function": "relu"})
    boxes = chain(IRIS, ("dense", {"units": 3}), box, softmax, LOSS)
    assert not analyse(only(boxes, "bend_before_softmax").fixes[0].edit(boxes)).problems


def test_one_bend_or_none_is_no_doubt() -> None:
    bend: Box = ("activation", {"function": "relu"})
    assert codes(chain(IRIS, ("dense", {"units": 8}), bend, LAST, LOSS)) == []
    linear: Box = ("activation", {"function": "linear"})
    assert codes(chain(IRIS, HIDDEN, linear, LAST, LOSS)) == []


def test_softmax_of_one_number_is_doubted() -> None:
    one: Box = ("dense", {"units": 1, "activation": "softmax"})
    document = chain(("data", {"dataset": "moons"}), HIDDEN, one, ("mean_squared_error", {}))
    assert_each_fix_helps(document, "softmax_of_one")


@pytest.mark.parametrize(
    ("data", "function", "doubted"),
    [
        ("wave", "relu", True),
        ("diabetes", "tanh", True),
        ("wave", "tanh", False),
        ("adding", "relu", False),
        ("wave", "elu", False),
        ("moons", "relu", False),
    ],
)
def test_results_that_cannot_reach_the_values_are_doubted(
    data: str, function: str, doubted: bool
) -> None:
    middle: tuple[Box, ...] = (("flatten", {}),) if data == "adding" else ()
    last: Box = ("dense", {"units": 1, "activation": function})
    document = chain(("data", {"dataset": data}), *middle, last, ("mean_squared_error", {}))
    assert ("bounded_output" in codes(document)) == doubted
    if doubted:
        assert_each_fix_helps(document, "bounded_output")
