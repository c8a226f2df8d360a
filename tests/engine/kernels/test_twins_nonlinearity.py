"""Activation functions that keep what went in: twins, derivatives, and what is not a number."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import NONLINEARITIES, STEP, load
from tests.engine.kernels.test_gradients import assert_derivative
from tests.engine.kernels.test_twins import DType, both_types, compare, noise

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)
functions = pytest.mark.parametrize("function", NONLINEARITIES.values(), ids=NONLINEARITIES)
SHAPES = [(1, 1), (3, 5), (8, 33)]


@both_types
@functions
@pytest.mark.parametrize("spread", [1.0, 20.0])
def test_nonlinearity(function: int, spread: float, dtype: DType) -> None:
    for shape in SHAPES:
        x, dy = noise(dtype, *shape) * dtype(spread), noise(dtype, *shape, seed=2)
        x[0, 0] = 0
        code = dict(function=function, alpha=0.3)
        compare("nonlinearity", dict(x=x, y=np.empty_like(x)) | code, "y")
        compare("nonlinearity_gradient", dict(x=x, dy=dy, dx=np.empty_like(x)) | code, "dx")


@both_types
def test_prelu(dtype: DType) -> None:
    for shape in SHAPES:
        x, dy, slope = noise(dtype, *shape), noise(dtype, *shape, seed=2), noise(dtype, shape[1])
        dx, dslope = np.empty_like(x), np.empty_like(slope)
        compare("prelu", dict(x=x, slope=slope, y=np.empty_like(x)), "y")
        compare("prelu_input_gradient", dict(x=x, dy=dy, slope=slope, dx=dx), "dx")
        compare("prelu_slope_gradient", dict(x=x, dy=dy, dslope=dslope), "dslope")


@backends
@pytest.mark.parametrize("function", [f for f in NONLINEARITIES.values() if f != STEP])
def test_derivatives(k, function: int) -> None:
    rng = np.random.default_rng(20)
    x, dy = 3 * rng.standard_normal((3, 5)), rng.standard_normal((3, 5))
    y, dx = np.empty_like(x), np.empty_like(x)

    def objective() -> float:
        k["nonlinearity"](x, y, function, 0.3)
        return float(np.vdot(y, dy))

    k["nonlinearity_gradient"](x, dy, dx, function, 0.3)
    assert_derivative(objective, x, dx, rng)


@backends
@both_types
@functions
@pytest.mark.parametrize("width", [1, 40])
def test_what_is_no_number_is_kept(k, function: int, width: int, dtype: DType) -> None:
    x = np.full((2, width), np.nan, dtype)
    y, dx = np.zeros_like(x), np.zeros_like(x)
    k["nonlinearity"](x, y, function, 0.3)
    assert np.isnan(y).all()
    k["nonlinearity_gradient"](np.ones_like(x), x, dx, function, 0.3)
    assert np.isnan(dx).all()
    k["prelu"](x, x[0].copy(), y)
    assert np.isnan(y).all()


@backends
@functions
def test_huge_values_stay_numbers(k, function: int) -> None:
    x = np.array([[-1e30, -200, 200, 1e30]], np.float32)
    y, dx = np.empty_like(x), np.empty_like(x)
    k["nonlinearity"](x, y, function, 0.3)
    k["nonlinearity_gradient"](x, np.ones_like(x), dx, function, 0.3)
    assert np.isfinite(y).all() and np.isfinite(dx).all()
