"""Every gradient kernel must be the derivative of its forward kernel, by central differences."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.kernels import ACTIVATIONS, Array, load

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(20)


def assert_derivative(
    objective: Callable[[], float], value: Array, gradient: Array, rng: np.random.Generator
) -> None:
    """Compare the gradient with the slope of the objective along two random directions."""
    for _ in range(2):
        direction = rng.standard_normal(value.shape)
        start, step = value.copy(), 1e-6
        value[...] = start + step * direction
        above = objective()
        value[...] = start - step * direction
        below = objective()
        value[...] = start
        assert np.vdot(gradient, direction) == pytest.approx(
            (above - below) / (2 * step), rel=1e-6, abs=1e-8
        )


@backends
def test_dense(k, rng) -> None:
    x, w, b = rng.standard_normal((4, 5)), rng.standard_normal((5, 3)), rng.standard_normal(3)
    y, dz = np.empty((4, 3)), rng.standard_normal((4, 3))

    def objective() -> float:
        k["dense"](x, w, b, y, ACTIVATIONS["linear"])
        return np.vdot(y, dz)

    dw, db, dx = np.empty_like(w), np.empty_like(b), np.empty_like(x)
    k["dense_weight_gradient"](x, dz, dw, db)
    k["dense_input_gradient"](dz, w, np.empty(w.size), dx)
    for value, gradient in ((x, dx), (w, dw), (b, db)):
        assert_derivative(objective, value, gradient, rng)


@backends
@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("steps", [(1, 0, 0, 5, 3), (2, 1, 0, 4, 3), (3, 1, 1, 3, 2)])
def test_convolution(k, rng, steps, channels) -> None:
    *geometry, p, q = steps
    x, w, b = (
        rng.standard_normal((2, 7, 5, channels)),
        rng.standard_normal((3, 3, channels, 4)),
        None,
    )
    b = rng.standard_normal(4)
    y, dz = np.empty((2, p, q, 4)), rng.standard_normal((2, p, q, 4))
    room = np.empty(w.size)

    def objective() -> float:
        k["conv2d"](x, w, b, y, room, *geometry, ACTIVATIONS["linear"])
        return np.vdot(y, dz)

    dw, db, dx = np.empty_like(w), np.empty_like(b), np.empty_like(x)
    k["conv2d_weight_gradient"](x, dz, dw, db, room, *geometry)
    k["conv2d_input_gradient"](dz, w, room, dx, *geometry)
    for value, gradient in ((x, dx), (w, dw), (b, db)):
        assert_derivative(objective, value, gradient, rng)


@backends
@pytest.mark.parametrize("geometry", [(2, 2, 0, 0, 3, 2), (3, 2, 1, 1, 4, 3), (2, 1, 0, 0, 6, 4)])
def test_pooling(k, rng, geometry) -> None:
    *steps, p, q = geometry
    x, dy = rng.standard_normal((2, 7, 5, 3)), rng.standard_normal((2, p, q, 3))
    y, where, dx = np.empty_like(dy), np.empty(dy.shape, np.int32), np.empty_like(x)

    def maximum() -> float:
        k["max_pool2d"](x, y, where, *steps)
        return np.vdot(y, dy)

    def average() -> float:
        k["average_pool2d"](x, y, *steps)
        return np.vdot(y, dy)

    maximum()
    k["max_pool2d_gradient"](dy, where, dx, *steps)
    assert_derivative(maximum, x, dx, rng)
    k["average_pool2d_gradient"](dy, dx, *steps)
    assert_derivative(average, x, dx, rng)


@backends
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_activation(k, rng, activation) -> None:
    x, dy = rng.standard_normal((3, 5)), rng.standard_normal((3, 5))
    x[np.abs(x) < 0.01] = 0.5  # away from the corner of relu
    y, dx = np.empty_like(x), np.empty_like(x)

    def objective() -> float:
        k["activate"](x, y, activation)
        return np.vdot(y, dy)

    objective()
    k["activate_gradient"](y, dy, dx, activation)
    assert_derivative(objective, x, dx, rng)


@backends
def test_softmax(k, rng) -> None:
    x, dy = rng.standard_normal((3, 5)), rng.standard_normal((3, 5))
    y, dx = np.empty_like(x), np.empty_like(x)

    def objective() -> float:
        k["softmax"](x, y)
        return np.vdot(y, dy)

    objective()
    k["softmax_gradient"](y, dy, dx)
    assert_derivative(objective, x, dx, rng)


@backends
def test_dropout(k, rng) -> None:
    x, dy = rng.standard_normal((3, 5)), rng.standard_normal((3, 5))
    y, dx, rows = np.empty_like(x), np.empty_like(x), np.arange(3)
    clock = np.array([1, 2], np.uint64)

    def objective() -> float:
        k["dropout"](x, rows, clock, y, 0.4, 3)
        return np.vdot(y, dy)

    k["dropout_gradient"](dy, rows, clock, dx, 0.4, 3)
    assert_derivative(objective, x, dx, rng)


@backends
@pytest.mark.parametrize(
    "name", ["cross_entropy", "soft_cross_entropy", "binary_cross_entropy", "squared_error"]
)
def test_losses(k, rng, name) -> None:
    x, losses, scale = rng.standard_normal((4, 3)) * 3, np.empty(4), np.array([0.25])
    targets = np.abs(rng.standard_normal((4, 3)))
    if name == "cross_entropy":
        targets = np.array([[2], [0], [1], [1]])

    def objective() -> float:
        k[name](x, targets, losses)
        return losses.sum() * scale[0]

    dx = np.empty_like(x)
    k[f"{name}_gradient"](x, targets, scale, dx)
    assert_derivative(objective, x, dx, rng)
