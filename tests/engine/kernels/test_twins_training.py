"""Twins of the optimizers and of what is done to gradients and weights around their step."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.kernels import Array
from tests.engine.kernels.test_twins import CPU, PLAIN, both_types, compare, noise

ADAM = [0.01, 0.9, 0.999, 1e-7, 0.271, 0.003]
OPTIMIZERS: dict[str, tuple[str, int, list[float]]] = {
    "adamw": ("adamw", 2, [*ADAM, 0.3]),
    "nadam": ("nadam", 2, [0.9, 0.999, 1e-7, 0.02, 0.003, 0.003]),
    "lion": ("lion", 1, [0.01, 0.9, 0.99]),
    "adagrad": ("adagrad", 1, [0.01, 1e-7]),
    "rmsprop": ("rmsprop", 3, [0.01, 0.9, 1e-7, 0.0, 0.0]),
    "rmsprop with momentum": ("rmsprop", 3, [0.01, 0.9, 1e-7, 0.9, 0.0]),
    "rmsprop centred": ("rmsprop", 3, [0.01, 0.9, 1e-7, 0.0, 1.0]),
    "rmsprop centred with momentum": ("rmsprop", 3, [0.01, 0.9, 1e-7, 0.9, 1.0]),
    "adadelta": ("adadelta", 2, [1.0, 0.95, 1e-7]),
}
SIZES = pytest.mark.parametrize("size", [1, 5, 512, 1300])


@both_types
@SIZES
@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers(name: str, size: int, workers: int, dtype: Any) -> None:
    kernel, slots, numbers = OPTIMIZERS[name]
    start = noise(dtype, size), *(noise(dtype, size, seed=5 + i) ** 2 for i in range(slots))
    if "centred" in name:
        start[1][:] += start[2] ** 2 + dtype(1)  # well above the square of the mean
    gradients = noise(dtype, workers, size, seed=3)
    results = []
    for backend in (PLAIN, CPU):
        p, *memory = (array.copy() for array in start)
        for _ in range(3):
            backend[kernel](p, gradients, *memory, np.array(numbers))
        results.append((p, *memory))
    precision = 2e-5 if dtype is np.float32 else 1e-11
    for plain, cpu in zip(*results, strict=True):
        assert np.isfinite(plain).all()
        np.testing.assert_allclose(cpu, plain, rtol=precision, atol=precision)


@both_types
@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("goes_on", [0.0, 1.0])
@pytest.mark.parametrize("factor", [1.0, 0.25])
def test_sums_of_gradients(workers: int, goes_on: float, factor: float, dtype: Any) -> None:
    rows, before = noise(dtype, workers, 37), noise(dtype, 37, seed=2)
    totals = before.copy(), before.copy()
    for backend, total in zip((PLAIN, CPU), totals, strict=True):
        backend["sum_gradients"](rows, np.array([goes_on, factor]), total)
    np.testing.assert_allclose(totals[1], totals[0], rtol=1e-5, atol=1e-6)
    expected = (rows.sum(axis=0) + goes_on * before) * factor
    np.testing.assert_allclose(totals[0], expected, rtol=1e-5, atol=1e-6)


@both_types
@SIZES
def test_sums(size: int, dtype: Any) -> None:
    x, out = noise(dtype, size), np.empty(1, dtype)
    compare("sum_of_squares", dict(values=x, total=out), "total")
    compare("penalty", dict(weights=x, factors=np.array([0.1, 0.02]), value=out), "value")


Change = Callable[[Array], tuple[Array | np.ndarray, ...]]
CHANGES: dict[str, tuple[str, Change]] = {
    "values": ("clip_values", lambda x: (x, np.array([0.7]))),
    "norm": ("clip_norm", lambda x: (x, np.array([3.0, 4.0], x.dtype), np.array([2.0]))),
    "short enough": ("clip_norm", lambda x: (x, np.array([3.0, 4.0], x.dtype), np.array([9.0]))),
    "columns": (
        "bound_norms",
        lambda x: (x.reshape(-1, 4), np.array([1.5]), np.empty(4, x.dtype)),
    ),
}


@both_types
@pytest.mark.parametrize("name", CHANGES)
def test_changes_in_place(name: str, dtype: Any) -> None:
    kernel, arguments = CHANGES[name]
    results = []
    for backend in (PLAIN, CPU):
        x = noise(dtype, 44)
        x[3] = 0
        backend[kernel](*arguments(x))
        results.append(x)
    precision = 1e-5 if dtype is np.float32 else 1e-12
    np.testing.assert_allclose(results[1], results[0], rtol=precision, atol=precision)


@both_types
@pytest.mark.parametrize("l1", [0.0, 0.3])
def test_the_gradient_of_a_penalty(l1: float, dtype: Any) -> None:
    weights = noise(dtype, 44)
    weights[5] = 0
    factors = np.array([l1, 0.2])
    for backend in (PLAIN, CPU):
        gradient = noise(dtype, 44, seed=2)
        backend["penalty_gradient"](weights, factors, gradient)
        expected = noise(dtype, 44, seed=2) + l1 * np.sign(weights) + 0.4 * weights
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-6)


def test_a_sum_of_squares_is_finite_only_if_everything_is() -> None:
    for backend in (PLAIN, CPU):
        for bad in (np.nan, np.inf, -np.inf, 1e30):
            values, total = np.ones(100, np.float32), np.zeros(1, np.float32)
            values[77] = bad
            backend["sum_of_squares"](values, total)
            assert not np.isfinite(total[0])


def test_what_is_not_a_number_is_not_clipped_away() -> None:
    for backend in (PLAIN, CPU):
        x = np.array([np.nan, 3.0])
        backend["clip_values"](x, np.array([1.0]))
        np.testing.assert_array_equal(x, [np.nan, 1.0])
        weights = np.array([[np.nan, 3.0], [1.0, 4.0]])
        backend["bound_norms"](weights, np.array([1.0]), np.empty(2))
        assert np.isnan(weights[:, 0]).all()
        np.testing.assert_allclose(weights[:, 1], [0.6, 0.8], rtol=1e-6)
