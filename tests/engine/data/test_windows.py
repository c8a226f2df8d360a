"""Windows equal those that a plain loop cuts out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.preparing import prepare_samples
from engine.data.samples import Samples
from engine.data.splitting import split
from engine.data.windows import AT_ONCE, covered, of_length, windows
from engine.spec.division import PARTS
from tests.engine.data.own_box import own_box


@given(st.integers(40, 90), st.integers(3, 9), st.integers(1, 4), st.integers(1, 3))
def test_windows_of_a_series_are_those_of_a_plain_loop(
    count: int, length: int, horizon: int, width: int
) -> None:
    rng = np.random.default_rng(count)
    x, target = rng.normal(size=(count, width)), rng.normal(size=(count, 2))
    samples = Samples(x, target, series=True)
    box = own_box(samples, length=length, horizon=horizon, target_scaling="none")
    prepared = prepare_samples(box, samples, "float64")
    for part in PARTS:
        starts = prepared.rows[part].tolist()
        inputs = prepared.inputs(part, np.arange(len(starts)))
        for number, start in enumerate(starts):
            for step in range(length):
                assert inputs[number, step].tolist() == x[start + step].tolist()
            ahead = target[start + length - 1 + horizon]
            assert prepared.parts[part].target[number].tolist() == ahead.tolist()


@given(st.integers(60, 200), st.integers(3, 9), st.sampled_from(["time", "random"]))
def test_the_target_of_a_text_is_at_each_step_the_next_token(
    count: int, length: int, way: str
) -> None:
    tokens = np.random.default_rng(count).integers(0, 7, count)
    samples = Samples(tokens, tokens)
    prepared = prepare_samples(own_box(samples, 7, 7, length=length, split=way), samples)
    for part in PARTS:
        for number, start in enumerate(prepared.rows[part].tolist()):
            x, target = prepared.parts[part].x[number], prepared.parts[part].target[number]
            assert x.tolist() == tokens[start : start + length].tolist()
            assert target.tolist() == tokens[start + 1 : start + length + 1].tolist()


def test_the_class_of_a_window_is_the_one_it_foretells() -> None:
    labels = np.arange(200) % 2
    labels[::10] = 2
    samples = Samples(np.arange(200.0)[:, None], labels, series=True)
    box = own_box(samples, 3, length=4, horizon=2, balance="oversample")
    part = prepare_samples(box, samples).parts["training"]
    last = part.x[:, -1].astype(int)
    assert np.array_equal(part.target[:, 0], labels[last + 2])
    assert len(set(np.bincount(part.target[:, 0]))) == 1


def test_a_series_is_scaled_by_the_rows_of_training() -> None:
    rng = np.random.default_rng(0)
    x = np.cumsum(rng.normal(size=(100, 2)), axis=0)
    samples = Samples(x, x, series=True)
    box = own_box(samples, length=5, horizon=1, scaling="standardise", test=0.2, validation=0.2)
    prepared = prepare_samples(box, samples, "float64")
    rows = x[:60]
    first = (x[:5] - rows.mean(axis=0)) / rows.std(axis=0)
    np.testing.assert_allclose(prepared.inputs("training", np.array([0]))[0], first, rtol=1e-12)
    begin = split(box, samples)["test"][-1]
    last = (x[begin : begin + 5] - rows.mean(axis=0)) / rows.std(axis=0)
    np.testing.assert_allclose(prepared.inputs("test", np.array([-1]))[0], last, rtol=1e-12)


@pytest.mark.parametrize("length", [3, 6, 9])
def test_labelled_texts_are_cut_or_filled_up(length: int) -> None:
    tokens = np.arange(1, 241).reshape(40, 6)
    samples = Samples(tokens, np.arange(40) % 2)
    box = own_box(samples, 2, 300, length=length)
    assert box.total == 40
    part = prepare_samples(box, samples).parts["training"]
    assert part.x.shape[1] == length
    for row in part.x:
        original = tokens[(row[0] - 1) // 6].tolist()
        assert row.tolist() == (original + [0] * 3)[:length]


def test_many_windows_are_cut_some_at_a_time() -> None:
    rows = np.arange(40_000 * 2).reshape(-1, 2)
    starts = np.arange(0, 39_990, 2)
    found = windows(rows, starts, 3)
    assert len(starts) > AT_ONCE
    for step in range(3):
        assert np.array_equal(found.reshape(-1, 3, 2)[:, step], rows[starts + step])


def test_lengths_and_covered_rows() -> None:
    assert of_length(np.array([[1, 2]]), 2).tolist() == [[1, 2]]
    assert covered(np.array([0, 1, 7]), 3, 12).tolist() == [0, 1, 2, 3, 7, 8, 9]
    assert covered(np.array([10]), 3, 12).tolist() == [10, 11]
