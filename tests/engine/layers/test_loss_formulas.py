"""Every loss against its formula, written out; and the slopes of all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.layers.analysis import analyse
from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.runtime.sources import WrongNumbers
from engine.runtime.trainer import Trainer
from engine.spec.document import Document
from engine.spec.options import Value
from tests.engine.gradients import STEP
from tests.engine.networks import Boxes, network

Formula = Callable[[Array, Array], Array]


def one_layer(loss: str, data: dict[str, Value], units: int, **options: Value) -> Document:
    boxes: Boxes = {
        "data": ("data", data),
        "last": ("dense", {"units": units}),
        "loss": (loss, options),
    }
    return network(boxes, "data > last", "last > loss", "data.target > loss.target")


def log_softmax(z: Array) -> Array:
    shifted = z - z.max(axis=1, keepdims=True)
    found: Array = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return found


def kl(z: Array, t: Array) -> Array:
    logs = np.log(np.where(t > 0, t, 1))
    found: Array = (t * (logs - log_softmax(z))).sum(axis=1)
    return found


def categorical_hinge(z: Array, t: Array) -> Array:
    return np.maximum(((1 - t) * z).max(axis=1) - (t * z).sum(axis=1) + 1, 0)


def huber(z: Array, t: Array) -> Array:
    e = np.abs(z - t)
    return np.asarray(np.where(e <= 0.5, e * e / 2, 0.5 * (e - 0.25)).mean(axis=1))


NUMBERS: dict[str, tuple[dict[str, Value], Formula]] = {
    "mean_squared_error": ({}, lambda z, t: ((z - t) ** 2).mean(axis=1)),
    "mean_absolute_error": ({}, lambda z, t: np.abs(z - t).mean(axis=1)),
    "huber": ({"delta": 0.5}, huber),
    "log_cosh": ({}, lambda z, t: np.log(np.cosh(z - t)).mean(axis=1)),
    "poisson": ({}, lambda z, t: (np.exp(z) - t * z).mean(axis=1)),
    "binary_cross_entropy": ({}, lambda z, t: (np.logaddexp(0, z) - t * z).mean(axis=1)),
    "hinge": ({}, lambda z, t: np.maximum(0, 1 - np.where(t > 0.5, 1, -1) * z).mean(axis=1)),
    "cross_entropy": ({}, lambda z, t: -(t * log_softmax(z)).sum(axis=1)),
    "kl_divergence": ({}, kl),
    "categorical_hinge": ({}, categorical_hinge),
}


def checked(model: Model, x: Array, y: Array, formula: Callable[[Array], float]) -> None:
    """Loss and gradient of one dense layer, where formula takes its outputs."""
    w, b = model.parameters["last/kernel"], model.parameters["last/bias"]
    found, gradients = model.loss_and_gradients(x, y)
    gradients = {name: gradient.copy() for name, gradient in gradients.items()}
    assert found == pytest.approx(formula(x @ w + b), rel=1e-9)
    rng = np.random.default_rng(5)
    for name, gradient in gradients.items():
        value = model.parameters[name]
        direction = rng.standard_normal(value.shape)
        value += STEP * direction
        above = formula(x @ w + b)
        value -= 2 * STEP * direction
        below = formula(x @ w + b)
        value += STEP * direction
        slope = (above - below) / (2 * STEP)
        assert np.vdot(gradient, direction) == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("loss", NUMBERS)
@pytest.mark.parametrize("backend", ["plain", "cpu"])
def test_the_loss_is_its_formula_and_the_gradient_its_slope(loss: str, backend: str) -> None:
    options, formula = NUMBERS[loss]
    document = one_layer(loss, {"dataset": "iris", "target": "one_hot"}, 3, weight=2.0, **options)
    model = Model(document, dtype="float64", seed=2, batch_size=9, threads=2, backend=backend)
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((9, 4)), rng.dirichlet(np.ones(3), 9)
    if loss in ("hinge", "categorical_hinge"):
        y = np.eye(3)[rng.integers(0, 3, 9)]
    checked(model, x, y, lambda z: 2 * float(formula(z, y).mean()))
    model.close()


@pytest.mark.parametrize("loss", ["cross_entropy", "categorical_hinge"])
def test_class_numbers_are_the_same_as_rows_with_a_one(loss: str) -> None:
    rng = np.random.default_rng(0)
    x, labels = rng.standard_normal((9, 4)), rng.integers(0, 3, 9)
    document = one_layer(loss, {"dataset": "iris"}, 3)
    model = Model(document, dtype="float64", batch_size=9)
    formula, y = NUMBERS[loss][1], np.eye(3)[labels]
    checked(model, x, labels, lambda z: float(formula(z, y).mean()))


@pytest.mark.parametrize("target", ["labels", "one_hot"])
@pytest.mark.parametrize("smoothing", [0.1, 1.0])
def test_label_smoothing(target: str, smoothing: float) -> None:
    rng = np.random.default_rng(0)
    x, labels = rng.standard_normal((9, 4)), rng.integers(0, 3, 9)
    data: dict[str, Value] = {"dataset": "iris", "target": target}
    model = Model(
        one_layer("cross_entropy", data, 3, label_smoothing=smoothing),
        dtype="float64",
        batch_size=9,
    )
    y = np.eye(3)[labels]
    smoothed = y * (1 - smoothing) + smoothing / 3
    given = y if target == "one_hot" else labels
    checked(model, x, given, lambda z: -float((smoothed * log_softmax(z)).sum(axis=1).mean()))
    z = x @ model.parameters["last/kernel"] + model.parameters["last/bias"]
    accuracy = model.evaluate(x, given)["accuracy"]
    assert accuracy == pytest.approx((z.argmax(axis=1) == labels).mean())


def test_label_smoothing_of_yes_and_no() -> None:
    rng = np.random.default_rng(0)
    x, labels = rng.standard_normal((9, 2)), rng.integers(0, 2, 9)
    document = one_layer("binary_cross_entropy", {"dataset": "moons"}, 1, label_smoothing=0.2)
    t = labels[:, None] * 0.8 + 0.1
    model = Model(document, dtype="float64", batch_size=9)
    checked(model, x, labels, lambda z: float((np.logaddexp(0, z) - t * z).mean()))


@pytest.mark.parametrize("target", ["labels", "one_hot"])
def test_class_weights_multiply_losses_and_leave_the_divisor(target: str) -> None:
    rng = np.random.default_rng(0)
    x, labels = rng.standard_normal((9, 4)), rng.integers(0, 3, 9)
    data: dict[str, Value] = {"dataset": "iris", "target": target}
    document = one_layer(
        "cross_entropy", data, 3, class_weights="balanced", label_smoothing=0.1, weight=3.0
    )
    model = Model(document, dtype="float64", batch_size=9, threads=2)
    weights = np.array([0.5, 2.0, 0.0])
    model.set_class_weights(weights)
    y = np.eye(3)[labels]
    smoothed = y * 0.9 + 0.1 / 3

    def formula(z: Array) -> float:
        losses = -(smoothed * log_softmax(z)).sum(axis=1)
        return 3 * float((weights[labels] * losses).sum() / 9)

    given = y if target == "one_hot" else labels
    checked(model, x, given, formula)
    z = x @ model.parameters["last/kernel"] + model.parameters["last/bias"]
    hits = (z.argmax(axis=1) == labels).mean()
    assert model.evaluate(x, given)["accuracy"] == pytest.approx(hits)
    for wrong in ([1.0, 1.0], [1.0, -1.0, 1.0], [1.0, np.nan, 1.0]):
        with pytest.raises(ValueError, match="expected"):
            model.set_class_weights(np.array(wrong))
    model.close()


def test_balanced_weights_are_those_of_scikit_learn() -> None:
    from sklearn.utils.class_weight import compute_class_weight

    document = one_layer("cross_entropy", {"dataset": "digits_8"}, 10, class_weights="balanced")
    boxes: Boxes = {
        "data": ("data", {"dataset": "digits_8"}),
        "flat": ("flatten", {}),
        "last": ("dense", {"units": 10}),
        "loss": ("cross_entropy", {"class_weights": "balanced"}),
    }
    ends = "flat > last", "last > loss", "data.target > loss.target"
    document = network(boxes, "data > flat", *ends)
    trainer = Trainer(Model(document, dtype="float64"))
    labels = trainer.sources["training"]["data.target"][:, 0]
    buffer = trainer.model.plan.outcomes[0].class_weights
    assert buffer is not None
    expected = compute_class_weight("balanced", classes=np.arange(10), y=labels)
    np.testing.assert_allclose(trainer.model.memory.shared(buffer), expected, rtol=1e-12)
    trainer.advance()
    with pytest.raises(ValueError, match="weighs no classes"):
        Model(one_layer("cross_entropy", {"dataset": "iris"}, 3)).set_class_weights(np.ones(3))


def test_class_weights_of_yes_and_no() -> None:
    rng = np.random.default_rng(0)
    x, labels = rng.standard_normal((9, 2)), rng.integers(0, 2, 9)
    document = one_layer("binary_cross_entropy", {"dataset": "moons"}, 1, class_weights="balanced")
    model = Model(document, dtype="float64", batch_size=9)
    model.set_class_weights(np.array([0.5, 4.0]))
    weights = np.where(labels, 4.0, 0.5)[:, None]
    t = labels[:, None]
    checked(model, x, labels, lambda z: float((weights * (np.logaddexp(0, z) - t * z)).mean()))


def test_answers_of_losses_that_have_their_own_scale() -> None:
    x = np.random.default_rng(0).standard_normal((5, 1))
    rate = Model(one_layer("poisson", {"dataset": "wave"}, 1), dtype="float64")
    z = x @ rate.parameters["last/kernel"] + rate.parameters["last/bias"]
    np.testing.assert_allclose(rate.predict(x), np.exp(z), rtol=1e-12)
    scores = rate.evaluate(x, np.abs(x))
    assert scores["mean_absolute_error"] == pytest.approx(np.abs(np.exp(z) - np.abs(x)).mean())
    assert scores["root_mean_squared_error"] == pytest.approx(
        np.sqrt(np.mean((np.exp(z) - np.abs(x)) ** 2))
    )


def test_rates_as_outputs_are_the_loss_of_keras() -> None:
    document = one_layer("poisson", {"dataset": "wave"}, 1, log_rate=False)
    model = Model(document, dtype="float64", batch_size=5)
    model.parameters["last/bias"][:] = 3
    x = np.linspace(0, 1, 5)[:, None]
    checked(model, x, x, lambda rate: float((rate - x * np.log(rate + 1e-7)).mean()))


@pytest.mark.parametrize(
    ("loss", "wrong", "expected"),
    [
        ("poisson", -1.0, "≥ 0"),
        ("kl_divergence", -0.1, "0 … 1"),
        ("cross_entropy", 1.5, "0 … 1"),
        ("binary_cross_entropy", 2.0, "0 … 1"),
        ("hinge", 3.0, "-1 … 1"),
        ("mean_squared_error", np.nan, "-∞ … ∞"),
    ],
)
def test_targets_without_a_meaning_are_refused(loss: str, wrong: float, expected: str) -> None:
    model = Model(one_layer(loss, {"dataset": "iris", "target": "one_hot"}, 3), batch_size=4)
    x, y = np.zeros((4, 4)), np.eye(4, 3)
    model.evaluate(x, y)
    y[2, 1] = wrong
    with pytest.raises(WrongNumbers, match=expected):
        model.evaluate(x, y)


def test_a_run_with_such_targets_does_not_begin() -> None:
    model = Model(one_layer("poisson", {"dataset": "wave"}, 1))
    with pytest.raises(WrongNumbers, match=r"loss ← data\.target: -.* given, ≥ 0 expected"):
        Trainer(model)


@pytest.mark.parametrize(
    ("loss", "dataset", "target", "units", "code", "fixes"),
    [
        ("hinge", "iris", "labels", 1, "target_not_binary", ["exchange"]),
        ("huber", "iris", "labels", 3, "target_is_class", ["exchange", "set"]),
        ("kl_divergence", "iris", "labels", 3, "target_is_class", ["exchange", "set"]),
        ("categorical_hinge", "wave", "labels", 1, "target_not_classes", ["exchange"]),
        ("categorical_hinge", "iris", "labels", 2, "outputs_not_classes", ["set"]),
        ("poisson", "wave", "labels", 2, "outputs_not_targets", ["set"]),
    ],
)
def test_a_target_of_the_wrong_kind_can_be_repaired(
    loss: str, dataset: str, target: str, units: int, code: str, fixes: list[str]
) -> None:
    document = one_layer(loss, {"dataset": dataset, "target": target}, units)
    (problem,) = analyse(document).errors
    assert problem.code == code
    found = [fix.code for fix in problem.fixes]
    assert found[: len(fixes)] == fixes
    for fix in problem.fixes[: len(fixes)]:
        mended = analyse(fix.edit(document)).errors
        assert code not in [each.code for each in mended]


def test_class_weights_need_classes() -> None:
    data: dict[str, Value] = {"dataset": "iris", "target": "one_hot"}
    document = one_layer("binary_cross_entropy", data, 3, class_weights="balanced")
    (problem,) = analyse(document).errors
    assert problem.code == "no_classes_to_weigh"
    assert not analyse(problem.fixes[0].edit(document)).errors


def test_several_losses_are_added_with_their_weights() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris", "target": "one_hot"}),
        "last": ("dense", {"units": 3}),
        "kl": ("kl_divergence", {"weight": 0.5}),
        "hinge": ("categorical_hinge", {"weight": 2.0}),
        "huber": ("huber", {"weight": 3.0, "delta": 0.5}),
    }
    ends = [f"last > {name}" for name in ("kl", "hinge", "huber")]
    ends += [f"data.target > {name}.target" for name in ("kl", "hinge", "huber")]
    model = Model(network(boxes, "data > last", *ends), dtype="float64", batch_size=9, threads=2)
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((9, 4)), np.eye(3)[rng.integers(0, 3, 9)]

    def formula(z: Array) -> float:
        parts = 0.5 * kl(z, y), 2 * categorical_hinge(z, y), 3 * huber(z, y)
        return float(sum(part.mean() for part in parts))

    checked(model, x, y, formula)
    names = set(model.evaluate(x, y))
    assert {"loss", "kl/accuracy", "hinge/accuracy", "huber/mean_absolute_error"} <= names
    model.close()


def test_perplexity_and_top_5_where_they_tell_something() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "digit_rows"}),
        "last": ("dense", {"units": 8}),
        "loss": ("cross_entropy", {}),
    }
    model = Model(
        network(boxes, "data > last", "last > loss", "data.x > loss.target"), dtype="float64"
    )
    scores = model.evaluate(np.random.default_rng(0).random((3, 8, 8)), np.zeros(3))
    assert scores["perplexity"] == pytest.approx(np.exp(scores["loss"]))
    assert "top_5_accuracy" not in scores
