"""Gradient kernels of the convolution family: the derivatives of their forward kernels."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import ACTIVATIONS
from tests.engine.kernels.test_gradients import assert_derivative, backends, rng  # noqa: F401

LINEAR = ACTIVATIONS["linear"]


@backends
@pytest.mark.parametrize("masked", [False, True])
def test_global_pooling(k, rng, masked) -> None:  # noqa: F811
    x, dy = rng.standard_normal((3, 6, 4)), rng.standard_normal((3, 4))
    mask = (rng.random((3, 6)) < 0.5).astype(float) if masked else np.ones((3, 0))
    mask[-1] = 0  # a sample without a place that counts
    y, dx, where = np.empty_like(dy), np.empty_like(x), np.empty(dy.shape, np.int32)

    def mean() -> float:
        k["global_average_pool"](x, mask, y)
        return np.vdot(y, dy)

    def maximum() -> float:
        k["global_max_pool"](x, mask, y, where)
        return np.vdot(y, dy)

    k["global_average_pool_gradient"](dy, mask, dx)
    assert_derivative(mean, x, dx, rng)
    maximum()
    k["global_max_pool_gradient"](dy, where, dx)
    assert_derivative(maximum, x, dx, rng)
    if masked:
        assert not y[-1].any()
        assert not dx[mask == 0].any()


@backends
@pytest.mark.parametrize("name", ["repeat2d", "interpolate2d"])
def test_making_larger(k, rng, name) -> None:  # noqa: F811
    x, dy = rng.standard_normal((2, 3, 4, 2)), rng.standard_normal((2, 9, 12, 2))
    y, dx = np.empty_like(dy), np.empty_like(x)

    def objective() -> float:
        k[name](x, y, 3)
        return np.vdot(y, dy)

    k[f"{name}_gradient"](dy, dx, 3)
    assert_derivative(objective, x, dx, rng)


@backends
def test_between_two_cells_the_values_change_evenly(k) -> None:
    x, y = np.array([0.0, 1.0]).reshape(1, 1, 2, 1), np.empty((1, 2, 4, 1))
    k["interpolate2d"](x, y, 2)
    np.testing.assert_allclose(y[0, :, :, 0], [[0, 0.25, 0.75, 1]] * 2)
    k["repeat2d"](x, y, 2)
    np.testing.assert_array_equal(y[0, :, :, 0], [[0, 0, 1, 1]] * 2)


@backends
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_value_that_is_not_a_number_is_never_hidden(k, dtype) -> None:
    for channels in (1, 17):
        x, ones = np.ones((2, 4, 4, channels), dtype), np.ones((3, 3, channels, 1), dtype)
        x[1, 0, 0, 0] = np.nan
        y, none = np.zeros((2, 2, 2, channels), dtype), np.zeros(0, dtype)
        k["depthwise_conv2d"](x, ones, none, y, none, 1, 0, 0, 1, ACTIVATIONS["relu"])
        assert np.argwhere(np.isnan(y)).tolist() == [[1, 0, 0, 0]]
        wide = np.ones((3, 3, channels, 5), dtype)
        y = np.zeros((2, 2, 2, 5), dtype)
        k["dilated_conv2d"](x, wide, none, y, 1, 1, 1, 2, 1, ACTIVATIONS["relu"])
        assert np.argwhere(np.isnan(y))[:, :3].tolist() == [[1, 1, 1]] * 5
        places, y = x.reshape(2, 16, channels), np.zeros((2, channels), dtype)
        where = np.zeros(y.shape, np.int32)
        for name, more in (("global_average_pool", ()), ("global_max_pool", (where,))):
            k[name](places, np.zeros((2, 0), dtype), y, *more)
            assert np.argwhere(np.isnan(y)).tolist() == [[1, 0]]
