"""Activations by name: the same codes in layers and kernels, the same function everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import ACTIVATIONS, NONLINEARITIES
from engine.layers import CATALOGUE
from engine.layers.activation import ACTIVATION, FUSED, KEEPING, POINTWISE, SIGMOID
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.scripting import chain
from engine.spec.options import Choice, Value, options_of
from tests.engine.gradients import assert_gradients
from tests.engine.networks import Box

# At −2, −0.5, 0.5, 2: the values of Keras 3.15's functions of the same name
KERAS = {
    "linear": (-2.0, -0.5, 0.5, 2.0),
    "relu": (0.0, 0.0, 0.5, 2.0),
    "leaky_relu": (-0.4, -0.1, 0.5, 2.0),
    "elu": (-0.8646647167633873, -0.3934693402873666, 0.5, 2.0),
    "selu": (-1.5201664685956948, -0.6917581878028713, 0.5253504936777402, 2.101401974710961),
    "gelu": (-0.04550026389635842, -0.15426876936299344, 0.34573123063700656, 1.9544997361036416),
    "silu": (-0.23840584404423515, -0.1887703343990727, 0.3112296656009273, 1.7615941559557649),
    "softplus": (0.12692801104297252, 0.4740769841801067, 0.9740769841801067, 2.1269280110429727),
    "sigmoid": (0.11920292202211755, 0.3775406687981454, 0.6224593312018546, 0.8807970779778823),
    "hard_sigmoid": (1 / 6, 5 / 12, 7 / 12, 5 / 6),
    "tanh": (-0.9640275800758169, -0.46211715726000973, 0.46211715726000973, 0.9640275800758169),
    "step": (0.0, 0.0, 1.0, 1.0),  # Keras has none
}


def network(*boxes: Box) -> Model:
    """A model on the plane whose last but one box is what is tested."""
    document = chain(
        ("data", {"dataset": "spirals", "scaling": "none"}),
        *boxes,
        ("dense", {"units": 2}),
        ("cross_entropy", {}),
    )
    return Model(document, threads=1, batch_size=2, dtype="float64", seed=1)


def outcome(model: Model, x: Array, name: str) -> Array:
    model.predict(x)
    return model.read("inference", model.plan.outputs[f"{name}.y"], len(x))


def test_codes_are_those_of_the_kernels() -> None:
    assert {**FUSED, "sigmoid": SIGMOID} == ACTIVATIONS
    assert KEEPING == NONLINEARITIES
    assert set(POINTWISE) == {*ACTIVATIONS, *NONLINEARITIES}
    assert set(ACTIVATION) == {*POINTWISE, "softmax"}


@pytest.mark.parametrize("kind", CATALOGUE)
def test_every_activation_that_is_offered_is_one_that_the_kernels_know(kind: str) -> None:
    for name in ("activation", "function", "recurrent_activation"):
        option = options_of(CATALOGUE[kind]).get(name)
        if isinstance(option, Choice):
            assert {*option.choices} <= {*ACTIVATION}


@pytest.mark.parametrize("kind", ["dense", "conv2d", "activation"])
def test_all_of_them_are_offered_where_the_layer_does_not_mind(kind: str) -> None:
    options = options_of(CATALOGUE[kind])
    option = options.get("activation", options.get("function"))
    assert isinstance(option, Choice)
    assert {*option.choices} >= {*POINTWISE}
    assert option.default == ("relu" if kind == "activation" else "linear")


@pytest.mark.parametrize("name", POINTWISE)
def test_a_function_is_keras_s_in_a_box_of_its_own_and_built_in(name: str) -> None:
    x = np.array([[-2.0, -0.5], [0.5, 2.0]])
    dense: dict[str, Value] = {"units": 2, "bias": False, "activation": name}
    for box in (("activation", {"function": name}), ("dense", dense | {"initializer": "identity"})):
        model = network(box)
        found = outcome(model, x, f"{box[0]}_1").ravel()
        np.testing.assert_allclose(found, KERAS[name], rtol=1e-12, atol=1e-15)
        model.close()


@pytest.mark.parametrize(
    ("function", "option", "value", "expected"),
    [("leaky_relu", "slope", 0.01, -0.02), ("elu", "alpha", 2.0, -1.7293294335267746)],
)
def test_functions_with_a_number_take_it(
    function: str, option: str, value: float, expected: float
) -> None:
    box: Box = "activation", {"function": function, option: value}
    model = network(box)
    found = outcome(model, np.array([[-2.0, 3.0]]), "activation_1")
    np.testing.assert_allclose(found, [[expected, 3.0]], rtol=1e-12)
    assert_gradients(model.document)
    model.close()


def test_the_gradient_goes_straight_through_a_step() -> None:
    model = network(("dense", {"units": 3, "activation": "step"}))
    x, y = np.array([[1.0, -2.0], [0.3, 0.4]]), np.array([0, 1])
    _, gradients = model.loss_and_gradients(x, y)
    probabilities = model.predict(x)
    dz = (probabilities - np.eye(2)[y]) / 2 @ model.parameters["dense_2/kernel"].T
    np.testing.assert_allclose(gradients["dense_1/kernel"], x.T @ dz, rtol=1e-12)
    model.close()


def test_prelu_begins_as_relu_and_learns_a_slope_for_each_channel() -> None:
    model = network(("prelu", {}))
    x = np.array([[-2.0, -0.5], [0.5, 2.0]])
    np.testing.assert_array_equal(outcome(model, x, "prelu_1"), np.maximum(x, 0))
    model.parameters["prelu_1/slope"][:] = 0.5, -1.0
    np.testing.assert_array_equal(outcome(model, x, "prelu_1"), [[-1.0, 0.5], [0.5, 2.0]])
    assert model.parameters["prelu_1/slope"].shape == (2,)
    model.close()
