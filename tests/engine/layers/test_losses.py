"""Losses: fused with softmax or sigmoid they are the same mathematics, only more exact."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from engine.runtime.memory import Array
from engine.runtime.model import Model
from engine.spec.document import Document
from tests.engine.networks import Box, Boxes, network

IRIS: Box = ("data", {"dataset": "iris"})
MOONS: Box = ("data", {"dataset": "moons"})
FLAT: Box = ("flatten", {})


def ways(function: str, loss: str, data: Box, units: int) -> list[Document]:
    """The same network drawn in all ways that a person may choose."""
    fused = ("dense", {"units": units, "activation": function})
    apart = ("dense", {"units": units})
    box = ("activation", {"function": function})
    ends: list[Boxes] = [
        {"a": apart},  # the loss applies the function itself
        {"a": fused},
        {"a": apart, "b": box},
        {"a": fused, "b": FLAT},
        {"a": apart, "b": box, "c": FLAT, "d": FLAT},
        {"a": apart, "b": FLAT, "c": box, "d": FLAT},
    ]
    made = []
    for end in ends:
        ids = ["data", *end, "loss"]
        joins = [f"{a} > {b}" for a, b in pairwise(ids)]
        boxes: Boxes = {"data": data, **end, "loss": (loss, {})}
        made.append(network(boxes, *joins, "data.target > loss.target"))
    return made


def results(
    document: Document, x: Array, y: Array, scale: float
) -> tuple[float, list[Array], Array]:
    model = Model(document, dtype="float64", seed=4, batch_size=len(x))
    rng = np.random.default_rng(5)
    for value in model.parameters.values():
        value[...] = scale * rng.standard_normal(value.shape)
    loss, gradients = model.loss_and_gradients(x, y)
    return loss, list(gradients.values()), model.predict(x)


def softmax(z: Array) -> Array:
    powers: Array = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def logits(x: Array, units: int, scale: float) -> Array:
    """What the dense box of `ways` computes, from the same random numbers as in `results`."""
    rng = np.random.default_rng(5)
    w = scale * rng.standard_normal((x.shape[1], units))
    return x @ w + scale * rng.standard_normal(units)


@pytest.fixture
def x() -> Array:
    return np.random.default_rng(6).standard_normal((7, 4))


@pytest.mark.parametrize("scale", [1.0, 300.0])
@pytest.mark.parametrize("target", ["labels", "one_hot"])
def test_softmax_and_cross_entropy(x: Array, scale: float, target: str) -> None:
    labels = np.arange(7) % 3
    y = np.eye(3)[labels] if target == "one_hot" else labels
    data = ("data", {"dataset": "iris", "target": target})
    z = logits(x, 3, scale)
    shifted = z - z.max(axis=1, keepdims=True)
    surprise = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(7), labels]
    dz = (softmax(z) - np.eye(3)[labels]) / 7
    for document in ways("softmax", "cross_entropy", data, 3):
        loss, (dw, db), answer = results(document, x, y, scale)
        assert loss == pytest.approx(surprise.mean(), rel=1e-12)
        np.testing.assert_allclose(dw, x.T @ dz, rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(db, dz.sum(axis=0), rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose(answer, softmax(z), rtol=1e-10, atol=1e-300)


@pytest.mark.parametrize("scale", [1.0, 300.0])
def test_sigmoid_and_binary_cross_entropy(x: Array, scale: float) -> None:
    x, y = x[:, :2], np.arange(7) % 2
    z = logits(x, 1, scale)[:, 0]
    terms = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    p = 0.5 * (1 + np.tanh(0.5 * z))
    dz = ((p - y) / 7)[:, None]
    for document in ways("sigmoid", "binary_cross_entropy", MOONS, 1):
        loss, (dw, db), answer = results(document, x, y, scale)
        assert loss == pytest.approx(terms.mean(), rel=1e-12)
        np.testing.assert_allclose(dw, x.T @ dz, rtol=1e-9, atol=1e-13)
        np.testing.assert_allclose(db, dz.sum(axis=0), rtol=1e-9, atol=1e-13)
        np.testing.assert_allclose(answer[:, 0], p, rtol=1e-9, atol=1e-15)


def test_binary_cross_entropy_of_several_questions_is_their_mean(x: Array) -> None:
    y = np.eye(3)[np.arange(7) % 3]
    data = ("data", {"dataset": "iris", "target": "one_hot"})
    z = logits(x, 3, 1.0)
    terms = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    for document in ways("sigmoid", "binary_cross_entropy", data, 3):
        assert results(document, x, y, 1.0)[0] == pytest.approx(terms.mean(), rel=1e-12)


def test_large_scores_make_a_large_loss_and_no_nan() -> None:
    for function, name, data, units in (
        ("softmax", "cross_entropy", IRIS, 3),
        ("sigmoid", "binary_cross_entropy", MOONS, 1),
    ):
        for document in ways(function, name, data, units):
            model = Model(document, batch_size=4)
            for value in model.parameters.values():
                value[...] = 1e4
            size = model.plan.sources["data", "x"].count
            model.parameters["a/kernel"][:, 0] = -1e4
            x = np.ones((4, size))
            loss, gradients = model.loss_and_gradients(x, np.array([0, 1, 0, 1]))
            assert 1e3 < loss < 1e6
            assert all(np.isfinite(g).all() for g in gradients.values())


def test_squared_error_of_a_regression() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "wave"}),
        "a": ("dense", {"units": 1}),
        "loss": ("mean_squared_error", {}),
    }
    document = network(boxes, "data > a", "a > loss", "data.target > loss.target")
    x, y = np.random.default_rng(1).standard_normal((2, 6, 1))
    loss, (dw, db), answer = results(document, x, y, 1.0)
    assert loss == pytest.approx(np.mean((answer - y) ** 2), rel=1e-12)
    np.testing.assert_allclose(dw[0], 2 * np.mean((answer - y) * x, axis=0), rtol=1e-10)
    np.testing.assert_allclose(db, 2 * np.mean(answer - y, axis=0), rtol=1e-10)


def test_a_softmax_that_is_read_by_others_too_is_not_lost() -> None:
    boxes: Boxes = {
        "data": ("data", {"dataset": "iris", "target": "one_hot"}),
        "a": ("dense", {"units": 3, "activation": "softmax"}),
        "one": ("cross_entropy", {"weight": 2.0}),
        "two": ("mean_squared_error", {"weight": 3.0}),
    }
    ends = "data.target > one.target", "data.target > two.target"
    document = network(boxes, "data > a", "a > one", "a > two", *ends)
    x, y = np.random.default_rng(1).standard_normal((5, 4)), np.eye(3)[np.arange(5) % 3]
    loss, _, _ = results(document, x, y, 1.0)
    p = softmax(logits(x, 3, 1.0))
    surprise = -np.log(p[y == 1]).mean()
    assert loss == pytest.approx(2 * surprise + 3 * np.mean((p - y) ** 2), rel=1e-12)


def test_scores_are_named_by_box_only_where_there_are_several_losses() -> None:
    one = Model(ways("softmax", "cross_entropy", IRIS, 3)[0], batch_size=2)
    assert set(one.evaluate(np.zeros((2, 4)), np.zeros(2))) == {"loss", "accuracy"}
    boxes: Boxes = {
        "data": ("data", {"dataset": "wave"}),
        "a": ("dense", {"units": 1}),
        "p": ("mean_squared_error", {}),
        "q": ("mean_squared_error", {}),
    }
    ends = "data.target > p.target", "data.target > q.target"
    two = Model(network(boxes, "data > a", "a > p", "a > q", *ends), batch_size=2)
    assert set(two.evaluate(np.zeros((2, 1)), np.zeros((2, 1)))) == {
        "loss",
        "p/mean_squared_error",
        "p/root_mean_squared_error",
        "p/mean_absolute_error",
        "q/mean_squared_error",
        "q/root_mean_squared_error",
        "q/mean_absolute_error",
    }
