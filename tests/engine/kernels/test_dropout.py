"""Dropout's mask must depend on seed, step, layer and place in the batch, and on nothing else."""

import numpy as np
import pytest

from engine.kernels import load

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)


def dropped(k, x, rows, rate=0.5, seed=1, step=1, stream=0):
    y = np.empty_like(x)
    k["dropout"](x, rows, np.array([seed, step], np.uint64), y, rate, stream)
    return y


@backends
@pytest.mark.parametrize("cuts", [[1], [5], [3, 4, 9], list(range(1, 12))])
def test_mask_is_the_same_for_any_split_of_the_batch(k, cuts) -> None:
    x, rows = np.ones((12, 31), np.float32), np.arange(12)
    parts = [
        dropped(k, np.ascontiguousarray(part), part_rows)
        for part, part_rows in zip(np.split(x, cuts), np.split(rows, cuts), strict=True)
    ]
    np.testing.assert_array_equal(np.concatenate(parts), dropped(k, x, rows))


@backends
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_share_and_mean_are_kept(k, rate) -> None:
    x, rows = np.ones((300, 200)), np.arange(300)
    y = dropped(k, x, rows, rate)
    deviation = np.sqrt(rate * (1 - rate) / x.size)
    assert np.mean(y != 0) == pytest.approx(1 - rate, abs=5 * deviation)
    assert y.mean() == pytest.approx(1, abs=5 * deviation / (1 - rate))
    assert np.unique(y).tolist() == pytest.approx([0, 1 / (1 - rate)])


@backends
def test_other_seed_step_or_layer_gives_an_unrelated_mask(k) -> None:
    x, rows = np.ones((100, 100)), np.arange(100)
    first = dropped(k, x, rows) != 0
    for change in ({"seed": 2}, {"step": 2}, {"stream": 1}):
        other = dropped(k, x, rows, **change) != 0
        assert np.mean(first == other) == pytest.approx(0.5, abs=0.025), change
    shifted = first[1:], first[:-1]  # neighbours in the batch
    assert np.mean(shifted[0] == shifted[1]) == pytest.approx(0.5, abs=0.025)


@backends
def test_gradient_uses_the_same_mask(k) -> None:
    x, rows, dx = np.ones((7, 9)), np.arange(7), np.empty((7, 9))
    k["dropout_gradient"](x, rows, np.array([1, 1], np.uint64), dx, 0.5, 0)
    np.testing.assert_array_equal(dx, dropped(k, x, rows))


def test_hash_is_splitmix64() -> None:
    from engine.kernels.plain._chance import GOLDEN, scattered

    # The first three numbers of SplitMix64 from seed 1234567, as its reference prints them.
    state = np.array([1234567], np.uint64) + np.arange(1, 4, dtype=np.uint64) * GOLDEN
    assert scattered(state).tolist() == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]
