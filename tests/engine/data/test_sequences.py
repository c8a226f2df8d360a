"""The drawn sequences: each is the task that it claims to be, at any length."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.sequences import BAD, GOOD, NOT, PADDING, SIGNAL
from engine.runtime.memory import Array
from engine.spec.datasets import CARDS, CHOSEN_LENGTH, LENGTH, SERIES
from engine.spec.options import options_of
from engine.spec.shapes import TOKEN
from tests.engine.networks import arrays, data_box

LENGTHS = (3, 4, 7, 20, 101)
lengths = pytest.mark.parametrize("length", LENGTHS)


def drawn(name: str, length: int = 12, samples: int = 400, **options: float) -> tuple[Array, Array]:
    return arrays(data_box(dataset=name, length=length, samples=samples, **options))


@pytest.mark.parametrize("name", sorted(set(CHOSEN_LENGTH) - set(SERIES)))
@lengths
def test_the_card_follows_the_length(name: str, length: int) -> None:
    box = data_box(dataset=name, length=length)
    x, target = arrays(box)
    assert x.shape == (box.total, *box.card.shape.sizes)
    assert target.shape == (box.total, *box.card.target.sizes)
    assert box.card.shape.time == length
    assert box.card.target == box.output_shapes({})["target"]
    if box.card.shape.kind == TOKEN:
        assert x.min() >= 0 and x.max() < box.card.shape.limit
    if box.card.classes:
        assert target.min() >= 0 and target.max() < box.card.classes


@pytest.mark.parametrize("name", CARDS)
def test_a_card_for_the_usual_length_is_the_card_itself(name: str) -> None:
    assert CARDS[name].at(LENGTH) == CARDS[name]
    assert options_of(type(data_box()))["length"].default == LENGTH


@lengths
def test_the_marked_numbers_are_added(length: int) -> None:
    x, target = drawn("adding", length)
    assert ((x[..., 1] == 1).sum(axis=1) == 2).all()
    half = length // 2
    assert (x[:, :half, 1].sum(axis=1) == 1).all()  # one mark in each half
    np.testing.assert_allclose(target[:, 0], [n[m == 1].sum() for n, m in x.transpose(0, 2, 1)])


def test_who_answers_one_to_an_addition_is_wrong_by_a_sixth() -> None:
    _, target = drawn("adding", samples=20_000)
    assert np.mean((target - 1.0) ** 2) == pytest.approx(1 / 6, rel=0.03)


@lengths
def test_symbols_are_copied_behind_the_signal(length: int) -> None:
    x, target = drawn("copy", length)
    size = min(3, (length - 1) // 2)
    assert ((x == SIGNAL).sum(axis=1) == 1).all()
    signal = int(np.argmax(x[0] == SIGNAL))
    assert signal == length - size - 1
    assert np.array_equal(target[:, signal + 1 :], x[:, :size])
    assert (x[:, :size] > 0).all()
    assert not target[:, : signal + 1].any()
    assert not x[:, signal + 1 :].any()


def test_a_reversal_is_read_backwards() -> None:
    x, target = drawn("reversal")
    assert np.array_equal(target, x[:, ::-1])


def test_parity_counts_the_ones_so_far() -> None:
    x, target = drawn("parity")
    assert all(target[i, t] == x[i, : t + 1].sum() % 2 for i in range(20) for t in range(12))


@lengths
def test_the_majority_is_more_than_half(length: int) -> None:
    x, target = drawn("majority", length, samples=4000)
    assert np.array_equal(target, ((x >= 5).mean(axis=1) > 0.5).astype(int))
    assert target.mean() == pytest.approx(0.5, abs=0.03)


@lengths
def test_sentences_end_in_padding_and_mean_what_they_say(length: int) -> None:
    x, target = drawn("sentences", length)
    used = (x != PADDING).sum(axis=1)
    assert used.min() >= 3
    assert used.max() == length
    for words, label, count in zip(x, target, used, strict=True):
        assert not words[count:].any()
        total, turned = 0, False
        for word in words[:count]:
            meaning = (GOOD.start <= word < GOOD.stop) - int(BAD.start <= word < BAD.stop)
            total += -meaning if turned else meaning
            turned = word == NOT
        assert total != 0
        assert label == (total > 0)


def test_the_next_value_of_sines_follows_smoothly() -> None:
    x, target = drawn("sines", 40, noise=0.0)
    assert np.abs(x).max() <= 1
    step = np.abs(np.diff(x[..., 0], axis=1)).max()
    assert np.abs(target[:, 0] - x[:, -1, 0]).max() <= 1.1 * step
    # four neighbours of a sum of two sines decide the next value, so the task can be solved
    assert target.std() > 0.3
