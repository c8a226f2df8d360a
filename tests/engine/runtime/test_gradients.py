"""Whole networks with branches and merges: every gradient is the slope of the loss."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.runtime.model import Model
from engine.spec.document import Document
from tests.engine.gradients import assert_gradients, samples
from tests.engine.growing import grown
from tests.engine.networks import Box, network

ROWS: Box = ("data", {"dataset": "iris"})
PICTURES: Box = ("data", {"dataset": "digits_8"})
THREE: Box = ("dense", {"units": 3, "activation": "softmax"})
TEN: Box = ("dense", {"units": 10, "activation": "softmax"})
TANH: Box = ("dense", {"units": 4, "activation": "tanh"})
CONV: Box = ("conv2d", {"filters": 2, "padding": "same", "activation": "tanh"})
LOSS: Box = ("cross_entropy", {})
TARGET = "data.target > loss.target"

BRANCHED: dict[str, Document] = {
    "residual of rows": network(
        {"data": ROWS, "a": TANH, "b": TANH, "sum": ("add", {}), "c": THREE, "loss": LOSS},
        *("data > a", "a > b", "b > sum", "a > sum", "sum > c", "c > loss", TARGET),
    ),
    "residual of pictures, three inputs": network(
        {
            **{"data": PICTURES, "a": CONV, "b": CONV, "c": CONV, "sum": ("add", {})},
            **{"flat": ("flatten", {}), "d": TEN, "loss": LOSS},
        },
        *("data > a", "a > b", "b > c", "a > sum", "b > sum", "c > sum"),
        *("sum > flat", "flat > d", "d > loss", TARGET),
    ),
    "the data added to what was made of it": network(
        {"data": ROWS, "a": TANH, "sum": ("add", {}), "b": THREE, "loss": LOSS},
        *("data > a", "data > sum", "a > sum", "sum > b", "b > loss", TARGET),
    ),
    "one tensor read by four": network(
        {
            **{"data": ROWS, "a": TANH, "b": TANH, "c": TANH, "d": TANH, "sum": ("add", {})},
            **{"e": THREE, "loss": LOSS},
        },
        *("data > a", "a > b", "a > c", "a > d", "a > sum", "b > sum", "c > sum", "d > sum"),
        *("sum > e", "e > loss", TARGET),
    ),
    "pictures side by side": network(
        {
            **{"data": PICTURES, "a": CONV, "b": ("conv2d", {"filters": 3, "padding": "same"})},
            **{"all": ("concatenate", {}), "c": CONV, "flat": ("flatten", {}), "d": TEN},
            "loss": LOSS,
        },
        *("data > a", "data > b", "a > all", "b > all", "data > all"),
        *("all > c", "c > flat", "flat > d", "d > loss", TARGET),
    ),
    "rows side by side": network(
        {"data": ROWS, "a": TANH, "b": TANH, "all": ("concatenate", {}), "c": THREE, "loss": LOSS},
        *("data > a", "a > b", "a > all", "data > all", "b > all", "all > c", "c > loss", TARGET),
    ),
    "a picture flattened twice and used beside": network(
        {
            **{"data": PICTURES, "a": CONV, "f": ("flatten", {}), "g": ("flatten", {})},
            **{"b": CONV, "h": ("flatten", {}), "all": ("concatenate", {}), "d": TEN},
            "loss": LOSS,
        },
        *("data > a", "a > f", "f > g", "a > b", "b > h", "g > all", "h > all", "f > all"),
        *("all > d", "d > loss", TARGET),
    ),
    "two weighted losses of one output": network(
        {
            **{"data": ("data", {"dataset": "iris", "target": "one_hot"}), "a": TANH, "b": THREE},
            **{"loss": ("cross_entropy", {"weight": 0.7})},
            "other": ("mean_squared_error", {"weight": 2.5}),
        },
        *("data > a", "a > b", "b > loss", "b > other", TARGET, "data.target > other.target"),
    ),
    "two losses at different depths": network(
        {
            **{"data": ROWS, "a": TANH, "b": THREE, "c": TANH, "d": THREE},
            **{"loss": LOSS, "early": ("cross_entropy", {"weight": 0.3})},
        },
        *("data > a", "a > b", "b > early", "a > c", "c > d", "d > loss", TARGET),
        "data.target > early.target",
    ),
    "a dead end": network(
        {"data": ROWS, "a": TANH, "b": TANH, "c": TANH, "d": THREE, "loss": LOSS},
        *("data > a", "a > b", "b > c", "a > d", "d > loss", TARGET),
    ),
    "an auto-encoder": network(
        {
            **{"data": PICTURES, "f": ("flatten", {}), "a": TANH},
            **{"b": ("dense", {"units": 64}), "loss": ("mean_squared_error", {})},
        },
        *("data > f", "f > a", "a > b", "b > loss", "data.x > loss.target"),
    ),
    "two data boxes": network(
        {
            **{"data": ROWS, "more": ROWS, "a": TANH, "b": TANH, "sum": ("add", {}), "c": THREE},
            "loss": LOSS,
        },
        *("data > a", "more > b", "a > sum", "b > sum", "sum > c", "c > loss", TARGET),
    ),
}


@pytest.mark.parametrize(
    "name", [n for n in BRANCHED if n not in ("an auto-encoder", "two data boxes")]
)
@pytest.mark.parametrize("threads", [1, 3])
def test_gradients_of_branched_networks(name: str, threads: int) -> None:
    assert_gradients(BRANCHED[name], threads=threads)


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_gradients_of_random_networks(seed: int) -> None:
    random = Random(seed)
    assert_gradients(grown(random), count=4, threads=random.choice((1, 2)), seed=seed)


def test_a_dead_end_has_no_gradient_and_is_not_computed_backwards() -> None:
    model = Model(BRANCHED["a dead end"], dtype="float64", batch_size=4)
    x, y = samples(model.document, 4, np.random.default_rng(0))
    _, gradients = model.loss_and_gradients(x, y)
    for name, gradient in gradients.items():
        assert np.any(gradient) == (name.partition("/")[0] in ("a", "d")), name
    assert {step.node for step in model.plan.backward} == {"a", "d", "loss"}


def test_an_auto_encoder_learns_its_own_input() -> None:
    model = Model(BRANCHED["an auto-encoder"], dtype="float64", batch_size=4)
    x, y = samples(model.document, 4, np.random.default_rng(0))
    loss, _ = model.loss_and_gradients(x, y)
    answer = model.predict(x)
    assert loss == pytest.approx(np.mean((answer - x.reshape(4, 64)) ** 2), rel=1e-12)


def test_without_a_slope_to_the_samples_none_is_computed() -> None:
    plain = Model(BRANCHED["residual of rows"], batch_size=4)
    whole = Model(BRANCHED["residual of rows"], batch_size=4, input_gradients=True)
    assert plain.plan.input_gradients == {}
    assert set(whole.plan.input_gradients) == {"data"}
    assert len(plain.plan.backward) < len(whole.plan.backward)
