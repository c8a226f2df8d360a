"""What all layers with weights share: initial values, freezing, penalties, a bound on the norm."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers import CATALOGUE
from engine.layers.analysis import analyse
from engine.layers.conv2d import Conv2D
from engine.layers.dense import Dense
from engine.layers.weighted import Trained, Weighted
from engine.runtime.model import Model
from engine.scripting import chain
from engine.spec.shapes import features, image
from tests.engine.layers.surroundings import around


def test_penalties_are_for_kernels_and_not_for_biases() -> None:
    layer = Dense(units=3, l1=0.1, l2=0.2, max_norm=3.0)
    found = layer.weights({"x": (features(4),)})
    kernel, bias = found["kernel"], found["bias"]
    assert (kernel.l1, kernel.l2, kernel.max_norm) == (0.1, 0.2, 3.0)
    assert (bias.l1, bias.l2, bias.max_norm) == (0, 0, 0)


def test_freezing_is_for_all_weights() -> None:
    found = Conv2D(frozen=True).weights({"x": (image(8, 8, 1),)})
    assert found.keys() == {"kernel", "bias"}
    assert not any(weight.trainable for weight in found.values())


def test_the_chosen_initializer_is_that_of_the_kernel() -> None:
    layer = Dense(units=3, initializer="constant", initial_value=0.7)
    found = layer.weights({"x": (features(4),)})
    assert (found["kernel"].initializer, found["kernel"].constant) == ("constant", 0.7)
    assert found["bias"].initializer == "zeros"


def test_frozen_weights_stay_while_the_others_learn() -> None:
    document = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 5, "activation": "tanh", "frozen": True}),
        ("dense", {"units": 3, "activation": "softmax"}),
        ("cross_entropy", {}),
    )
    model = Model(document, threads=1, batch_size=4)
    before = {name: value.copy() for name, value in model.parameters.items()}
    rng = np.random.default_rng(0)
    model.train_step(rng.standard_normal((4, 4)), np.arange(4) % 3)
    for name, value in model.parameters.items():
        assert np.array_equal(value, before[name]) == name.startswith("dense_1/")
    model.close()


def test_a_network_with_nothing_to_learn_runs_all_the_same() -> None:
    document = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 3, "frozen": True}),
        ("cross_entropy", {}),
    )
    model = Model(document, threads=1, batch_size=4)
    before = model.parameters["dense_1/kernel"].copy()
    model.train_step(np.ones((4, 4)), np.arange(4) % 3)
    np.testing.assert_array_equal(model.parameters["dense_1/kernel"], before)
    model.close()


@pytest.mark.parametrize("kind", CATALOGUE)
def test_whatever_keeps_weights_can_be_frozen_and_its_kernels_chosen(kind: str) -> None:
    layer = CATALOGUE[kind]
    weights = [w for d in around(kind, {}) for w in analyse(d).facts["layer"].weights.values()]
    assert issubclass(layer, Trained) == bool(weights)
    kernels = [weight for weight in weights if len(weight.shape) > 1]
    assert issubclass(layer, Weighted) == bool(kernels)
    for document in around(kind, {"frozen": True}) if weights else []:
        found = analyse(document).facts["layer"].weights.values()
        assert not any(weight.trainable for weight in found)
    for document in around(kind, {"initializer": "identity", "l2": 0.5}) if kernels else []:
        found = analyse(document).facts["layer"].weights.values()
        assert any(weight.initializer == "identity" for weight in found)
        assert all(weight.l2 == 0.5 * (len(weight.shape) > 1) for weight in found)
