"""How weights begin: by seed and name, with the spread that the papers ask for."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.base import Weight
from engine.runtime.initializers import INITIALIZERS, generator, initial


def test_glorot_has_the_spread_of_its_paper() -> None:
    weight = Weight((300, 200), "glorot_uniform", 300, 200)
    values = initial(weight, 0, "a/kernel")
    limit = np.sqrt(6 / 500)
    assert np.abs(values).max() <= limit
    assert values.mean() == pytest.approx(0, abs=limit / 50)
    assert values.var() == pytest.approx(2 / 500, rel=0.02)


def test_zeros_are_zeros() -> None:
    assert not initial(Weight((4,), "zeros"), 3, "a/bias").any()


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_shape_is_the_weight_s(name: str) -> None:
    assert initial(Weight((3, 4), name, 3, 4), 0, "a/kernel").shape == (3, 4)


def test_streams_differ_by_seed_purpose_and_number_and_in_nothing_else() -> None:
    draws = {
        generator(seed, purpose, number).random()
        for seed in (0, 1, 2**31 - 1)
        for purpose in ("shuffle", "split", "weights/a/kernel")
        for number in (0, 1, 100_000)
    }
    assert len(draws) == 27
    assert generator(5, "x", 1).random() == generator(5, "x", 1).random()


def test_streams_of_neighbouring_numbers_do_not_overlap() -> None:
    first = generator(0, "shuffle", 0).random(10_000)
    second = generator(0, "shuffle", 1).random(10_000)
    assert not np.isin(first, second).any()
