"""Scaling equals scikit-learn's, and knows the training part only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.preprocessing import MinMaxScaler, StandardScaler

from engine.data.preparing import prepare_samples
from engine.data.samples import Array, Samples, TableColumn
from engine.data.scaling import fit
from engine.spec.division import PARTS
from tests.engine.data.own_box import own_box
from tests.engine.data.whole_tables import encoded

SCALERS = {"standardise": StandardScaler, "min_max": MinMaxScaler}
tables = arrays(np.float64, st.tuples(st.integers(2, 30), st.just(3)), elements=st.floats(-9, 9))


@given(tables, st.sampled_from(sorted(SCALERS)), st.integers(1, 30))
def test_scaling_is_scikit_learns_however_the_rows_are_cut(x: Array, way: str, at: int) -> None:
    scaling = fit(way, lambda: (x[i : i + at] for i in range(0, len(x), at)))
    assert scaling is not None
    reference = SCALERS[way]().fit_transform(x)
    constant = x.max(axis=0) - x.min(axis=0) < 1e-9  # where rounding is all that differs
    ours = scaling.apply(x)
    np.testing.assert_allclose(ours[:, ~constant], reference[:, ~constant], rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(scaling.undo(ours), x, rtol=1e-9, atol=1e-9)


def test_what_never_changes_is_only_moved() -> None:
    x = np.full((1000, 1), 0.1)  # whose mean is not quite 0.1
    for way in SCALERS:
        scaling = fit(way, lambda: [x])
        assert scaling is not None
        assert np.abs(scaling.apply(x)).max() < 1e-12


def test_what_is_no_number_is_left_out_of_what_is_measured() -> None:
    x = np.array([[1.0], [np.nan], [3.0], [np.inf]])
    for way in SCALERS:
        scaling = fit(way, lambda: [x])
        assert scaling is not None
        assert scaling.apply(np.array([[1.0], [3.0]])).ravel() == pytest.approx(
            [-1, 1] if way == "standardise" else [0, 1]
        )


def test_nothing_is_measured_where_nothing_is_scaled() -> None:
    assert fit("none", lambda: [np.zeros((2, 2))]) is None


@pytest.mark.parametrize("way", ["standardise", "min_max"])
def test_a_changed_test_sample_changes_no_training_input(way: str) -> None:
    rng = np.random.default_rng(0)
    columns = (TableColumn(), TableColumn(categories=3), TableColumn(gaps="median"))
    x = rng.normal(size=(60, 3))
    x[:, 1] = rng.integers(0, 3, 60)
    x[::7, 0] = np.nan
    samples = Samples(x, np.arange(60) % 2, columns)
    box = own_box(samples, 2, scaling=way)
    before = prepare_samples(box, samples, "float64")
    changed = x.copy()
    changed[before.rows["test"]] = [1e6, 2, -1e6]
    after = prepare_samples(box, Samples(changed, samples.target, columns), "float64")
    for part in ("training", "validation"):
        assert np.array_equal(before.parts[part].x, after.parts[part].x)
    assert not np.array_equal(before.parts["test"].x, after.parts["test"].x)


def test_columns_of_categories_are_not_scaled_and_gaps_are_filled() -> None:
    rng = np.random.default_rng(1)
    columns = (TableColumn(), TableColumn(categories=4), TableColumn(categories=2))
    x = np.stack([rng.normal(5, 2, 80), rng.integers(0, 4, 80), rng.integers(0, 2, 80)], axis=1)
    x[::9, 0] = np.nan
    samples = Samples(x, np.zeros((80, 1)), columns)
    prepared = prepare_samples(own_box(samples, scaling="standardise"), samples, "float64")
    whole = encoded(x, columns, prepared.rows["training"])
    for part in PARTS:
        assert np.array_equal(prepared.parts[part].x[:, 1:], whole[prepared.rows[part], 1:])
    training = prepared.parts["training"].x[:, 0]
    assert [training.mean(), training.std()] == pytest.approx([0, 1])


def test_pictures_of_bytes_become_numbers_from_0_to_1() -> None:
    pictures = np.arange(60 * 16, dtype=np.int64).reshape(60, 4, 4, 1).astype(np.uint8)
    samples = Samples(pictures, np.arange(60) % 2)
    prepared = prepare_samples(own_box(samples, 2), samples)
    for part in PARTS:
        expected = pictures[prepared.rows[part]].reshape(-1, 16) / np.float64(255)
        assert np.array_equal(prepared.parts[part].x, expected.astype(np.float32))


def test_of_a_sequence_each_feature_has_one_scale_for_all_steps() -> None:
    x = np.random.default_rng(2).normal([3, -1], [2, 5], (50, 4, 2))
    samples = Samples(x, np.zeros((50, 1)))
    prepared = prepare_samples(own_box(samples, scaling="standardise"), samples, "float64")
    rows = x[prepared.rows["training"]].reshape(-1, 2)
    expected = (x[prepared.rows["test"]] - rows.mean(axis=0)) / rows.std(axis=0)
    found = prepared.inputs("test", np.arange(len(expected)))
    np.testing.assert_allclose(found, expected, rtol=1e-10)
    assert prepared.scaling is not None
    assert prepared.scaling.centre.shape == (8,)
