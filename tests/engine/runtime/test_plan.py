"""The plan: a flat list of steps, with nothing in it that nobody needs."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.kernels import load
from engine.runtime.build import GRADIENT, MEET, Build, Ref
from engine.runtime.model import Model
from engine.runtime.plan import NotReady, Plan, make_plan
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.shapes import features
from tests.engine.growing import grown
from tests.engine.networks import SOFTMAX, Boxes, article, network, spiral_mlp

seeds = st.integers(0, 2**32)
# which of three layers are frozen
FROZEN = [(False, False, False), (True, False, False), (True, True, False), (True, True, True)]


def kernels(plan: Plan, mode: str) -> list[str]:
    return [step.kernel for step in plan.steps(mode)]


def test_the_article_in_steps() -> None:
    plan = make_plan(article())
    assert kernels(plan, "inference") == [
        "gather",
        *("conv2d", "max_pool2d", "conv2d", "max_pool2d"),
        *("dense", "dense", "softmax"),
    ]
    assert kernels(plan, "evaluation") == [
        *("gather", "gather"),
        *("conv2d", "max_pool2d", "conv2d", "max_pool2d"),
        *("dense", "dense", "softmax", "cross_entropy", "label_hits"),
    ]
    assert [step.kernel for step in plan.backward] == [
        "cross_entropy_gradient",  # no softmax_gradient: it is part of this step
        *("dense_weight_gradient", "dense_input_gradient"),
        *("activate_gradient", "dense_weight_gradient", "dense_input_gradient"),
        *("activate_gradient", "max_pool2d_gradient"),  # in this order, see `fusion`
        *("conv2d_weight_gradient", "conv2d_input_gradient"),
        *("activate_gradient", "max_pool2d_gradient"),
        "conv2d_weight_gradient",  # nobody asks for the picture's gradient
    ]
    assert plan.size == 121_930
    assert plan.sources.keys() == {("data_1", "x"), ("data_1", "target")}


def test_dropout_is_a_copy_outside_training() -> None:
    plan = make_plan(spiral_mlp())
    assert "dropout" in kernels(plan, "training")
    assert "dropout" not in kernels(plan, "evaluation") + kernels(plan, "inference")


@given(seeds)
def test_every_step_names_a_kernel_of_every_backend(seed: int) -> None:
    plan = make_plan(grown(Random(seed)), input_gradients=True)
    for backend in ("plain", "cpu"):
        known = {*load(backend), MEET}
        assert all(step.kernel in known for step in (*plan.forward, *plan.backward))


@given(seeds)
def test_weights_lie_one_behind_the_other(seed: int) -> None:
    plan = make_plan(grown(Random(seed)))
    end = 0
    for place in plan.parameters:
        assert place.start == end
        end = place.stop
    assert end == plan.size
    assert len({place.name for place in plan.parameters}) == len(plan.parameters)


def test_a_gradient_read_by_one_is_not_copied_and_by_more_is_added_up() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris"}),
        "a": ("dense", {"units": 3}),
        "b": ("dense", {"units": 3}),
        "sum": ("add", {}),
        "loss": ("cross_entropy", {}),
    }
    joins = "data > a", "a > b", "a > sum", "b > sum", "sum > loss", "data.target > loss.target"
    plan = make_plan(network(boxes, *joins))
    backward = [step.kernel for step in plan.backward]
    assert backward.count("add") == 1
    alone = [step.kernel for step in make_plan(spiral_mlp()).backward]
    assert "add" not in alone
    assert "copy" not in alone


def chained(*frozen: bool) -> Plan:
    """Three layers with weights, of which some are frozen."""
    conv, hidden, last = ({"frozen": each} for each in frozen)
    return make_plan(
        chain(
            ("data", {"dataset": "digits_8"}),
            ("conv2d", {"filters": 4, "activation": "relu", **conv}),
            ("max_pool2d", {}),
            ("flatten", {}),
            ("dense", {"units": 8, "activation": "relu", **hidden}),
            ("dense", {**SOFTMAX, **last}),
            ("cross_entropy", {}),
        )
    )


def test_before_the_first_layer_that_learns_no_gradient_is_computed() -> None:
    """A frozen first part costs its forward pass only."""
    steps = {frozen: [s.kernel for s in chained(*frozen).backward] for frozen in FROZEN}
    loss, weights, inputs = (
        "cross_entropy_gradient",
        "dense_weight_gradient",
        "dense_input_gradient",
    )
    whole = [loss, weights, inputs, "activate_gradient", weights, inputs]
    picture = ["activate_gradient", "max_pool2d_gradient", "conv2d_weight_gradient"]
    assert steps[False, False, False] == [*whole, *picture]
    assert steps[True, False, False] == whole[:-1]
    assert steps[True, True, False] == [loss, weights]
    assert steps[True, True, True] == []


def test_a_frozen_layer_behind_one_that_learns_only_hands_the_gradient_on() -> None:
    kernels = [step.kernel for step in chained(False, True, True).backward]
    assert "dense_weight_gradient" not in kernels
    assert kernels.count("dense_input_gradient") == 2
    assert kernels[-1] == "conv2d_weight_gradient"


@given(seeds)
def test_gradients_are_computed_for_weights_that_learn_and_no_others(seed: int) -> None:
    plan = make_plan(grown(Random(seed)))
    arguments = (a for step in plan.backward for a in step.arguments if isinstance(a, Ref))
    written = {a.buffer.name for a in arguments if a.buffer.space == GRADIENT}
    frozen = {p.name for p in plan.parameters if not p.weight.trainable}
    assert not written & frozen


def test_a_network_that_learns_nothing_still_knows_its_loss() -> None:
    document = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 3, "frozen": True}),
        ("cross_entropy", {}),
    )
    model = Model(document, batch_size=4, backend="plain")
    x, y = np.ones((4, 4)), np.zeros(4, int)
    loss, gradients = model.loss_and_gradients(x, y)
    assert loss > 0
    assert not any(value.any() for value in gradients.values())
    assert model.train_step(x, y)["loss"] == model.train_step(x, y)["loss"]


def test_the_same_drawing_gives_the_same_steps() -> None:
    def told(plan: Plan) -> list[tuple[str, str]]:
        return [(step.node, step.kernel) for step in (*plan.forward, *plan.backward)]

    assert told(make_plan(article())) == told(make_plan(article()))


def test_what_is_wrong_with_a_drawing_is_named() -> None:
    with pytest.raises(NotReady) as caught:
        make_plan(network({"a": ("dense", {}), "loss": ("cross_entropy", {})}, "a > loss"))
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["no_input", "no_target", "no_data"]
    assert "no_input at a" in str(caught.value)
    with pytest.raises(NotReady, match="no_data at -"):
        make_plan(Document())


def test_a_weight_that_is_not_declared_is_empty() -> None:
    build = Build()
    build.begin("a", {})
    assert build.weight("bias").value.shape == (0,)


def test_streams_of_randomness_are_told_apart() -> None:
    build = Build()
    assert build.stream() != build.stream()


def test_a_step_of_the_way_back_belongs_into_a_block() -> None:
    build = Build()
    build.begin("a", {})
    x = build.tensor(features(3))
    with pytest.raises(AssertionError, match="inside"):
        build.step("copy", x.row, x.row)
