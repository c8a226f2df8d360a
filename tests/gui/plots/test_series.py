"""The buffer behind a curve: pictures of any part of it are small, and lose no peak."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.series import BLOCK, FIRST, Quantity, Series, smoothed


def series(values: np.ndarray, portion: int = 100_000) -> Series:
    made = Series()
    for start in range(0, len(values), portion):
        made.extend(values[start : start + portion])
    return made


def test_few_values_are_shown_as_they_are() -> None:
    x, y = series(np.array([3.0, 1.0, 2.0])).picture(0, 3, 100)
    assert x.tolist() == [1, 2, 3]
    assert y.tolist() == [3, 1, 2]


@pytest.mark.parametrize("count", [0, 1, 5, 999, 1000, 1001, 12_345, 300_000])
def test_a_picture_is_small_and_holds_the_extremes(count: int) -> None:
    values = np.random.default_rng(count).normal(size=count)
    x, y = series(values).picture(0, count, 500)
    assert len(x) == len(y) <= 1010
    assert np.all(np.diff(x) >= 0)
    if count:
        assert (y.min(), y.max()) == (values.min(), values.max())
        assert x[0] >= 1 and x[-1] == count


@pytest.mark.parametrize("place", [0, 1, 77_777, 199_998, 199_999])
def test_a_single_peak_is_never_lost(place: int) -> None:
    values = np.zeros(200_000)
    values[place] = 1.0
    x, y = series(values).picture(0, len(values), 500)
    assert y.max() == 1.0
    assert abs(x[y.argmax()] - (place + 1)) <= 512


def test_zooming_in_shows_the_values_themselves() -> None:
    values = np.random.default_rng(0).normal(size=200_000)
    x, y = series(values).picture(150_000, 150_400, 500)
    assert np.array_equal(y, values[150_000:150_400])
    assert x[0] == 150_001


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12))
def test_portions_make_no_difference(portions: list[int]) -> None:
    values = np.random.default_rng(1).normal(size=sum(portions))
    whole, pieces, start = series(values), Series(), 0
    for portion in portions:
        pieces.extend(values[start : start + portion])
        start += portion
    for a, b in zip(whole.picture(0, start, 20), pieces.picture(0, start, 20), strict=True):
        assert np.array_equal(a, b)


def test_what_is_not_finite_is_a_gap() -> None:
    made = series(np.array([1.0, np.inf, np.nan, 2.0] * FIRST))
    assert np.isnan(made.values).sum() == 2 * FIRST
    _, y = made.picture(0, len(made), 8)
    assert (np.nanmin(y), np.nanmax(y)) == (1.0, 2.0)


@pytest.mark.parametrize("count", [1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK + 3])
@pytest.mark.parametrize("decay", [0.0, 0.5, 0.99])
def test_smoothing_equals_its_definition(count: int, decay: float) -> None:
    x = np.random.default_rng(count).normal(size=count)
    expected, last = [], 0.7
    for value in x:
        last = decay * last + (1 - decay) * value
        expected.append(last)
    np.testing.assert_allclose(smoothed(x, decay, 0.7), expected, rtol=1e-10, atol=1e-12)


def test_a_smoothed_curve_begins_at_its_first_value_and_does_not_depend_on_portions() -> None:
    values = np.random.default_rng(3).normal(5, 1, size=1000)
    whole, pieces = Quantity(0.9), Quantity(0.9)
    whole.extend(values)
    for start in range(0, 1000, 7):
        pieces.extend(values[start : start + 7])
    assert whole.smooth.values[0] == pytest.approx(values[0])
    np.testing.assert_allclose(whole.smooth.values, pieces.smooth.values, rtol=1e-10)
    assert whole.now == whole.smooth.values[-1]


def test_smoothing_anew_equals_smoothing_from_the_beginning() -> None:
    values = np.random.default_rng(4).normal(size=3000)
    changed, direct = Quantity(0.5), Quantity(0.98)
    changed.extend(values)
    changed.decay = 0.98
    direct.extend(values)
    np.testing.assert_allclose(changed.smooth.values, direct.smooth.values)


def test_smoothing_reaches_over_gaps() -> None:
    quantity = Quantity(0.5)
    quantity.extend([1.0, np.nan, 1.0])
    assert quantity.smooth.values.tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_nothing_measured_yet_has_no_present_value() -> None:
    assert np.isnan(Quantity().now)
