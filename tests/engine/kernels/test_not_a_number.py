"""A value that is not a number must reach the loss: the student has to see that training broke."""

import numpy as np
import pytest

from engine.kernels import ACTIVATIONS, load

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)
both_types = pytest.mark.parametrize("dtype", [np.float32, np.float64])


@backends
@both_types
@pytest.mark.parametrize("width", [1, 3, 40])
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_activations_keep_it(k, dtype, activation, width) -> None:
    x = np.full((2, width), np.nan, dtype)
    y = np.zeros_like(x)
    k["activate"](x, y, activation)
    assert np.isnan(y).all()
    dx = np.zeros_like(x)
    k["activate_gradient"](np.full_like(x, 0.5), x, dx, activation)
    assert np.isnan(dx).all()


@backends
@both_types
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_layers_keep_it(k, dtype, activation) -> None:
    x, w, b = np.ones((3, 4), dtype), np.ones((4, 20), dtype), np.zeros(20, dtype)
    x[1, 2] = np.nan
    y = np.zeros((3, 20), dtype)
    k["dense"](x, w, b, y, activation)
    assert (np.isnan(y).all(axis=1) == [False, True, False]).all()
    for channels in (1, 8):
        x, w = np.ones((2, 4, 4, channels), dtype), np.ones((3, 3, channels, 20), dtype)
        x[1, 0, 0, 0] = np.nan
        y = np.zeros((2, 2, 2, 20), dtype)
        k["conv2d"](x, w, b, y, np.zeros(0, dtype), 1, 0, 0, activation)  # without Winograd
        assert np.isnan(y[1, 0, 0]).all()
        assert np.isnan(y).sum() == 20


@backends
@both_types
@pytest.mark.parametrize("size", [2, 3])
def test_pooling_keeps_it(k, dtype, size) -> None:
    for place in range(size * size):
        x = np.arange(size * size * 9, dtype=dtype).reshape(1, size, size, 9)
        x.reshape(-1, 9)[place, 4] = np.nan
        y, where = np.zeros((1, 1, 1, 9), dtype), np.zeros((1, 1, 1, 9), np.int32)
        k["max_pool2d"](x, y, where, size, size, 0, 0)
        assert np.flatnonzero(np.isnan(y)).tolist() == [4]
        assert where[0, 0, 0, 4] == place
        k["average_pool2d"](x, y, size, size, 0, 0)
        assert np.flatnonzero(np.isnan(y)).tolist() == [4]


@backends
@both_types
@pytest.mark.parametrize("place", [0, 1, 2])
def test_losses_keep_it(k, dtype, place) -> None:
    x, losses, dx = np.zeros((2, 3), dtype), np.zeros(2, dtype), np.zeros((2, 3), dtype)
    x[0, place] = np.nan
    labels, targets = np.array([[1], [1]]), np.array([[0, 1, 0], [0, 1, 0]], dtype)
    scale = np.ones(1, dtype)
    for name, wanted in (
        ("cross_entropy", labels),
        ("soft_cross_entropy", targets),
        ("binary_cross_entropy", targets),
        ("squared_error", targets),
    ):
        k[name](x, wanted, losses)
        assert np.isnan(losses).tolist() == [True, False], name
        k[f"{name}_gradient"](x, wanted, scale, dx)
        assert np.isnan(dx).any(axis=1).tolist() == [True, False], name
    k["absolute_error"](x, targets, losses)
    assert np.isnan(losses).tolist() == [True, False]
    k["softmax"](x, dx)
    assert np.isnan(dx).all(axis=1).tolist() == [True, False]


@backends
@both_types
def test_optimizers_keep_it(k, dtype) -> None:
    for name, states, settings in (
        ("sgd", 1, [0.1, 0.9, 0.0]),
        ("adam", 2, [0.1, 0.9, 0.999, 1e-7, 0.1, 0.001]),
    ):
        gradients = np.ones((2, 20), dtype)
        gradients[1, 7] = np.nan
        parameters = np.ones(20, dtype)
        state = [np.zeros(20, dtype) for _ in range(states)]
        k[name](parameters, gradients, *state, np.array(settings))
        assert np.flatnonzero(np.isnan(parameters)).tolist() == [7]
