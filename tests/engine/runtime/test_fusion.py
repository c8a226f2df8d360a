"""A way back that does less must give the same gradients, and leave alone what is looked at."""

from __future__ import annotations

from functools import partial
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.runtime import model as models
from engine.runtime.build import Buffer, Ref
from engine.runtime.memory import Array, Memory
from engine.runtime.model import Model
from engine.runtime.plan import Plan, make_plan
from engine.scripting import chain
from engine.spec.document import Document
from tests.engine.gradients import samples
from tests.engine.growing import grown
from tests.engine.layers.surroundings import around
from tests.engine.networks import SOFTMAX, Boxes, article, network

seeds = st.integers(0, 2**32)


def way_back(plan: Plan) -> list[str]:
    return [step.kernel for step in plan.backward]


def gradients(document: Document, fused: bool, backend: str) -> list[Array]:
    """The loss, all gradients and the samples' own, of one batch in double precision."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models, "make_plan", partial(make_plan, fused=fused))
        model = Model(
            document,
            dtype="float64",
            threads=2,
            batch_size=5,
            backend=backend,
            input_gradients=True,
        )
    x, y = samples(document, 5, np.random.default_rng(0))
    loss, found = model.loss_and_gradients(x, y)
    own = [model.input_gradient(5)] if model.plan.input_gradients else []
    model.predict(x)  # what lies between two steps is written by passes other than training
    answers = [model.memory.samples(ref, 5).copy() for ref in model.plan.outputs.values()]
    model.close()
    return [np.array(loss), *found.values(), *own, *answers]


def assert_same(document: Document, backend: str = "plain") -> None:
    with np.errstate(all="ignore"):
        expected = gradients(document, False, backend)
        actual = gradients(document, True, backend)
    for one, other in zip(actual, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-14)


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_any_network_has_the_same_gradients(seed: int) -> None:
    assert_same(grown(Random(seed)))


@pytest.mark.parametrize("activation", ["linear", "relu", "tanh", "sigmoid", "gelu"])
@pytest.mark.parametrize("options", [{}, {"size": 3, "stride": 1, "padding": "same"}])
def test_activations_before_a_pooling_have_the_same_gradients(activation, options) -> None:
    document = chain(
        ("data", {"dataset": "digits_8"}),
        ("conv2d", {"filters": 5, "activation": activation}),
        ("max_pool2d", options),
        ("flatten", {}),
        ("dense", {"units": 6, "activation": "tanh"}),
        ("dense", SOFTMAX),
        ("cross_entropy", {}),
    )
    assert_same(document)
    if activation in ("relu", "tanh"):
        assert_same(document, "cpu")


@pytest.mark.parametrize("kind", ["max_pool1d", "max_pool2d", "add", "dropout", "batch_norm"])
def test_layers_have_the_same_gradients(kind: str) -> None:
    for document in around(kind, {}):
        assert_same(document)


def test_the_slope_is_computed_where_the_picture_is_small() -> None:
    plan = make_plan(article())
    backward = way_back(plan)
    for place, step in enumerate(plan.backward):
        if step.kernel == "max_pool2d_gradient":
            assert backward[place - 1] == "activate_gradient"
            assert backward[place + 1] == "conv2d_weight_gradient"
    assert sorted(backward) == sorted(way_back(make_plan(article(), fused=False)))
    picture = 26 * 26 * 32 * 4  # once, not for the gradient before and after the slope
    parts = [Memory.need(make_plan(article(), fused=fused), 1, 1) for fused in (False, True)]
    assert parts[0].arrays - parts[1].arrays >= picture // 2


def normalised(activation: str) -> Document:
    """A block as in residual networks, activated after normalising and after adding."""
    boxes: Boxes = {
        "data": ("data", {"dataset": "digits_8"}),
        "conv": ("conv2d", {"filters": 5, "padding": "same"}),
        "norm": ("batch_norm", {}),
        "bend": ("activation", {"function": activation}),
        "again": ("conv2d", {"filters": 5, "padding": "same"}),
        "sum": ("add", {}),
        "last": ("activation", {"function": activation}),
        "flat": ("flatten", {}),
        "out": ("dense", SOFTMAX),
        "loss": ("cross_entropy", {}),
    }
    joins = "data > conv", "conv > norm", "norm > bend", "bend > again", "again > sum"
    ends = "sum > last", "last > flat", "flat > out", "out > loss"
    return network(boxes, *joins, "bend > sum", *ends, "data.target > loss.target")


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
def test_what_is_activated_at_once_has_the_same_gradients(activation: str) -> None:
    assert_same(normalised(activation))
    if activation in ("relu", "tanh"):
        assert_same(normalised(activation), "cpu")


def test_training_activates_at_once_and_other_passes_step_by_step() -> None:
    plan = make_plan(normalised("relu"))
    single = {"normalise_features", "activate", "add"}
    fused = ["normalise_and_activate", "add_and_activate"]
    training = [step.kernel for step in plan.steps("training")]
    assert [kernel for kernel in training if kernel in fused] == fused
    assert "normalise_features" not in training
    for mode in ("evaluation", "inference"):
        kernels = [step.kernel for step in plan.steps(mode)]
        assert single <= set(kernels)
        assert not set(fused) & set(kernels)
    whole = make_plan(normalised("relu"), fused=False)
    assert not {step.kernel for step in whole.forward} & set(fused)
    kept = make_plan(normalised("gelu"))  # its slope needs what went in
    assert not {step.kernel for step in kept.forward} & set(fused)


def test_a_picture_that_others_read_too_keeps_its_order() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "digits_8"}),
        "conv": ("conv2d", {"filters": 4, "activation": "relu"}),
        "pool": ("max_pool2d", {}),
        "mean": ("average_pool2d", {}),
        "sum": ("add", {}),
        "flat": ("flatten", {}),
        "out": ("dense", SOFTMAX),
        "loss": ("cross_entropy", {}),
    }
    joins = "data > conv", "conv > pool", "conv > mean", "pool > sum", "mean > sum"
    ends = "sum > flat", "flat > out", "out > loss", "data.target > loss.target"
    document = network(boxes, *joins, *ends)
    backward = way_back(make_plan(document))
    assert backward.index("activate_gradient") > backward.index("max_pool2d_gradient")
    assert_same(document)


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_nothing_that_is_looked_at_is_written_over(seed: int) -> None:
    document = grown(Random(seed))
    plain = make_plan(document, input_gradients=True, fused=False)
    plan = make_plan(document, input_gradients=True)
    written = {name: ref.buffer.name for name, ref in plan.input_gradients.items()}
    assert written == {name: ref.buffer.name for name, ref in plain.input_gradients.items()}
    looked_at = plan.looked_at
    for step in plan.backward:
        if step.kernel == "activate_gradient":
            dy, dx = (_buffer(argument) for argument in step.arguments[1:3])
            assert dy is not dx or dy not in looked_at


def _buffer(argument: object) -> Buffer:
    assert isinstance(argument, Ref)
    return argument.buffer
