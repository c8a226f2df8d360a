"""Cross-validation: every sample is validated once, and classes are dealt out evenly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.runtime.folds import cross_validate, fold_groups, fold_rows
from engine.runtime.model import Model
from engine.runtime.trainer import Trainer
from engine.scripting import chain
from tests.engine.networks import spiral_mlp


@given(st.lists(st.integers(0, 3), min_size=6, max_size=60), st.integers(2, 6), st.integers(0, 9))
def test_folds_are_even_in_size_and_in_classes(labels: list[int], folds: int, seed: int) -> None:
    found = fold_rows(np.array(labels), len(labels), folds, seed)
    sizes = np.bincount(found, minlength=folds)
    assert sizes.max() - sizes.min() <= 1
    for label in set(labels):
        own = np.bincount(found[np.array(labels) == label], minlength=folds)
        assert own.max() - own.min() <= 1
    np.testing.assert_array_equal(found, fold_rows(np.array(labels), len(labels), folds, seed))


def test_values_are_dealt_out_at_random() -> None:
    one, other = (fold_rows(None, 40, 4, seed) for seed in (0, 1))
    assert np.bincount(one).tolist() == [10] * 4
    assert (one != other).any()


@pytest.mark.parametrize("folds", [1, 0, 11])
def test_impossible_numbers_of_folds_are_refused(folds: int) -> None:
    with pytest.raises(ValueError, match="are possible"):
        fold_rows(None, 10, folds, 0)


@given(st.lists(st.integers(0, 9), min_size=12, max_size=80), st.integers(2, 4), st.integers(0, 9))
def test_groups_stay_in_one_fold(groups: list[int], folds: int, seed: int) -> None:
    names = np.array(groups)
    if len(set(groups)) < folds:
        with pytest.raises(ValueError, match="are possible"):
            fold_groups(names, folds, seed)
        return
    found = fold_groups(names, folds, seed)
    assert set(found) == set(range(folds))
    for group in set(groups):
        assert len(set(found[names == group])) == 1
    sizes = np.bincount(found)
    assert sizes.max() - sizes.min() <= np.bincount(names).max()


def test_folds_of_a_series_are_stretches_that_share_no_row_with_training() -> None:
    from engine.runtime.folds import _data

    length, horizon = 12, 3
    model = Model(
        chain(
            ("data", {"dataset": "sunspots", "length": length, "horizon": horizon}),
            ("flatten", {}),
            ("dense", {"units": 1}),
            ("mean_squared_error", {}),
        )
    )
    try:
        pool = set()
        for fold in range(3):
            (data,) = _data(model, fold, 3, 0).values()
            held, training = data.rows["validation"], data.rows["training"]
            reached = held[:, None] + np.arange(length + horizon)
            read = training[:, None] + np.arange(length + horizon)
            assert not np.isin(read, reached).any()
            assert len(training) > 20
            pool |= set(held.tolist())
        whole = Trainer(model).data["data_1"].rows
        assert pool == {*whole["training"].tolist(), *whole["validation"].tolist()}
    finally:
        model.close()


def test_every_sample_is_validated_once() -> None:
    from engine.runtime.folds import _data

    document = spiral_mlp(batch_size=16)
    model = Model(document)
    whole = Trainer(model)
    seen = []
    for fold in range(4):
        trainer = Trainer(model, _data(model, fold, 4, 0))
        counts = {part: trainer.count(part) for part in ("training", "validation", "test")}
        assert sum(counts.values()) == sum(whole.count(part) for part in counts)
        assert counts["test"] == whole.count("test")
        seen.append(counts["validation"])
    assert sum(seen) == whole.count("training") + whole.count("validation")
    assert max(seen) - min(seen) <= 1


def test_the_scores_are_those_of_each_fold() -> None:
    document, told = spiral_mlp(batch_size=32, epochs=2), []
    found = cross_validate(document, 3, on_fold=lambda fold, score: told.append((fold, score)))
    assert told == list(enumerate(found.scores))
    assert found.epochs == (2, 2, 2)
    losses = [score["loss"] for score in found.scores]
    assert len(set(losses)) == 3
    assert found.mean("loss") == pytest.approx(np.mean(losses))
    assert found.deviation("loss") == pytest.approx(np.std(losses, ddof=1))
    assert cross_validate(document, 3) == found
    assert cross_validate(document, 3, seed=1) != found


def test_a_fold_that_stops_early_is_scored_with_its_best_weights() -> None:
    document = spiral_mlp(
        batch_size=32, epochs=60, early_stopping=True, patience=1, learning_rate=0.5
    )
    found = cross_validate(document, 2)
    assert max(found.epochs) < 60
