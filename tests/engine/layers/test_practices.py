"""Warnings about training."""

from __future__ import annotations

import pytest

from engine.layers.analysis import analyse
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.layers.doubtful import assert_each_fix_helps, codes, only
from tests.engine.networks import Box

IRIS: Box = ("data", {"dataset": "iris"})
HIDDEN: Box = ("dense", {"units": 8, "activation": "relu"})
LAST: Box = ("dense", {"units": 3, "activation": "softmax"})
LOSS: Box = ("cross_entropy", {})


def trained(**training: Value) -> Document:
    return chain(IRIS, HIDDEN, LAST, LOSS, training=training)


@pytest.mark.parametrize(
    ("optimizer", "rate", "code"),
    [
        ("adam", 0.5, "rate_high"),
        ("sgd", 0.5, ""),
        ("sgd", 3.0, "rate_high"),
        ("adadelta", 0.001, "rate_low"),
        ("adam", 1e-8, "rate_low"),
        ("lion", 0.1, "rate_high"),
    ],
)
def test_a_rate_that_the_optimizer_is_not_used_with_is_doubted(
    optimizer: str, rate: float, code: str
) -> None:
    document = trained(optimizer=optimizer, learning_rate=rate)
    assert codes(document) == [code] * bool(code)
    if code:
        assert not analyse(only(document, code).fixes[0].edit(document)).problems


def test_a_batch_of_more_samples_than_there_are_is_doubted() -> None:
    document = trained(batch_size=500)
    fix = only(document, "batch_over_data").fixes[0]
    assert fix.edit(document).training.batch_size == 25
    assert not analyse(fix.edit(document)).problems
    assert not analyse(trained(batch_size=102)).problems


def test_a_drawing_without_a_loss_is_not_trained_yet() -> None:
    document = chain(IRIS, HIDDEN, training={"learning_rate": 50.0})
    assert codes(document) == ["no_loss"]


def test_a_network_without_weights_is_doubted() -> None:
    data: Box = ("data", {"dataset": "wave"})
    document = chain(data, ("mean_squared_error", {}))
    assert_each_fix_helps(document, "nothing_learns")


def test_a_network_that_is_frozen_everywhere_is_doubted() -> None:
    hidden: Box = ("dense", {**HIDDEN[1], "frozen": True})
    last: Box = ("dense", {**LAST[1], "frozen": True})
    document = chain(IRIS, hidden, last, LOSS)
    assert codes(document) == ["all_frozen"]
    assert not analyse(only(document, "all_frozen").fixes[0].edit(document)).problems
    assert codes(chain(IRIS, hidden, LAST, LOSS)) == []


def test_units_that_begin_alike_are_doubted_but_in_the_last_layer() -> None:
    document = chain(IRIS, ("dense", {**HIDDEN[1], "initializer": "zeros"}), LAST, LOSS)
    assert_each_fix_helps(document, "same_start")
    last: Box = ("dense", {**LAST[1], "initializer": "zeros"})
    assert codes(chain(IRIS, HIDDEN, last, LOSS)) == []


def test_much_dropout_is_doubted() -> None:
    document = chain(IRIS, HIDDEN, ("dropout", {"rate": 0.95}), LAST, LOSS)
    assert codes(document) == ["dropout_high"]
    assert_each_fix_helps(document, "dropout_high")
