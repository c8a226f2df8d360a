"""Sixteen values at once: part of a row, both kinds of numbers, and what is not a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.kernels import LINEAR, RELU, SIGMOID, TANH, Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._gates import activated, sloped
from engine.kernels.cpu._lanes import LANES, load, store
from tests.engine.kernels.test_twins import DType, both_types

CURVES: dict[int, Callable[[Any], Any]] = {
    LINEAR: lambda x: x,
    RELU: lambda x: np.maximum(x, 0),
    SIGMOID: lambda x: 1 / (1 + np.exp(-x)),
    TANH: np.tanh,
}
SLOPES: dict[int, Callable[[Any], Any]] = {
    LINEAR: np.ones_like,
    RELU: lambda y: (y > 0) * 1.0,
    SIGMOID: lambda y: y * (1 - y),
    TANH: lambda y: 1 - y * y,
}
codes = pytest.mark.parametrize("code", CURVES)


@kernel
def curve(x: Array, y: Array, code: int) -> None:
    for k in range(0, x.size, LANES):
        store(activated(load(x, k, x.size - k), code), y, k, x.size - k)


@kernel
def slope(d: Array, y: Array, code: int) -> None:
    for k in range(0, d.size, LANES):
        store(sloped(load(d, k, d.size - k), load(y, k, d.size - k), code), d, k, d.size - k)


@both_types
@codes
@pytest.mark.parametrize("count", [1, 8, 15, 16, 17, 100])
def test_a_row_of_any_length_and_nothing_behind_it(count: int, code: int, dtype: DType) -> None:
    x = np.linspace(-30, 30, count).astype(dtype)
    room = np.full(count + LANES, 7, dtype)
    curve(x, room[:count], code)
    precision = 2e-7 if dtype is np.float32 else 1e-15
    np.testing.assert_allclose(room[:count], CURVES[code](x.astype(float)), precision, precision)
    assert (room[count:] == 7).all()
    d = np.full(count, 3, dtype)
    slope(d, room[:count], code)
    np.testing.assert_allclose(d, 3 * SLOPES[code](room[:count]), 1e-5, 1e-6)


@both_types
@codes
def test_what_is_not_a_number_stays_so(code: int, dtype: DType) -> None:
    x = np.array([np.nan, 1, np.inf], dtype)
    y = np.empty_like(x)
    curve(x, y, code)
    assert np.isnan(y[0])
    assert np.isfinite(y[1])
    assert y[2] == CURVES[code](np.inf)
    d = np.array([np.nan, np.inf, 1], dtype)
    slope(d, np.array([0.5, 0.5, np.nan], dtype), code)
    assert np.isnan(d[0])
    assert np.isinf(d[1])
