"""Pearson's correlations, of what there is room for."""

from __future__ import annotations

import numpy as np

from engine.data.correlating import AT_ONCE, MOST, correlations, pearson


def test_many_rows_give_what_numpy_gives() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(5.0, 2.0, (2 * AT_ONCE + 7, 4))
    x[:, 1] += x[:, 0]
    np.testing.assert_allclose(pearson(x), np.corrcoef(x, rowvar=False), atol=1e-12)


def test_what_never_changes_goes_with_nothing() -> None:
    x = np.stack([np.full(50, 0.1), np.arange(50.0)], axis=1)
    found = pearson(x)
    assert np.isnan(found[0]).all() and np.isnan(found[:, 0]).all()
    assert found[1, 1] == 1.0


def test_of_too_many_columns_those_stay_that_go_with_the_target() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 100))
    target = x[:, 70] + 0.1 * rng.normal(size=300)
    found = correlations(x, target, 0)
    assert len(found.names) == MOST == len(found.values)
    assert ("feature", 70) in found.names
    assert found.left_out == 100 - (MOST - 1)
    place = found.names.index(("feature", 70))
    assert found.values[place, -1] == np.abs(found.values[:-1, -1]).max()


def test_two_classes_are_one_column() -> None:
    x = np.array([[0.0], [1.0], [2.0], [3.0]])
    found = correlations(x, np.array([0, 0, 1, 1]), 2)
    assert found.names == (("feature", 0), ("class", 1))
    np.testing.assert_allclose(found.values[0, 1], 2 / np.sqrt(5))


def test_features_can_be_compared_without_a_target() -> None:
    x = np.random.default_rng(2).normal(size=(20, 2))
    found = correlations(x, None, 0)
    assert found.names == (("feature", 0), ("feature", 1))
