"""Functions of one number for pictures: the same as the kernels make of arrays."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import ACTIVATIONS, NONLINEARITIES
from engine.kernels.plain import activation as activating
from engine.kernels.plain import class_losses, losses, nonlinearity, regression_losses
from engine.layers import CATALOGUE
from engine.layers.activation import POINTWISE
from engine.layers.curves import CURVES
from engine.layers.loss_curves import loss_curve

X = np.array([[-3.7, -1.0, -0.2, 0.3, 1.0, 2.9, 4.0]])
ONE = np.ones(1)


def test_every_activation_of_single_values_has_a_curve() -> None:
    assert set(CURVES) == set(POINTWISE)


@pytest.mark.parametrize("name", POINTWISE)
def test_a_curve_is_what_the_kernel_computes(name: str) -> None:
    y, dx, alpha = np.empty_like(X), np.empty_like(X), 0.3
    if name in ACTIVATIONS:
        activating.activate(X, y, ACTIVATIONS[name])
        activating.activate_gradient(y, np.ones_like(X), dx, ACTIVATIONS[name])
    else:
        nonlinearity.nonlinearity(X, y, NONLINEARITIES[name], alpha)
        nonlinearity.nonlinearity_gradient(X, np.ones_like(X), dx, NONLINEARITIES[name], alpha)
    points = [CURVES[name](float(x), alpha) for x in X[0]]
    assert [value for value, _ in points] == pytest.approx(y[0])
    assert [slope for _, slope in points] == pytest.approx(dx[0])


def column(values: np.ndarray) -> np.ndarray:
    return values.reshape(-1, 1)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("mean_squared_error", {}),
        ("mean_absolute_error", {}),
        ("log_cosh", {}),
        ("huber", {"delta": 0.7}),
        ("hinge", {}),
        ("poisson", {"log_rate": False}),
        ("poisson", {"log_rate": True}),
    ],
)
def test_a_loss_of_one_answer_is_what_the_kernel_computes(
    kind: str, options: dict[str, object]
) -> None:
    curve = loss_curve(CATALOGUE[kind](**options))
    assert curve is not None
    xs = np.linspace(curve.low, curve.high, 7) + 0.01
    x, found, slopes = column(xs), np.empty(7), np.empty((7, 1))
    target = np.full((7, 1), curve.target if kind == "poisson" else float(kind == "hinge"))
    if kind == "mean_squared_error":
        losses.squared_error(x, target, found)
        losses.squared_error_gradient(x, target, ONE, slopes)
    elif kind == "mean_absolute_error":
        found[...] = np.abs(xs)
        regression_losses.absolute_error_gradient(x, target, ONE, slopes)
    elif kind == "huber":
        regression_losses.huber(x, target, 0.7, found)
        regression_losses.huber_gradient(x, target, 0.7, ONE, slopes)
    else:
        module = class_losses if kind == "hinge" else regression_losses
        name = "log_poisson" if options.get("log_rate") else kind
        getattr(module, name)(x, target, found)
        getattr(module, f"{name}_gradient")(x, target, ONE, slopes)
    points = [curve.at(float(each)) for each in xs]
    assert [loss for loss, _ in points] == pytest.approx(found, abs=1e-5)
    assert [slope for _, slope in points] == pytest.approx(slopes[:, 0], abs=1e-5)


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_the_surprise_at_a_probability_is_what_the_kernel_computes(smoothing: float) -> None:
    curve = loss_curve(CATALOGUE["binary_cross_entropy"](label_smoothing=smoothing))  # type: ignore[call-arg]
    assert curve is not None
    shares = np.array([0.05, 0.4, 0.5, 0.97])
    found, targets = np.empty(4), np.full((4, 1), 1.0 - smoothing / 2)
    losses.binary_cross_entropy(column(np.log(shares / (1 - shares))), targets, found)
    assert [curve.at(float(p))[0] for p in shares] == pytest.approx(found)
    step = 1e-6
    for p in shares:
        rise = (curve.at(p + step)[0] - curve.at(p - step)[0]) / (2 * step)
        assert curve.at(float(p))[1] == pytest.approx(rise, rel=1e-4)


def test_every_loss_has_a_curve_and_no_other_layer() -> None:
    for kind, layer in CATALOGUE.items():
        assert (loss_curve(layer()) is not None) == (layer.category == "loss"), kind
