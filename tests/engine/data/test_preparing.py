"""From a data set to batches: split by seed, stratified, scaled by the training part only."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.preparing import prepare
from engine.spec.datasets import CARDS
from engine.spec.division import PARTS
from engine.spec.shapes import TOKEN
from tests.engine.networks import arrays, data_box


@pytest.mark.parametrize("name", ["digits_8", "digits_28", "iris"])
def test_every_class_has_its_share_of_each_part(name: str) -> None:
    prepared = prepare(data_box(dataset=name))
    _, labels = arrays(data_box(dataset=name))
    whole = np.bincount(labels) / len(labels)
    for part in PARTS:
        target = prepared.parts[part].target[:, 0]
        np.testing.assert_allclose(np.bincount(target) / len(target), whole, atol=0.02)


@pytest.mark.parametrize("name", CARDS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_parts_are_rows_ready_to_be_gathered(name: str, dtype: str) -> None:
    card = CARDS[name]
    prepared = prepare(data_box(dataset=name), dtype)
    assert prepared.shape == card.shape
    assert prepared.classes == card.classes
    for part in prepared.parts.values():
        assert part.x.shape == (part.count, card.shape.count)
        assert part.x.dtype == (np.int64 if card.shape.kind == TOKEN else dtype)
        assert part.target.shape == (part.count, card.target.count)
        assert part.x.flags.c_contiguous
        assert part.target.flags.c_contiguous
        assert len(part.target) == part.count
        assert part.target.dtype == (np.int64 if card.classes else dtype)
    assert sum(part.count for part in prepared.parts.values()) == data_box(dataset=name).total


def test_samples_keep_their_targets() -> None:
    x, labels = arrays(data_box(dataset="digits_8"))
    by_content = {
        sample.astype(np.float32).tobytes(): label for sample, label in zip(x, labels, strict=True)
    }
    for part in prepare(data_box(dataset="digits_8")).parts.values():
        for sample, label in zip(part.x, part.target[:, 0], strict=True):
            assert by_content[sample.tobytes()] == label


def test_standardising_uses_the_training_part_only() -> None:
    raw = prepare(data_box(dataset="iris", scaling="none"), "float64")
    scaled = prepare(data_box(dataset="iris", scaling="standardise"), "float64")
    training = raw.parts["training"].x
    mean, spread = training.mean(axis=0), training.std(axis=0)
    for part in PARTS:
        expected = (raw.parts[part].x - mean) / spread
        np.testing.assert_allclose(scaled.parts[part].x, expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(scaled.parts["training"].x.std(axis=0), 1)
    assert np.abs(scaled.parts["validation"].x.mean(axis=0)).max() > 1e-3


def test_a_feature_that_never_changes_is_not_divided_by_zero() -> None:
    prepared = prepare(data_box(dataset="digits_8", scaling="standardise"))
    constant = prepared.parts["training"].x.std(axis=0) == 0
    assert constant.any()
    assert all(np.isfinite(part.x).all() for part in prepared.parts.values())


@pytest.mark.parametrize("name", CARDS)
def test_auto_is_what_the_card_says(name: str) -> None:
    auto = prepare(data_box(dataset=name)).parts["training"].x
    said = prepare(data_box(dataset=name, scaling=CARDS[name].scaling)).parts["training"].x
    assert np.array_equal(auto, said)


def test_classes_can_be_handed_out_as_rows() -> None:
    labels = prepare(data_box(dataset="iris")).parts["test"].target
    rows = prepare(data_box(dataset="iris", target="one_hot")).parts["test"].target
    assert rows.dtype == np.float32
    assert np.array_equal(rows, np.eye(3)[labels[:, 0]])
    values = prepare(data_box(dataset="wave", target="one_hot")).parts["test"].target
    assert values.shape[1] == 1


def test_classes_of_each_step_can_be_handed_out_as_rows() -> None:
    labels = prepare(data_box(dataset="parity")).parts["test"].target
    rows = prepare(data_box(dataset="parity", target="one_hot")).parts["test"].target
    assert np.array_equal(rows.reshape(-1, 10, 2), np.eye(2)[labels])


def test_numbers_that_name_something_are_never_scaled() -> None:
    plain = prepare(data_box(dataset="majority")).parts["training"].x
    scaled = prepare(data_box(dataset="majority", scaling="standardise")).parts["training"].x
    assert np.array_equal(plain, scaled)


def test_without_a_test_part_there_is_an_empty_one() -> None:
    prepared = prepare(data_box(dataset="iris", test=0.0))
    assert prepared.parts["test"].count == 0
    assert prepared.parts["training"].count + prepared.parts["validation"].count == 150


def test_some_samples_are_shown_in_their_own_shape() -> None:
    prepared = prepare(data_box(dataset="digits_8"))
    assert prepared.inputs("validation", np.array([3, 5])).shape == (2, 8, 8, 1)


def test_values_to_predict_are_scaled_by_the_training_part_where_that_is_wanted() -> None:
    box = data_box(dataset="diabetes", target_scaling="none")
    plain = prepare(box, "float64")
    assert plain.target_scaling is None
    scaled = prepare(data_box(dataset="diabetes", target_scaling="standardise"), "float64")
    training = plain.parts["training"].target
    for name, part in scaled.parts.items():
        expected = (plain.parts[name].target - training.mean()) / training.std()
        np.testing.assert_allclose(part.target, expected, atol=1e-12)
        assert scaled.target_scaling is not None
        np.testing.assert_allclose(
            scaled.target_scaling.undo(part.target), plain.parts[name].target, atol=1e-12
        )


def test_targets_at_each_step_are_scaled_together_and_classes_never() -> None:
    series = data_box(dataset="sunspots", length=5, horizon=3, target_scaling="standardise")
    target = prepare(series).parts["training"].target
    assert abs(target.mean()) < 1e-4
    assert abs(target.std() - 1) < 1e-4
    assert prepare(data_box(dataset="iris", target_scaling="standardise")).target_scaling is None
