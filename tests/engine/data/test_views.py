"""What is said about data equals what NumPy finds in the prepared samples themselves."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.loading import load
from engine.data.preparing import Prepared, prepare
from engine.data.samples import Array
from engine.data.views import raw_samples, show
from engine.data_protocol import Show, Shown
from engine.layers.data import Data
from engine.spec.datasets import CARDS
from engine.spec.division import PARTS
from engine.spec.options import Options, Value, checked
from engine.spec.shapes import TOKEN


def shown(dataset: str, part: str = "training", **options: Value) -> tuple[Shown, Prepared, Data]:
    values: dict[str, Value] = {"dataset": dataset, **options}
    box = checked(Data, values)
    return show(Show(1, Options(values), part=part)), prepare(box), box


@pytest.mark.parametrize("dataset", CARDS)
def test_every_set_can_be_shown(dataset: str) -> None:
    found, prepared, box = shown(dataset)
    assert found.shape == box.card.shape
    assert found.counts == {part: prepared.parts[part].count for part in PARTS}
    sizes = [part.x.nbytes + part.target.nbytes for part in prepared.parts.values()]
    assert found.size == sum(sizes)
    views = found.samples
    np.testing.assert_array_equal(
        views.prepared, prepared.inputs("training", np.arange(len(views.rows)))
    )
    assert len(views.raw) == len(views.rows) <= 60
    if box.card.shape.kind == TOKEN:
        assert found.token_counts.sum() == prepared.parts["training"].x.size
        assert found.columns == ()
    else:
        assert found.columns
    assert bool(found.class_counts) == bool(box.card.classes)
    assert len(found.targets) == (0 if box.card.classes else box.card.outputs)


@pytest.mark.parametrize(
    "dataset", ["spirals", "iris", "digits_8", "moods_en", "alice", "sunspots"]
)
def test_a_part_may_be_empty(dataset: str) -> None:
    found, prepared, _ = shown(dataset, part="test", test=0.0)
    assert found.counts["test"] == prepared.parts["test"].count == len(found.samples.rows) == 0
    assert found.counts["training"] > 0


def test_raw_samples_are_the_rows_that_were_prepared() -> None:
    found, prepared, box = shown("iris")
    raw = load(box).x[prepared.rows["training"]]
    np.testing.assert_array_equal(found.samples.raw, raw[:60])
    scaled = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    np.testing.assert_allclose(found.samples.prepared, scaled[:60], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("part", PARTS)
def test_columns_are_summed_up_as_numpy_does(part: str) -> None:
    found, prepared, box = shown("iris", part)
    raw = load(box).x[prepared.rows[part]]
    for i, column in enumerate(found.columns):
        for spread, values in (
            (column.raw, raw[:, i]),
            (column.prepared, prepared.parts[part].x[:, i]),
        ):
            exact = values.astype(np.float64)
            assert spread.mean == pytest.approx(exact.mean(), abs=1e-12)
            assert spread.deviation == pytest.approx(exact.std())
            assert (spread.low, spread.high) == (values.min(), values.max())
            assert spread.counts.sum() == len(values)
            again, _ = np.histogram(values, spread.edges)
            np.testing.assert_array_equal(spread.counts, again)
            assert spread.gaps == 0


@pytest.mark.parametrize("target", ["labels", "one_hot"])
def test_classes_are_counted_in_each_part(target: str) -> None:
    found, prepared, box = shown("wine", target=target)
    labels = load(box).target
    for part in PARTS:
        expected = np.bincount(labels[prepared.rows[part]], minlength=3)
        np.testing.assert_array_equal(found.class_counts[part], expected)
    np.testing.assert_array_equal(
        found.samples.target.reshape(-1), labels[prepared.rows["training"]][:60]
    )


def test_a_step_counts_where_there_is_an_answer_at_each() -> None:
    found, prepared, _ = shown("parity")
    target = prepared.parts["test"].target
    np.testing.assert_array_equal(found.class_counts["test"], np.bincount(target.reshape(-1)))


def test_tokens_are_counted() -> None:
    found, prepared, box = shown("sentences", "validation")
    x = prepared.parts["validation"].x
    expected = [np.count_nonzero(x == token) for token in range(box.card.shape.limit)]
    assert found.token_counts.tolist() == expected


def test_correlations_are_pearsons() -> None:
    found, prepared, _ = shown("diabetes")
    part = prepared.parts["training"]
    expected = np.corrcoef(np.concatenate([part.x, part.target], axis=1), rowvar=False)
    assert found.correlations is not None
    np.testing.assert_allclose(found.correlations.values, expected, atol=1e-5)
    assert found.correlations.names[-1] == ("target", 0)


def test_scaled_targets_are_shown_in_their_own_unit_too() -> None:
    found, prepared, box = shown("diabetes", target_scaling="standardise")
    own = load(box).target[prepared.rows["training"]].reshape(-1)
    scaled = prepared.parts["training"].target
    assert found.samples.raw_target is not None
    np.testing.assert_allclose(found.samples.raw_target.reshape(-1), own[:60], rtol=1e-5)
    np.testing.assert_array_equal(found.samples.target, scaled[:60])
    ((raw,), (prepared_spread,)) = found.raw_targets, found.targets
    assert raw.mean == pytest.approx(own.mean(), rel=1e-5)
    assert prepared_spread.deviation == pytest.approx(1.0, abs=1e-4)
    plain, _, _ = shown("diabetes", target_scaling="none")
    assert plain.samples.raw_target is None and plain.raw_targets == ()


def test_three_classes_are_a_column_each() -> None:
    found, prepared, _ = shown("iris")
    part = prepared.parts["training"]
    marks = np.eye(3)[part.target[:, 0]]
    expected = np.corrcoef(np.concatenate([part.x, marks], axis=1), rowvar=False)
    assert found.correlations is not None
    np.testing.assert_allclose(found.correlations.values, expected, atol=1e-5)
    assert found.correlations.names[4:] == (("class", 0), ("class", 1), ("class", 2))


def test_pictures_have_no_correlations_and_a_column_for_each_channel() -> None:
    found, prepared, _ = shown("digits_8")
    assert found.correlations is None
    (column,) = found.columns
    x: Array = prepared.parts["training"].x.astype(np.float64)
    assert column.prepared.mean == pytest.approx(x.mean())
    assert column.prepared.deviation == pytest.approx(x.std())
    assert column.prepared.counts.sum() == x.size


def test_windows_of_a_series_are_shown_as_they_were_read() -> None:
    name = next(name for name, card in CARDS.items() if card.any_length and not card.characters)
    found, prepared, box = shown(name, length=7)
    raw = raw_samples(box, load(box), prepared.rows["training"][:3])
    np.testing.assert_array_equal(found.samples.raw[:3], raw)


def test_only_a_few_samples_are_sent_where_no_more_is_asked() -> None:
    question = Show(4, Options({"dataset": "iris"}), whole=False, sample=20, most=5)
    found = show(question)
    assert found.task == 4
    assert found.samples.rows.tolist() == [20, 21, 22, 23, 24]
    assert found.columns == () and found.correlations is None
    assert found.class_counts["training"].sum() == found.counts["training"]


def test_the_last_samples_are_shown_where_there_are_no_later_ones() -> None:
    question = Show(1, Options({"dataset": "iris"}), sample=10_000)
    found = show(question)
    assert found.samples.rows.tolist() == [found.counts["training"] - 1]


def test_an_empty_part_is_shown_as_empty() -> None:
    found, _, _ = shown("iris", "test", test=0.0)
    assert found.counts["test"] == 0
    assert len(found.samples.rows) == 0
    assert found.columns == ()


def test_pictures_are_shown_augmented() -> None:
    box = Options({"dataset": "digits_8"})
    flipped = show(Show(1, box, Options({"flip_left_right": True, "shift": 0.2}), most=8)).samples
    plain = show(Show(1, box, most=8)).samples
    assert plain.augmented is None
    assert flipped.augmented is not None
    assert flipped.augmented.shape == flipped.prepared.shape
    assert not np.array_equal(flipped.augmented, flipped.prepared)
    assert show(Show(1, box, Options(), part="test", most=8)).samples.augmented is None
