"""How weights begin: by seed and name, with the spread that the papers ask for."""

from __future__ import annotations

import numpy as np
import pytest

from engine.layers.base import Weight
from engine.layers.weighted import INITIALIZERS as CHOICES
from engine.runtime.initializers import INITIALIZERS, generator, initial

IN, OUT = 300, 200
DEVIATIONS = {
    "glorot_uniform": np.sqrt(2 / (IN + OUT)),
    "glorot_normal": np.sqrt(2 / (IN + OUT)),
    "he_uniform": np.sqrt(2 / IN),
    "he_normal": np.sqrt(2 / IN),
    "lecun_uniform": np.sqrt(1 / IN),
    "lecun_normal": np.sqrt(1 / IN),
    "uniform": 0.1 / np.sqrt(12),
    "normal": 0.05,
    "truncated_normal": 0.05 * 0.8796256610342398,  # of a normal distribution cut off at ±2
}


@pytest.mark.parametrize("name", DEVIATIONS)
def test_the_spread_is_that_of_the_paper(name: str) -> None:
    values = initial(Weight((IN, OUT), name, IN, OUT), 0, "a/kernel")
    deviation = DEVIATIONS[name]
    assert values.mean() == pytest.approx(0, abs=5 * deviation / np.sqrt(values.size))
    assert values.std() == pytest.approx(deviation, rel=0.01)
    if name != "normal":  # which has no end
        most = deviation * (np.sqrt(3) if "uniform" in name else 2 / 0.8796256610342398)
        assert 0.99 * most < np.abs(values).max() <= most


@pytest.mark.parametrize("shape", [(40, 40), (64, 16), (16, 64), (3, 3, 4, 20), (3, 3, 4, 50)])
def test_orthogonal_weights_are_at_right_angles(shape: tuple[int, ...]) -> None:
    w = initial(Weight(shape, "orthogonal"), 0, "a/kernel").reshape(-1, shape[-1])
    product = w @ w.T if w.shape[0] <= w.shape[1] else w.T @ w
    np.testing.assert_allclose(product, np.eye(len(product)), atol=1e-12)


def test_no_orthogonal_matrix_is_likelier_than_another() -> None:
    """The rule of signs: without it, every diagonal would begin negative or positive alike."""
    signs = [np.sign(initial(Weight((3, 3), "orthogonal"), seed, "a")[0, 0]) for seed in range(200)]
    assert abs(np.mean(signs)) < 0.25


def test_identity_lets_the_input_through() -> None:
    np.testing.assert_array_equal(initial(Weight((3, 5), "identity"), 0, "a"), np.eye(3, 5))
    filters = initial(Weight((3, 3, 4, 4), "identity"), 0, "a")
    np.testing.assert_array_equal(filters[1, 1], np.eye(4))
    assert filters.sum() == 4


def test_constants_are_constant() -> None:
    assert not initial(Weight((4,), "zeros"), 3, "a/bias").any()
    assert (initial(Weight((4,), "ones"), 3, "a/bias") == 1).all()
    assert (initial(Weight((4,), "constant", constant=0.3), 3, "a/bias") == 0.3).all()


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_shape_is_the_weight_s(name: str) -> None:
    assert initial(Weight((3, 4), name, 3, 4), 0, "a/kernel").shape == (3, 4)


def test_all_of_them_and_no_other_can_be_chosen() -> None:
    of_one_layer = {"forget_gate"}  # no choice for others
    assert set(CHOICES) == set(INITIALIZERS) - of_one_layer


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


def test_a_forget_gate_begins_open() -> None:
    values = initial(Weight((12,), "forget_gate"), 0, "a/bias")
    assert values.tolist() == [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
