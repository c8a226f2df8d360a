"""Losses and what belongs to them: the fast form gives what the readable one gives."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import Array, load
from tests.engine.kernels.test_twins import DType, both_types, compare, noise, tabular

REGRESSIONS = {
    "absolute_error": (),
    "huber": (0.7,),
    "log_cosh": (),
    "log_poisson": (),
    "hinge": (),
    "poisson": (),
}


def numbered(values: tuple[object, ...]) -> dict[str, object]:
    return {f"option {i}": value for i, value in enumerate(values)}


@both_types
@tabular
@pytest.mark.parametrize("name", REGRESSIONS)
@pytest.mark.parametrize("are_labels", [False, True])
def test_losses_of_numbers(
    name: str, shape: tuple[int, int], dtype: DType, are_labels: bool
) -> None:
    x, targets = noise(dtype, *shape), np.abs(noise(dtype, *shape, seed=2))
    x = np.abs(x) + dtype(0.1) if name == "poisson" else x
    given = (targets > 0.5).astype(np.int64) if are_labels else targets
    options = numbered(REGRESSIONS[name])
    losses, scale = np.empty(shape[0], dtype), np.array([0.3], dtype)
    compare(name, {"x": x, "t": given, **options, "out": losses}, "out")
    arguments = {"x": x, "t": given, **options, "scale": scale, "dx": np.empty(shape, dtype)}
    compare(f"{name}_gradient", arguments, "dx")


@both_types
@tabular
def test_losses_of_classes(shape: tuple[int, int], dtype: DType) -> None:
    scores, scale = 3 * noise(dtype, *shape), np.array([0.3], dtype)
    labels = np.abs(noise(dtype, *shape, seed=2)).argmax(axis=1)
    one_hot = np.eye(shape[1], dtype=dtype)[labels]
    shares = np.abs(noise(dtype, *shape, seed=3))
    shares[:, 0] = 0
    losses, dx = np.empty(shape[0], dtype), np.empty(shape, dtype)
    for targets in (one_hot, shares):
        compare("categorical_hinge", {"x": scores, "t": targets, "out": losses}, "out")
        compare("kl_divergence", {"x": scores, "t": targets, "out": losses}, "out")
        arguments = {"x": scores, "t": targets, "scale": scale, "dx": dx}
        compare("categorical_hinge_gradient", arguments, "dx")


@both_types
@tabular
def test_targets(shape: tuple[int, int], dtype: DType) -> None:
    targets, y = np.abs(noise(dtype, *shape)), np.empty(shape, dtype)
    labels = targets.argmax(axis=1)[:, None]
    weights, rows = np.abs(noise(dtype, shape[1], seed=4)), np.empty(shape[0], dtype)
    compare("one_hot", {"labels": labels, "y": y}, "y")
    for given in (targets, labels.repeat(shape[1], axis=1)):
        compare("smooth", {"t": given, "by": 0.1, "middle": 0.25, "y": y}, "y")
    compare("weights_of_labels", {"labels": labels, "w": weights, "y": rows}, "y")
    compare("weights_of_rows", {"t": targets, "w": weights, "y": rows}, "y")


@both_types
@tabular
@pytest.mark.parametrize("most", [1, 5])
def test_being_among_the_best(shape: tuple[int, int], dtype: DType, most: int) -> None:
    scores, targets = noise(dtype, *shape).round(), noise(dtype, *shape, seed=2)
    labels, out = targets.argmax(axis=1)[:, None], np.empty(shape[0], dtype)
    compare("top_label_hits", {"x": scores, "t": labels, "most": most, "out": out}, "out")
    compare("top_class_hits", {"x": scores, "t": targets, "most": most, "out": out}, "out")
    scores[0, -1] = np.nan
    compare("top_label_hits", {"x": scores, "t": labels, "most": most, "out": out}, "out")


@both_types
@tabular
def test_rows_that_count(shape: tuple[int, int], dtype: DType) -> None:
    weights = np.maximum(noise(dtype, shape[0]), 0)
    values = noise(dtype, *shape)
    values[weights == 0] = np.nan  # what does not count, is nothing
    for backend in ("plain", "cpu"):
        kernels = load(backend)
        rows, each = values.copy(), values[:, 0].copy()
        kernels["weigh_rows"](rows, weights)
        kernels["weigh_each"](each, weights)
        expected = np.where(weights[:, None] == 0, 0, values * weights[:, None])
        np.testing.assert_allclose(rows, expected, rtol=1e-6)
        np.testing.assert_allclose(each, expected[:, 0], rtol=1e-6)
    counted = np.empty(2, dtype)
    ones = (weights > 0).astype(dtype)
    compare("count_rows", {"weights": ones, "counted": counted}, "counted")
    everyone = np.array([[3, 5], [0, 2], [1, 9]], dtype)
    arguments = {"everyone": everyone, "scale": np.array([0.5], dtype), "own": np.empty(1, dtype)}
    compare("scale_of_counted", arguments, "own")
    arguments["everyone"] = np.array([[0, 5]], dtype)
    compare("scale_of_counted", arguments, "own")


def test_a_loss_that_is_no_number_is_seen() -> None:
    x, targets = np.array([[1.0, np.nan]]), np.array([[0.0, 1.0]])
    for backend in ("plain", "cpu"):
        kernels = load(backend)
        for name, options in (REGRESSIONS | {"categorical_hinge": (), "kl_divergence": ()}).items():
            losses: Array = np.zeros(1)
            kernels[name](x, targets, *options, losses)
            assert np.isnan(losses[0]), (backend, name)
            if name != "kl_divergence":
                dx = np.zeros((1, 2))
                kernels[f"{name}_gradient"](x, targets, *options, np.ones(1), dx)
                assert np.isnan(dx).any(), (backend, name)
