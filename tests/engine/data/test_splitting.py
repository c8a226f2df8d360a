"""Which samples go where: complete, disjoint, by class, by group and in time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import train_test_split

from engine.data.own.refusal import Refusal
from engine.data.samples import Array, Samples
from engine.data.splitting import grouped, shuffled, split, stratified
from engine.spec.division import PARTS
from tests.engine.data.own_box import own_box

shares = st.floats(0.02, 0.6), st.floats(0.0, 0.6)
seeds = st.integers(0, 2**31 - 1)


def joined(rows: dict[str, Array]) -> Array:
    return np.concatenate([rows[part] for part in PARTS])


@given(
    st.lists(st.integers(0, 3), min_size=30, max_size=300),
    *shares,
    seeds,
)
def test_classes_are_divided_completely_and_disjointly(
    labels: list[int], validation: float, test: float, seed: int
) -> None:
    """Also where a class has one sample or none, and where the shares exceed the whole."""
    rows = stratified(np.array(labels), 4, validation, test, seed)
    assert sorted(joined(rows)) == list(range(len(labels)))
    assert all(np.array_equal(part, np.sort(part)) for part in rows.values())
    assert len(rows["training"]) >= 1
    assert len(rows["validation"]) >= 1
    assert len(rows["test"]) >= (1 if test else 0)
    for label in range(4):
        count = labels.count(label)
        counts = {p: np.count_nonzero(np.array(labels)[rows[p]] == label) for p in PARTS}
        assert abs(counts["validation"] - count * validation) <= 1
        assert counts["training"] >= min(count, 1)


@given(st.lists(st.integers(20, 200), min_size=2, max_size=5), st.floats(0.1, 0.4), seeds)
def test_each_class_has_as_many_samples_as_with_scikit_learn(
    counts: list[int], share: float, seed: int
) -> None:
    labels = np.repeat(np.arange(len(counts)), counts)
    ours = np.bincount(labels[stratified(labels, len(counts), share, 0.0, seed)["validation"]])
    _, theirs = train_test_split(labels, test_size=share, stratify=labels, random_state=seed % 1000)
    assert np.abs(ours - np.bincount(theirs)).max() <= 1


@given(st.integers(3, 400), *shares, seeds)
def test_drawn_by_lot_parts_are_complete_and_none_is_empty(
    count: int, validation: float, test: float, seed: int
) -> None:
    rows = shuffled(count, validation, test, seed)
    assert sorted(joined(rows)) == list(range(count))
    assert len(rows["training"]) >= 1
    assert len(rows["validation"]) >= 1
    assert (len(rows["test"]) >= 1) == (test > 0)


@given(st.lists(st.integers(0, 12), min_size=8, max_size=200), *shares, seeds)
def test_groups_are_never_divided(
    groups: list[int], validation: float, test: float, seed: int
) -> None:
    if len(set(groups)) < 2:
        with pytest.raises(Refusal, match="one_group"):
            grouped(np.array(groups), validation, test, seed)
        return
    rows = grouped(np.array(groups), validation, test, seed)
    assert sorted(joined(rows)) == list(range(len(groups)))
    found = [set(np.array(groups)[rows[part]]) for part in PARTS]
    assert not found[0] & found[1]
    assert not found[0] & found[2]
    assert not found[1] & found[2]
    assert found[0]
    assert found[1]
    assert bool(found[2]) == (test > 0 and len(set(groups)) > 2)


def test_many_groups_come_near_the_shares() -> None:
    groups = np.random.default_rng(1).integers(0, 200, 5000)
    rows = grouped(groups, 0.2, 0.1, 5)
    assert len(rows["validation"]) == pytest.approx(1000, abs=30)
    assert len(rows["test"]) == pytest.approx(500, abs=30)


def test_in_time_training_comes_first_and_the_test_last() -> None:
    samples = Samples(np.arange(50.0)[:, None], np.zeros((50, 1)))
    rows = split(own_box(samples, split="time", validation=0.2, test=0.1), samples)
    assert joined(rows).tolist() == list(range(50))
    assert [len(rows[part]) for part in PARTS] == [35, 10, 5]


@pytest.mark.parametrize("way", ["auto", "stratified", "random", "group", "time"])
def test_a_test_part_that_the_collector_made_stays_the_test_part(way: str) -> None:
    labels, groups = np.arange(60) % 3, np.arange(60) // 4
    samples = Samples(np.zeros((60, 2)), labels, groups=groups, test=12)
    box = own_box(samples, 3, split=way, test=0.5, validation=0.25)
    rows = split(box, samples)
    assert rows["test"].tolist() == list(range(48, 60))
    assert sorted(joined(rows)) == list(range(60))
    assert len(rows["validation"]) == pytest.approx(12, abs=2)
    assert box.part_sizes == pytest.approx([len(rows[part]) for part in PARTS], abs=2)
    assert not box.applies("test")


def test_the_automatic_way_follows_from_the_samples() -> None:
    x, labels = np.zeros((30, 2)), np.arange(30) % 2
    ways = {
        "stratified": own_box(Samples(x, labels), 2),
        "random": own_box(Samples(x, np.zeros((30, 1)))),
        "group": own_box(Samples(x, labels, groups=labels), 2),
        "time": own_box(Samples(x, np.zeros((30, 1)), series=True), length=3),
    }
    assert {way: box.division for way, box in ways.items()} == {way: way for way in ways}
    tokens = np.zeros(30, np.int64)
    assert own_box(Samples(tokens, tokens), 4, 4, length=3).division == "time"
    assert own_box(Samples(x, np.zeros((30, 1))), split="stratified").division == "random"


@given(
    st.integers(40, 300),
    st.integers(3, 12),
    st.integers(1, 5),
    st.floats(0.02, 0.4),
    st.floats(0.0, 0.4),
)
def test_windows_of_a_series_share_no_row_with_another_part(
    count: int, length: int, horizon: int, validation: float, test: float
) -> None:
    samples = Samples(np.zeros((count, 1)), np.zeros((count, 1)), series=True)
    options = {"length": length, "horizon": horizon, "validation": validation, "test": test}
    box = own_box(samples, **options)  # type: ignore[arg-type]
    rows = split(box, samples)
    assert tuple(len(rows[part]) for part in PARTS) == box.part_sizes
    ends = [-1]
    for part in PARTS:
        if len(rows[part]):
            assert rows[part][0] > ends[-1]  # of windows with their targets
            assert np.array_equal(np.diff(rows[part]), np.ones(len(rows[part]) - 1))
            ends.append(rows[part][-1] + length + horizon - 1)
    assert ends[-1] < count


@given(st.integers(100, 900), st.integers(3, 12), st.sampled_from(["time", "random"]))
def test_windows_of_a_text_do_not_overlap(count: int, length: int, way: str) -> None:
    tokens = np.zeros(count, np.int64)
    samples = Samples(tokens, tokens)
    box = own_box(samples, 5, 5, length=length, split=way)
    rows = split(box, samples)
    assert tuple(len(rows[part]) for part in PARTS) == box.part_sizes
    starts = np.sort(joined(rows))
    assert np.diff(starts).min() >= length
    assert starts[-1] + length < count
    if way == "time":
        assert rows["training"][-1] + length < rows["validation"][0]
        assert rows["validation"][-1] + length < rows["test"][0]


def test_the_split_follows_its_seed() -> None:
    target = np.arange(90) % 3
    one, same, other = (stratified(target, 3, 0.2, 0.2, seed) for seed in (1, 1, 2))
    assert all(np.array_equal(one[part], same[part]) for part in PARTS)
    assert not np.array_equal(one["validation"], other["validation"])


@pytest.mark.parametrize("balance", ["none", "oversample", "undersample"])
def test_boxes_show_how_many_samples_each_part_gets(balance: str) -> None:
    from engine.data.preparing import prepare_samples

    labels = np.repeat([0, 1, 2], [70, 25, 5])
    samples = Samples(np.zeros((100, 2)), labels)
    box = own_box(samples, 3, balance=balance)
    parts = prepare_samples(box, samples).parts
    assert tuple(parts[part].count for part in PARTS) == box.part_sizes
    assert box.total == 100
