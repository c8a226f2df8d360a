"""The parts that compiled kernels are made of must do what their readable forms say."""

import itertools

import numba
import numpy as np
import pytest
from scipy.special import logsumexp

from engine.kernels import load
from engine.kernels.cpu import SAFE_MATH, _product
from engine.kernels.cpu._rows import largest
from engine.kernels.cpu._stack import BLOCK, stack_block

both_types = pytest.mark.parametrize("dtype", [np.float32, np.float64])
compiled = numba.njit(error_model="numpy", fastmath=SAFE_MATH)  # as kernels are, but not kept
CPU = load("cpu")
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


@both_types
def test_largest_of_a_row(dtype) -> None:
    @compiled
    def find(row):
        return largest(row)

    rng = np.random.default_rng(3)
    for size in (1, 2, 7, 8, 9, 16, 33, 70):
        for offset in (-100, 0, 100):
            row = (rng.standard_normal(size) * 20 + offset).astype(dtype)
            assert find(row) == row.max()
    ends = [-np.inf, -1e30, -1e-40, 0, 1e-40, 1e30, np.inf]
    for value in ends:
        row = np.full(20, value, dtype)
        row[13] = max(value, -5)
        assert find(row) == row.max()
    assert np.isneginf(find(np.full(20, -np.inf, dtype)))


@both_types
@pytest.mark.parametrize("width", [1, 2, 3, 10, 31, 32, 100, 511, 512, 513, 700])
def test_means_of_terms_and_rows_of_scores(width, dtype) -> None:
    """Rows that are shorter, as long as, and longer than a block, one or many of them."""
    rng = np.random.default_rng(width)
    for rows in (1, 3, 51, 600 // width + 2):
        x, t = rng.standard_normal((2, rows, width)).astype(dtype)
        precision = 1e-5 if dtype == np.float32 else 1e-12
        out = np.full(rows, GAP, dtype)
        CPU["squared_error"](x, t, out)
        np.testing.assert_allclose(out, ((x - t) ** 2).mean(axis=1), rtol=precision)
        labels = rng.integers(0, width, (rows, 1))
        CPU["cross_entropy"](x * 20, labels, out)
        exact = logsumexp(x * 20.0, axis=1) - np.take_along_axis(x * 20.0, labels, axis=1)[:, 0]
        np.testing.assert_allclose(out, exact, rtol=1e-5, atol=1e-5)


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
