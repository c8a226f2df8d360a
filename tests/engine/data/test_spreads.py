"""Histograms and the numbers that sum a column up."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data import spreads
from engine.data.spreads import BINS, moments, spread_of


def test_gaps_are_counted_and_left_out() -> None:
    spread = spread_of(np.array([1.5, np.nan, 2.5, np.nan]))
    assert spread.gaps == 2
    assert spread.mean == 2.0
    assert spread.deviation == 0.5
    assert spread.counts.sum() == 2


def test_few_whole_numbers_have_a_bin_each() -> None:
    spread = spread_of(np.array([3.0, 3.0, 5.0]))
    assert spread.edges.tolist() == [2.5, 3.5, 4.5, 5.5]
    assert spread.counts.tolist() == [2, 0, 1]


def test_measured_numbers_have_bins_of_equal_width() -> None:
    values = np.random.default_rng(0).normal(size=500)
    spread = spread_of(values)
    assert len(spread.counts) == BINS
    assert (spread.edges[0], spread.edges[-1]) == (values.min(), values.max())


def test_a_constant_has_one_bin() -> None:
    spread = spread_of(np.full(4, 0.1))
    assert spread.counts.tolist() == [4]
    assert spread.deviation == pytest.approx(0.0)
    assert spread.edges[0] < 0.1 < spread.edges[1]


def test_categories_have_a_bin_each_also_where_none_occurs() -> None:
    spread = spread_of(np.array([0.0, 2.0, np.nan, 2.0]), categories=4)
    assert spread.counts.tolist() == [1, 0, 2, 0]
    assert spread.gaps == 1
    assert len(spread.edges) == 0


def test_a_column_of_gaps_only_has_no_numbers() -> None:
    spread = spread_of(np.full(3, np.nan))
    assert spread.gaps == 3
    assert len(spread.counts) == 0
    assert np.isnan(spread.mean)


def test_many_values_are_summed_up_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).normal(1e4, 1.0, 1000).astype(np.float32)
    monkeypatch.setattr(spreads, "AT_ONCE", 64)
    mean, deviation = moments(values)
    exact = values.astype(np.float64)
    assert mean == pytest.approx(exact.mean(), rel=1e-14)
    assert deviation == pytest.approx(exact.std(), rel=1e-12)


def test_bytes_are_spread_as_the_numbers_they_are() -> None:
    spread = spread_of(np.array([[0, 255], [128, 255]], np.uint8))
    assert (spread.low, spread.high) == (0.0, 255.0)
    assert spread.mean == pytest.approx(159.5)
    assert spread.counts[-1] == 2
