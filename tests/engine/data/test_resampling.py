"""Classes of equal size, in training alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.data.preparing import prepare_samples
from engine.data.resampling import balanced_rows
from engine.data.samples import Samples
from tests.engine.data.own_box import own_box

labels_of_any_sizes = st.lists(st.integers(0, 3), min_size=1, max_size=80)


@given(labels_of_any_sizes, st.integers(0, 99))
def test_rare_classes_are_repeated(labels: list[int], seed: int) -> None:
    rows = np.arange(len(labels)) * 2
    of_row = np.repeat(labels, 2)
    found = balanced_rows(rows, of_row, "oversample", seed)
    assert set(found) == set(rows)  # nothing is lost, and nothing comes from elsewhere
    counts = np.bincount(of_row[found])
    assert set(counts[counts > 0]) == {np.bincount(labels).max()}
    times = np.unique(found, return_counts=True)[1]
    for label in set(labels):
        each = times[of_row[rows] == label]
        assert each.max() - each.min() <= 1
    assert np.array_equal(found, balanced_rows(rows, of_row, "oversample", seed))


@given(labels_of_any_sizes, st.integers(0, 99))
def test_frequent_classes_are_thinned_out(labels: list[int], seed: int) -> None:
    rows, of_row = np.arange(len(labels)), np.array(labels)
    found = balanced_rows(rows, of_row, "undersample", seed)
    assert len(set(found)) == len(found)
    counts = np.bincount(of_row[found])
    sizes = np.bincount(labels)
    assert set(counts[counts > 0]) == {sizes[sizes > 0].min()}


def test_validation_and_test_stay_as_they_are() -> None:
    labels = np.repeat([0, 1], [90, 10])
    samples = Samples(np.arange(100.0)[:, None], labels)
    plain = prepare_samples(own_box(samples, 2), samples)
    more = prepare_samples(own_box(samples, 2, balance="oversample"), samples)
    for part in ("validation", "test"):
        assert np.array_equal(plain.parts[part].x, more.parts[part].x)
    assert np.bincount(more.parts["training"].target[:, 0]).tolist() == [62, 62]


def test_repeating_does_not_change_what_inputs_are_scaled_by() -> None:
    labels = np.repeat([0, 1], [90, 10])
    samples = Samples(np.arange(100.0)[:, None], labels)
    boxes = [own_box(samples, 2, scaling="standardise", balance=b) for b in ("none", "oversample")]
    one, other = (prepare_samples(box, samples).scaling for box in boxes)
    assert one is not None and other is not None
    assert np.array_equal(one.centre, other.centre)
