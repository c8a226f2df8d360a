"""Kernels of attention and positions: fast and readable forms agree, and gradients are slopes."""

import numpy as np
import pytest

from engine.kernels import Array
from tests.engine.kernels.test_gradients import assert_derivative, backends
from tests.engine.kernels.test_twins import CPU, PLAIN, DType, both_types, compare, noise, tabular

# samples, steps that ask, steps that answer, heads, numbers of a head
SIZES = [(1, 1, 1, 1, 1), (2, 5, 5, 2, 3), (2, 3, 9, 1, 17), (3, 9, 4, 3, 1), (1, 40, 70, 2, 16)]
sizes = pytest.mark.parametrize("size", SIZES)
masked = pytest.mark.parametrize("is_masked", [False, True])
causal = pytest.mark.parametrize("is_causal", [False, True])


def mask_of(samples: int, steps: int, is_masked: bool, dtype: DType) -> Array:
    """No mask; or one that pads the first sample's beginning and all of the second sample."""
    if not is_masked:
        return np.empty((samples, 0), dtype)
    mask = np.ones((samples, steps), dtype)
    mask[0, : (steps + 1) // 2] = mask[1:2] = 0
    return mask


@both_types
@sizes
@masked
@causal
def test_attention(size, is_masked: bool, is_causal: bool, dtype: DType) -> None:
    samples, steps, others, heads, depth = size
    q, dy = (noise(dtype, samples, steps, heads * depth, seed=seed) for seed in (1, 4))
    k, v = (noise(dtype, samples, others, heads * depth, seed=seed) for seed in (2, 3))
    mask, turned = mask_of(samples, others, is_masked, dtype), np.empty((depth, others), dtype)
    weights = np.empty((samples, heads, steps, others), dtype)
    given = dict(q=q, k=k, mask=mask, turned=turned, weights=weights, is_causal=is_causal)
    compare("attention_weights", given, "weights", "turned")
    PLAIN["attention_weights"](*given.values())
    given = dict(weights=weights, v=v, y=np.empty_like(q))
    compare("attention_sums", given, "y")
    dweights = np.empty_like(weights)
    given = dict(weights=weights, v=v, dy=dy, turned=turned, dweights=dweights)
    compare("attention_sums_gradient", given | dict(dv=np.empty_like(v)), "dweights dv", "turned")
    given = dict(q=q, k=k, weights=weights, dweights=noise(dtype, *weights.shape))
    given |= dict(scores=np.empty((steps, others), dtype))
    slopes = dict(dq=np.empty_like(q), dk=np.empty_like(k))
    compare("attention_weights_gradient", given | slopes, "dq dk", "scores")


@both_types
def test_weights_are_shares_of_the_steps_that_are_allowed(dtype: DType) -> None:
    q, k = noise(dtype, 2, 6, 4), noise(dtype, 2, 6, 4, seed=2)
    mask = mask_of(2, 6, True, dtype)
    for kernels in (PLAIN, CPU):
        weights = np.empty((2, 2, 6, 6), dtype)
        kernels["attention_weights"](q, k, mask, np.empty((2, 6), dtype), weights, True)
        sums = weights.sum(axis=3)
        np.testing.assert_array_equal(weights[:, :, np.triu(np.ones((6, 6), bool), 1)], 0)
        np.testing.assert_array_equal(weights[0, :, :, :3], 0)  # padded
        np.testing.assert_array_equal(sums[1], 0)  # nobody to listen to
        np.testing.assert_array_equal(sums[0, :, :3], 0)
        np.testing.assert_allclose(sums[0, :, 3:], 1, rtol=1e-6)


@both_types
def test_large_scores_do_not_overflow(dtype: DType) -> None:
    q, k = noise(dtype, 1, 3, 4) * dtype(1e3), noise(dtype, 1, 5, 4, seed=2) * dtype(1e3)
    for kernels in (PLAIN, CPU):
        weights = np.empty((1, 1, 3, 5), dtype)
        nothing = np.empty((1, 0), dtype)
        kernels["attention_weights"](q, k, nothing, np.empty((4, 5), dtype), weights, False)
        np.testing.assert_allclose(weights.sum(axis=3), 1, rtol=1e-6)


@backends
@both_types
@masked
def test_what_is_not_a_number_stays_visible(k, is_masked: bool, dtype: DType) -> None:
    q, keys, mask = noise(dtype, 2, 3, 4), noise(dtype, 2, 3, 4), mask_of(2, 3, is_masked, dtype)
    mask[1:] = 1
    weights, turned = np.empty((2, 2, 3, 3), dtype), np.empty((2, 3), dtype)
    q[1, 2, 1] = np.nan  # of the first head
    k["attention_weights"](q, keys, mask, turned, weights, True)
    assert np.isnan(weights[1, 0, 2]).all() and np.isnan(weights).sum() == 3


@backends
@masked
@causal
def test_the_gradient_of_attention_is_the_slope(k, is_masked: bool, is_causal: bool) -> None:
    rng = np.random.default_rng(7)
    q, dy = rng.standard_normal((2, 2, 4, 6))
    keys, v = rng.standard_normal((2, 2, 5, 6))
    mask, turned = mask_of(2, 5, is_masked, np.float64), np.empty((3, 5))
    weights, y = np.empty((2, 2, 4, 5)), np.empty_like(q)

    def objective() -> float:
        k["attention_weights"](q, keys, mask, turned, weights, is_causal)
        k["attention_sums"](weights, v, y)
        return float(np.vdot(y, dy))

    objective()
    dweights, scores = np.empty_like(weights), np.empty((4, 5))
    dq, dk, dv = np.empty_like(q), np.empty_like(keys), np.empty_like(v)
    k["attention_sums_gradient"](weights, v, dy, turned, dweights, dv)
    k["attention_weights_gradient"](q, keys, weights, dweights, scores, dq, dk)
    for value, gradient in ((q, dq), (keys, dk), (v, dv)):
        assert_derivative(objective, value, gradient, rng)


@both_types
@tabular
def test_positions(shape: tuple[int, int], dtype: DType) -> None:
    x, table = noise(dtype, *shape), noise(dtype, shape[1])
    compare("wave_positions", dict(table=np.empty(shape, dtype)), "table")
    compare("add_table", dict(x=x, table=table, y=np.empty_like(x)), "y")
    compare("table_gradient", dict(dy=x, dtable=np.empty_like(table)), "dtable")


def test_waves_are_those_of_the_paper() -> None:
    table = np.empty((4, 6))
    PLAIN["wave_positions"](table)
    for t in range(4):
        for i in range(3):
            angle = t / 10_000 ** (2 * i / 6)
            np.testing.assert_allclose(table[t, 2 * i : 2 * i + 2], [np.sin(angle), np.cos(angle)])
