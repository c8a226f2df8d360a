"""Warnings about what stands behind the last layer."""

from __future__ import annotations

import pytest

from engine.layers.analysis import analyse
from engine.scripting import chain
from tests.engine.layers.doubtful import assert_each_fix_helps, codes, only
from tests.engine.networks import Box

IRIS: Box = ("data", {"dataset": "iris"})
LAST: Box = ("dense", {"units": 3, "activation": "softmax"})
LOSS: Box = ("cross_entropy", {})
HIDDEN: Box = ("dense", {"units": 8, "activation": "relu"})


@pytest.mark.parametrize("kind", ["dropout", "gaussian_noise", "batch_norm", "layer_norm"])
def test_noise_and_norms_behind_the_last_layer_are_doubted(kind: str) -> None:
    document = chain(IRIS, HIDDEN, LAST, (kind, {}), LOSS)
    code = "norm_at_end" if kind.endswith("norm") else "noise_at_end"
    assert_each_fix_helps(document, code)
    assert only(document, code).nodes == (f"{kind}_1", "dense_2")


def test_dropout_moves_before_the_last_layer() -> None:
    softmax: Box = ("activation", {"function": "softmax"})
    document = chain(IRIS, HIDDEN, ("dense", {"units": 3}), softmax, ("dropout", {}), LOSS)
    fix = only(document, "noise_at_end").fixes[0]
    assert fix.code == "move_before"
    after = fix.edit(document)
    assert not analyse(after).problems
    assert [edge.source for edge in after.network.into("dropout_1")] == ["dense_1"]


def test_noise_before_the_last_layer_is_no_doubt() -> None:
    boxes: tuple[Box, ...] = (HIDDEN, ("batch_norm", {}), ("dropout", {}), LAST)
    assert codes(chain(IRIS, *boxes, LOSS)) == []
    assert codes(chain(IRIS, ("batch_norm", {}), LAST, LOSS)) == []


def test_one_right_class_is_not_asked_for_with_many_questions() -> None:
    data: Box = ("data", {"dataset": "iris", "target": "one_hot"})
    last: Box = ("dense", {"units": 3, "activation": "sigmoid"})
    document = chain(data, HIDDEN, last, ("binary_cross_entropy", {}))
    (fix,) = only(document, "many_questions").fixes
    assert codes(fix.edit(document)) == []
