"""Kernels that rearrange, repeat and blur: twins, and what random numbers must keep to."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels import load
from tests.engine.kernels.test_twins import DType, both_types, compare, noise

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)
CLOCK = np.array([7, 3], np.uint64)


@both_types
@pytest.mark.parametrize("axes", [(0, 1, 2), (1, 0, 2), (2, 0, 1), (2, 1, 0), (0, 2, 1), (1, 2, 0)])
def test_permute(axes: tuple[int, int, int], dtype: DType) -> None:
    x = noise(dtype, 2, 3, 4, 5)
    expected = np.ascontiguousarray(x.transpose(0, *(axis + 1 for axis in axes)))
    strides = tuple((20, 5, 1)[axis] for axis in axes)
    row, y = x.reshape(2, -1), np.empty_like(expected)
    compare("permute", dict(x=row, y=y, strides=strides), "y")
    BACKENDS["cpu"]["permute"](row, y, strides)
    np.testing.assert_array_equal(y, expected)


@both_types
def test_repeat(dtype: DType) -> None:
    for n, time, size in ((1, 1, 1), (3, 4, 5), (2, 9, 33)):
        x, dy = noise(dtype, n, size), noise(dtype, n, time, size)
        compare("repeat", dict(x=x, y=np.empty_like(dy)), "y")
        compare("repeat_gradient", dict(dy=dy, dx=np.empty_like(x)), "dx")


@both_types
def test_spatial_dropout(dtype: DType) -> None:
    for shape in ((1, 1, 1), (3, 4, 5), (5, 9, 33)):
        x, rows = noise(dtype, *shape), np.arange(shape[0])
        same = dict(rows=rows, clock=CLOCK)
        last = dict(rate=0.4, stream=2)
        compare("spatial_dropout", dict(x=x) | same | dict(y=x.copy()) | last, "y")
        compare("spatial_dropout_gradient", dict(dy=x) | same | dict(dx=x.copy()) | last, "dx")


@both_types
def test_gaussian_noise(dtype: DType) -> None:
    for shape in ((1, 1), (3, 4), (5, 33)):
        x, rows = noise(dtype, *shape), np.arange(shape[0])
        arguments = dict(x=x, rows=rows, clock=CLOCK, y=x.copy(), deviation=0.3, stream=2)
        compare("gaussian_noise", arguments, "y")


@backends
def test_a_channel_is_dropped_at_all_places_or_at_none(k) -> None:
    x, rows = np.ones((40, 6, 50)), np.arange(40)
    y = np.empty_like(x)
    k["spatial_dropout"](x, rows, CLOCK, y, 0.25, 1)
    np.testing.assert_array_equal(y, np.broadcast_to(y[:, :1], y.shape))
    assert set(np.unique(y)) == {0, 1 / 0.75}
    assert np.mean(y[:, 0] != 0) == pytest.approx(0.75, abs=5 * np.sqrt(0.25 * 0.75 / 2000))
    assert len({tuple(row) for row in y[:, 0]}) == 40  # another mask for each sample


@backends
def test_noise_is_normal_and_blind_to_the_split_of_the_batch(k) -> None:
    x, rows, y = np.zeros((100, 301)), np.arange(100), np.empty((100, 301))
    k["gaussian_noise"](x, rows, CLOCK, y, 2.0, 1)
    z = y / 2.0
    assert z.mean() == pytest.approx(0, abs=5 / np.sqrt(z.size))
    assert z.std() == pytest.approx(1, abs=5 / np.sqrt(2 * z.size))
    for bound, share in ((1, 0.6827), (2, 0.9545), (3, 0.9973)):
        assert np.mean(np.abs(z) < bound) == pytest.approx(share, abs=0.012)
    assert abs(np.corrcoef(z[:, :-1].ravel(), z[:, 1:].ravel())[0, 1]) < 5 / np.sqrt(z.size)
    part = np.empty((60, 301))
    k["gaussian_noise"](x[40:], rows[40:], CLOCK, part, 2.0, 1)
    np.testing.assert_array_equal(part, y[40:])
    small = np.empty((100, 301), np.float32)
    k["gaussian_noise"](x.astype(np.float32), rows, CLOCK, small, 2.0, 1)
    np.testing.assert_allclose(small, y, rtol=1e-6, atol=1e-6)
    other = np.empty_like(y)
    for clock, stream in ((CLOCK + np.uint64(1), 1), (CLOCK, 2)):
        k["gaussian_noise"](x, rows, clock, other, 2.0, stream)
        assert abs(np.corrcoef(other.ravel(), y.ravel())[0, 1]) < 5 / np.sqrt(z.size)


@backends
def test_what_is_no_number_is_kept(k) -> None:
    x, y, rows = np.full((1, 3, 4), np.nan), np.empty((1, 3, 4)), np.arange(1)
    k["spatial_dropout"](x, rows, CLOCK, y, 0.0, 1)
    assert np.isnan(y).all()
    k["gaussian_noise"](x[0], np.arange(3), CLOCK, y[0], 0.1, 1)
    assert np.isnan(y).all()
