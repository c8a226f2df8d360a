"""Errors about the samples: the analysis must foresee what the engine would refuse."""

from __future__ import annotations

import pytest

from engine.data.preparing import prepare
from engine.layers.analysis import analyse
from engine.layers.data import Data
from engine.layers.samples import BETWEEN, COUNTING
from engine.runtime.plan import make_plan
from engine.runtime.sources import WrongNumbers, check
from engine.scripting import chain
from engine.spec.datasets import CARDS
from engine.spec.document import Document
from engine.spec.options import checked
from tests.engine.layers.doubtful import assert_each_fix_helps, codes, only
from tests.engine.networks import Box, Boxes, network

VALUES = tuple(name for name, card in CARDS.items() if not card.classes)
AUTOENCODED = ("digits_8", "iris", "moons", "wave", "adding", "digit_rows")


def refused(document: Document, data: str) -> bool:
    """Whether the engine refuses the samples."""
    box = checked(Data, document.network.node(data).options)
    parts = prepare(box, "float32").parts.values()
    plan = make_plan(document)
    try:
        for part in parts:
            check(plan, {f"{data}.x": part.x, f"{data}.target": part.target})
    except WrongNumbers:
        return True
    return False


@pytest.mark.parametrize("dataset", VALUES)
@pytest.mark.parametrize("loss", ["binary_cross_entropy", "hinge", "poisson"])
def test_values_that_a_loss_refuses_are_foreseen(dataset: str, loss: str) -> None:
    end: tuple[Box, ...] = (("flatten", {}), ("dense", {}), (loss, {}))
    document = chain(("data", {"dataset": dataset}), *end)
    for problem in analyse(document).errors:
        if problem.code == "outputs_not_targets":
            document = problem.fixes[0].edit(document)
    expected = refused(document, "data_1")
    assert bool({"needs_shares", "needs_counts"} & set(codes(document))) == expected
    if expected:
        code = "needs_counts" if loss in COUNTING else "needs_shares"
        assert_each_fix_helps(document, code)


@pytest.mark.parametrize("dataset", AUTOENCODED)
def test_samples_as_targets_that_a_loss_refuses_are_foreseen(dataset: str) -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": dataset}),
        "flat": ("flatten", {}),
        "same": ("dense", {"units": CARDS[dataset].shape.count}),
        "loss": ("binary_cross_entropy", {}),
    }
    document = network(boxes, "data > flat", "flat > same", "same > loss", "flat > loss.target")
    assert ("needs_shares" in codes(document)) == refused(document, "data")
    assert document.network.node("loss").kind in BETWEEN


def two(second: str, *joins: str) -> Document:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris"}),
        "more": ("data", {"dataset": second, "samples": 100}),
        "last": ("dense", {"units": 3, "activation": "softmax"}),
        "loss": ("cross_entropy", {}),
    }
    return network(boxes, "data > last", "last > loss", *joins)


def test_a_spare_data_box_with_other_samples_can_be_removed() -> None:
    document = two("wine", "data.target > loss.target")
    problem = only(document, "unequal_data")
    assert problem.nodes == ("more", "data")
    assert problem.numbers == {"given": 178, "other": 150}
    assert codes(problem.fixes[0].edit(document)) == []


def test_all_can_be_read_from_one_of_two_data_boxes() -> None:
    document = two("wine", "more.target > loss.target")
    problem = only(document, "unequal_data")
    assert [fix.code for fix in problem.fixes] == ["read_from"]
    assert codes(problem.fixes[0].edit(document)) == []


def test_as_many_samples_of_both_are_no_problem() -> None:
    document = two("iris", "more.target > loss.target")
    assert codes(document) == []


def test_made_sets_are_given_as_many_samples() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "moons", "samples": 300}),
        "more": ("data", {"dataset": "circles", "samples": 100}),
        "last": ("dense", {"units": 2, "activation": "softmax"}),
        "loss": ("cross_entropy", {}),
    }
    document = network(boxes, "data > last", "last > loss", "more.target > loss.target")
    assert codes(only(document, "unequal_data").fixes[0].edit(document)) == []
