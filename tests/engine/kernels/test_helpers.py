"""The parts that compiled kernels are made of must do what their readable forms say."""

import itertools

import numba
import numpy as np
import pytest
from scipy.special import ndtr

from engine.kernels.cpu import SAFE_MATH, _curves, _product
from engine.kernels.cpu._stack import BLOCK, stack_block

both_types = pytest.mark.parametrize("dtype", [np.float32, np.float64])
compiled = numba.njit(error_model="numpy", fastmath=SAFE_MATH)  # as kernels are, but not kept
GAP = -77.0  # what lies between and around the values of C


def tile_by_tile(a, left, b, right, c, target, size, is_fresh) -> None:
    """The readable form of `add_product`: one large tile."""
    _product.add_tile(a, left, b, right, c, target, size, is_fresh)


@both_types
@pytest.mark.parametrize("is_fresh", [True, False])
def test_product_of_any_size_touches_only_its_target(is_fresh, dtype) -> None:
    rng = np.random.default_rng(5)
    columns = (1, 3, 15, 16, 17, 31, 32, 33, 63, 64, 65, 131)
    for rows, width in itertools.product((1, 2, 5, 6, 7, 13), columns):
        for steps, blocks in ((1, 1), (3, 2), (0, 1)):
            a = rng.standard_normal(2000).astype(dtype)
            b = rng.standard_normal(20 + 12 * width).astype(dtype)
            c = np.full((rows + 2) * (width + 3), GAP, dtype)
            left, right, target = (5, 7, 2, 31), (1, width + 1, 5 * width), (width + 4, width + 3)
            if is_fresh:
                c.reshape(rows + 2, width + 3)[1:-1, 1 : 1 + width] = np.nan
            expected = c.copy()
            arguments = left, b, right
            size = rows, width, steps, blocks
            tile_by_tile(a, *arguments, expected, target, size, is_fresh)
            _product.add_product(a, *arguments, c, target, size, is_fresh)
            np.testing.assert_allclose(c, expected, rtol=2e-5, atol=2e-5, err_msg=str(size))
            around = np.ones((rows + 2, width + 3), bool)
            around[1:-1, 1 : 1 + width] = False
            assert (c.reshape(around.shape)[around] == GAP).all()


def curve(function):
    @compiled
    def run(x, y):
        for k in range(x.size):
            y[k] = function(x[k])

    return run


@compiled
def share(x):
    return _curves.normal_share(x, _curves.exp(-_curves._HALF * x * x))


# Name, function of NumPy in float64, arguments, largest absolute and relative error in float32
CURVES = [
    ("tanh", np.tanh, (-12, 12), 4e-7, 4e-7),
    ("tanh", np.tanh, (-1e-3, 1e-3), 4e-10, 4e-7),
    ("sigmoid", lambda x: 1 / (1 + np.exp(-x)), (-30, 30), 2e-7, np.inf),
    ("exp", np.exp, (-87, 0), 1e-7, 2e-7),
    ("exp", np.exp, (0, 88), np.inf, 2e-7),
    ("log1p", np.log1p, (0, 1), 1e-7, 3e-7),
    ("expm1", np.expm1, (-30, 0), 2e-7, 4e-7),
    ("expm1", np.expm1, (-1e-3, 0), 4e-10, 4e-7),
    ("normal_share", ndtr, (-3, 3), 3e-7, 2e-6),
    ("normal_share", ndtr, (-12, 12), 3e-7, 1e-5),
]


@pytest.mark.parametrize("case", CURVES, ids=lambda case: f"{case[0]}{case[2]}")
def test_fast_curves_are_as_precise_as_they_say(case) -> None:
    name, reference, (low, high), absolute, relative = case
    x = np.linspace(low, high, 200_001).astype(np.float32)
    y = np.empty_like(x)
    run = curve(share if name == "normal_share" else getattr(_curves, name))
    run(x, y)
    exact = reference(x.astype(np.float64))
    error = np.abs(y - exact)
    assert error.max() <= absolute
    assert (error[exact != 0] / np.abs(exact[exact != 0])).max() <= relative
    if name in ("tanh", "sigmoid"):
        assert np.abs(y).max() <= 1  # or derivatives, taken from y, would change sign
    wide = x.astype(np.float64)
    z = np.empty_like(wide)
    run(wide, z)
    np.testing.assert_allclose(z, reference(wide), rtol=1e-13, atol=1e-15)


def test_fast_curves_at_the_ends() -> None:
    x = np.array([np.nan, -np.inf, np.inf, 0, -200, 200], np.float32)
    y = np.empty_like(x)
    for name, expected in (
        ("tanh", [np.nan, -1, 1, 0, -1, 1]),
        ("sigmoid", [np.nan, 0, 1, 0.5, 0, 1]),
        ("exp", [np.nan, 0, np.inf, 1, 0, np.inf]),
    ):
        curve(getattr(_curves, name))(x, y)
        np.testing.assert_array_equal(y, np.array(expected, np.float32), name)
    curve(_curves.log1p)(x[:1], y)
    assert np.isnan(y[0])


@both_types
def test_stack_block_holds_its_values(dtype) -> None:
    @compiled
    def reverse(x, y):
        block = stack_block(x)
        for k in range(x.size):
            block[k] = x[k]
        for k in range(x.size):
            y[k] = block[x.size - 1 - k]

    x = np.arange(BLOCK, dtype=dtype)
    y = np.empty_like(x)
    reverse(x, y)
    np.testing.assert_array_equal(y, x[::-1])
