"""The fast functions must be as exact as their docstrings say, over the whole range of float32."""

import re
from typing import Any

import numba
import numpy as np
import pytest
from scipy.special import expit, ndtr

from engine.kernels import Array
from engine.kernels.cpu import SAFE_MATH, _curves, _logarithms, _roots

compiled = numba.njit(error_model="numpy", fastmath=SAFE_MATH)  # as kernels are, but not kept


@compiled
def share(x):
    return _curves.normal_share(x, _curves.bell(x))


def nearest_bell(x: Array) -> Array:
    return np.exp(-0.5 * x * x)


# name: compiled function, documented function, exact function in float64, where it is defined
CURVES: dict[str, Any] = {
    "exp": (_curves.exp, _curves.exp, np.exp, (-np.inf, np.inf)),
    "expm1": (_curves.expm1, _curves.expm1, np.expm1, (-np.inf, 0)),
    "tanh": (_curves.tanh, _curves.tanh, np.tanh, (-np.inf, np.inf)),
    "sigmoid": (_curves.sigmoid, _curves.sigmoid, expit, (-np.inf, np.inf)),
    "bell": (_curves.bell, _curves.bell, nearest_bell, (-np.inf, np.inf)),
    "normal_share": (share, _curves.normal_share, ndtr, (-np.inf, np.inf)),
    "log": (_logarithms.log, _logarithms.log, np.log, (0, np.inf)),
    "log1p": (_logarithms.log1p, _logarithms.log1p, np.log1p, (0, 1)),
}
every_curve = pytest.mark.parametrize("name", CURVES)


def runner(function):
    @compiled
    def run(x, y):
        for k in range(x.size):
            y[k] = function(x[k])

    return run


def float32_of_all_sizes() -> Array:
    """Numbers of every exponent, and close together where formulas change or results end."""
    bits = np.arange(0, 2**32, 4093, dtype=np.uint64).astype(np.uint32)
    borders = [0, 0.5 * np.log(2), np.sqrt(0.5), 1, np.sqrt(2), 9, 15, 30, 87.3365, 88.7228, 104]
    bits_near = np.array(borders, np.float32).view(np.int32)[:, np.newaxis] + np.arange(-2000, 2000)
    near = bits_near.clip(0).astype(np.int32).view(np.float32).reshape(-1)
    lines = [np.linspace(-end, end, 100_001) for end in (2e-38, 1e-3, 2, 20, 110)]
    wide = np.concatenate([bits.view(np.float32), near, -near, *lines]).astype(np.float32)
    return wide[np.isfinite(wide)]


def errors_in_ulp(y: Array, exact: Array) -> Array:
    """How many units of the last place of a float32 lie between; an infinity must be met."""
    rounded = exact.astype(np.float32)
    both = np.isinf(rounded) & (y == rounded)
    bounded = np.clip(rounded, -np.finfo(np.float32).max, np.finfo(np.float32).max)
    error = np.abs(y.astype(np.float64) - exact) / np.spacing(np.abs(bounded)).astype(np.float64)
    return np.where(both, 0, error)


def promised(function) -> float:
    """The largest error, from the function's docstring."""
    found = re.search(r"within ([\d.]+) ULP", function.__doc__)
    assert found is not None
    return float(found[1])


@every_curve
@np.errstate(all="ignore")
def test_errors_stay_within_what_the_docstring_says(name) -> None:
    fast, documented, exact, (low, high) = CURVES[name]
    x = float32_of_all_sizes()
    x = x[(x >= low) & (x <= high)]
    y = np.full_like(x, 77)
    run = runner(fast)
    run(x, y)
    errors = errors_in_ulp(y, exact(x.astype(np.float64)))
    worst = np.argmax(errors)
    assert errors[worst] <= promised(documented), (x[worst], y[worst], errors[worst])
    if name in ("tanh", "sigmoid"):
        assert np.abs(y).max() <= 1  # or derivatives, taken from y, would change sign
    wide = x[::50].astype(np.float64)
    result = np.empty_like(wide)
    run(wide, result)
    np.testing.assert_allclose(result, exact(wide), rtol=1e-13, atol=1e-15)


def test_roots_are_exact_enough_and_zero_has_one() -> None:
    x = np.geomspace(1.2e-38, 3e38, 1_000_003).astype(np.float32)
    y = np.empty_like(x)
    run = runner(_roots.root)
    run(x, y)
    assert errors_in_ulp(y, np.sqrt(x.astype(np.float64))).max() <= promised(_roots.root)
    tiny = np.array([0, 1e-45, 1e-40, np.nan], np.float32)
    run(tiny, y)
    assert y[0] == 0
    assert (np.abs(y[:3] - np.sqrt(tiny[:3])) < 1e-19).all()
    assert np.isnan(y[3])
    wide = x[::50].astype(np.float64)
    result = np.empty_like(wide)
    run(wide, result)
    np.testing.assert_array_equal(result, np.sqrt(wide))


ENDS: dict[str, list[float | None]] = {
    "exp": [0, np.inf, 1],
    "expm1": [-1, None, 0],
    "tanh": [-1, 1, 0],
    "sigmoid": [0, 1, 0.5],
    "bell": [0, 0, 1],
    "normal_share": [0, 1, 0.5],
    "log": [np.nan, np.inf, -np.inf],
    "log1p": [None, None, 0],
}


@every_curve
def test_infinities_give_the_limit_and_not_a_number_stays(name) -> None:
    x = np.array([-np.inf, np.inf, 0, np.nan], np.float32)
    y = np.empty_like(x)
    runner(CURVES[name][0])(x, y)
    for value, expected in zip(y, [*ENDS[name], np.nan], strict=True):
        if expected is not None:
            np.testing.assert_array_equal(value, expected)


@every_curve
def test_patterns_of_not_a_number_are_no_numbers(name) -> None:
    bits = np.array([0x7F800001, 0x7FC00000, 0x7FFFFFFF, 0xFF800001, 0xFFC00000], np.uint32)
    x = bits.view(np.float32)
    y = np.zeros_like(x)
    runner(CURVES[name][0])(x, y)
    assert np.isnan(y).all()


def test_smallest_numbers_come_out_of_exp_and_sigmoid() -> None:
    """Far left the results are tiny, but not zero: a cross-entropy still sees a difference."""
    x = np.array([-88, -95, -103], np.float32)
    for name in ("exp", "sigmoid"):
        y = np.empty_like(x)
        runner(CURVES[name][0])(x, y)
        assert (y > 0).all()
        assert (np.diff(y) < 0).all()
