"""The optimizers must follow the formulas of the literature, written here once more by hand."""

import numpy as np
import pytest

from engine.kernels import load

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)


@backends
@pytest.mark.parametrize("is_nesterov", [False, True])
def test_sgd_over_several_steps(k, is_nesterov) -> None:
    rng = np.random.default_rng(3)
    p, velocity = rng.standard_normal(6), np.zeros(6)
    expected, v = p.copy(), np.zeros(6)
    for _ in range(4):
        gradients = rng.standard_normal((3, 6))
        g = gradients.sum(axis=0)
        k["sgd"](p, gradients, velocity, np.array([0.1, 0.9, float(is_nesterov)]))
        v = 0.9 * v - 0.1 * g
        expected += 0.9 * v - 0.1 * g if is_nesterov else v
        np.testing.assert_allclose(p, expected, rtol=1e-12)


@backends
def test_sgd_without_momentum_follows_the_gradient(k) -> None:
    p, velocity = np.array([1.0, 2.0]), np.array([7.0, 7.0])
    k["sgd"](p, np.array([[10.0, -10.0]]), velocity, np.array([0.1, 0.0, 0.0]))
    np.testing.assert_allclose(p, [0.0, 3.0], atol=1e-12)


@backends
def test_adam_over_several_steps(k) -> None:
    rng = np.random.default_rng(4)
    p, m, v = rng.standard_normal(6), np.zeros(6), np.zeros(6)
    expected, mean, square = p.copy(), np.zeros(6), np.zeros(6)
    rate, beta1, beta2, epsilon = 0.01, 0.9, 0.999, 1e-7
    for t in range(1, 6):
        gradients = rng.standard_normal((2, 6))
        g = gradients.sum(axis=0)
        settings = np.array([rate, beta1, beta2, epsilon, 1 - beta1**t, 1 - beta2**t])
        k["adam"](p, gradients, m, v, settings)
        mean = beta1 * mean + (1 - beta1) * g
        square = beta2 * square + (1 - beta2) * g**2
        factor = rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
        expected -= factor * mean / (np.sqrt(square) + epsilon)
        np.testing.assert_allclose(p, expected, rtol=1e-11)


@backends
def test_first_adam_step_is_the_learning_rate_long(k) -> None:
    p, m, v = np.zeros(3), np.zeros(3), np.zeros(3)
    settings = np.array([0.01, 0.9, 0.999, 1e-7, 1 - 0.9, 1 - 0.999])
    k["adam"](p, np.array([[5.0, -0.2, 300.0]]), m, v, settings)
    np.testing.assert_allclose(p, [-0.01, 0.01, -0.01], rtol=1e-4)
