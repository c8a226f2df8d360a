"""Kernels of the normalising layers: fast and readable forms agree, and gradients are slopes."""

import numpy as np
import pytest

from engine.kernels import ACTIVATIONS, COUNT, MEAN, VARIANCE, Array
from tests.engine.kernels.test_gradients import assert_derivative, backends
from tests.engine.kernels.test_twins import CPU, PLAIN, DType, both_types, compare, noise

ROWS_AND_FEATURES = [(1, 1), (1, 7), (9, 1), (70, 5), (150, 33)]
sizes = pytest.mark.parametrize("size", ROWS_AND_FEATURES)
masked = pytest.mark.parametrize("is_masked", [False, True])


def mask_of(rows: int, is_masked: bool, dtype: DType) -> Array:
    """No mask, or one that leaves out every third row and the first 70."""
    mask = np.array([r % 3 > 0 and not 20 <= r < 90 for r in range(rows)])
    return mask.astype(dtype) if is_masked else np.empty(0, dtype)


@both_types
@sizes
@masked
@pytest.mark.parametrize("has_affine", [False, True])
def test_batch_normalisation(size, is_masked: bool, has_affine: bool, dtype: DType) -> None:
    rows, features = size
    x, dy = noise(dtype, *size) * dtype(3) + dtype(2), noise(dtype, *size, seed=2)
    mask, room = mask_of(rows, is_masked, dtype), np.empty((2, features), dtype)
    arguments = dict(x=x, mask=mask, room=room, moments=np.empty((3, features), dtype))
    compare("feature_moments", arguments, "moments", "room")
    moments = np.empty((3, 3, features), dtype)
    parts = np.array_split(np.arange(rows), 3)
    for part, found in zip(parts, moments, strict=True):
        PLAIN["feature_moments"](x[part], mask[part] if is_masked else mask, room, found)
    gain, offset = (noise(dtype, features * has_affine, seed=seed) for seed in (3, 4))
    affine = dict(gain=gain, offset=offset)
    statistics = dict(statistics=np.empty((6, features), dtype))
    compare(
        "combine_moments", dict(moments=moments) | affine | statistics | {"epsilon": 1e-3},
        "statistics",
    )  # fmt: skip
    PLAIN["combine_moments"](moments, gain, offset, statistics["statistics"], 1e-3)
    compare("normalise_features", dict(x=x) | statistics | dict(y=np.empty_like(x)), "y")
    compare("scale_features", dict(dy=dy) | statistics | dict(dx=np.empty_like(x)), "dx")
    sums = dict(sums=np.empty((2, features), dtype))
    arguments = dict(x=x, dy=dy) | statistics | dict(room=room) | sums
    arguments |= dict(dgain=np.empty_like(gain), doffset=np.empty_like(offset))
    compare("feature_sums", arguments, "sums dgain doffset", "room")
    every = noise(dtype, 3, 2, features)
    arguments = dict(x=x, dy=dy, mask=mask) | statistics | dict(sums=every, room=room)
    compare("normalise_features_gradient", arguments | dict(dx=np.empty_like(x)), "dx", "room")


@both_types
@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
@pytest.mark.parametrize("size", [(1, 1), (5, 3), (33, 70), (3000, 2), (2, 3000)])
def test_what_is_activated_at_once(size: tuple[int, int], activation: int, dtype: DType) -> None:
    x, b, statistics = noise(dtype, *size), noise(dtype, *size, seed=2), noise(dtype, 6, size[1])
    given = dict(x=x, statistics=statistics, y=np.empty_like(x), activation=activation)
    compare("normalise_and_activate", given, "y")
    compare("add_and_activate", dict(a=x, b=b, y=np.empty_like(x), activation=activation), "y")


@both_types
def test_running_statistics(dtype: DType) -> None:
    statistics, mean = np.abs(noise(dtype, 6, 5)), noise(dtype, 5)
    variance, moved = np.abs(mean), dict(momentum=0.9)
    for kernels in (PLAIN, CPU):
        a, b = mean.copy(), variance.copy()
        kernels["move_statistics"](statistics, a, b, *moved.values())
        np.testing.assert_allclose(a, 0.9 * mean + 0.1 * statistics[MEAN], rtol=1e-5)
        np.testing.assert_allclose(b, 0.9 * variance + 0.1 * statistics[VARIANCE], rtol=1e-5)
    arguments = dict(mean=mean, variance=variance, gain=mean, offset=mean)
    made = statistics.copy()
    PLAIN["known_statistics"](*arguments.values(), statistics, 1e-3)
    CPU["known_statistics"](*arguments.values(), made, 1e-3)
    np.testing.assert_allclose(made, statistics, rtol=1e-5)


def test_a_large_mean_costs_no_digits() -> None:
    """Numbers around 10,000 that differ by about 1: their squares have no digits left for that."""
    x = (noise(np.float64, 5000, 3) + 10_000).astype(np.float32)
    for kernels in (PLAIN, CPU):
        moments, room = np.empty((2, 3, 3), np.float32), np.empty((2, 3), np.float32)
        for part, found in zip((x[:1000], x[1000:]), moments, strict=True):
            kernels["feature_moments"](part, np.empty(0, np.float32), room, found)
        statistics, none = np.empty((6, 3), np.float32), np.empty(0, np.float32)
        kernels["combine_moments"](moments, none, none, statistics, 1e-3)
        assert (statistics[COUNT] == 5000).all()
        exact = x.astype(np.float64)
        np.testing.assert_allclose(statistics[MEAN], exact.mean(axis=0), rtol=1e-6)
        np.testing.assert_allclose(statistics[VARIANCE], exact.var(axis=0), rtol=1e-4)


@backends
@masked
def test_the_gradient_of_batch_normalisation_is_the_slope(k, is_masked: bool) -> None:
    rng = np.random.default_rng(5)
    x, dy, gain, offset = (rng.standard_normal(s) for s in ((12, 3), (12, 3), 3, 3))
    mask = mask_of(12, is_masked, np.float64)
    y, room, moments = np.empty_like(x), np.empty((2, 3)), np.empty((1, 3, 3))
    statistics, sums = np.empty((6, 3)), np.empty((1, 2, 3))

    def objective() -> float:
        k["feature_moments"](x, mask, room, moments[0])
        k["combine_moments"](moments, gain, offset, statistics, 1e-3)
        k["normalise_features"](x, statistics, y)
        return float(np.vdot(y, dy))

    objective()
    dgain, doffset, dx = np.empty(3), np.empty(3), np.empty_like(x)
    k["feature_sums"](x, dy, statistics, room, sums[0], dgain, doffset)
    k["normalise_features_gradient"](x, dy, mask, statistics, sums, room, dx)
    for value, gradient in ((x, dx), (gain, dgain), (offset, doffset)):
        assert_derivative(objective, value, gradient, rng)


def test_a_part_without_any_row_that_counts_changes_nothing() -> None:
    x, none = noise(np.float64, 6, 2), np.empty(0)
    for kernels in (PLAIN, CPU):
        moments, room, statistics = np.empty((2, 3, 2)), np.empty((2, 2)), np.empty((6, 2))
        kernels["feature_moments"](x, np.zeros(6), room, moments[0])
        kernels["feature_moments"](x, none, room, moments[1])
        kernels["combine_moments"](moments, none, none, statistics, 1e-3)
        np.testing.assert_allclose(statistics[MEAN], x.mean(axis=0))
        np.testing.assert_allclose(statistics[VARIANCE], x.var(axis=0))
        kernels["combine_moments"](moments[:1], none, none, statistics, 1e-3)
        assert (statistics[MEAN] == 0).all() and np.isfinite(statistics).all()


@backends
@both_types
def test_what_is_not_a_number_stays_visible(k, dtype: DType) -> None:
    x = noise(dtype, 80, 20)
    x[70, 7] = np.nan
    moments, room, none = np.empty((1, 3, 20), dtype), np.empty((2, 20), dtype), x[0, :0]
    statistics, y = np.empty((6, 20), dtype), np.empty_like(x)
    k["feature_moments"](x, none, room, moments[0])
    k["combine_moments"](moments, none, none, statistics, 1e-3)
    k["normalise_features"](x, statistics, y)
    assert np.flatnonzero(np.isnan(y).all(axis=0)).tolist() == [7]


@both_types
@sizes
@pytest.mark.parametrize("has_affine", [False, True])
def test_layer_normalisation(size, has_affine: bool, dtype: DType) -> None:
    rows, features = size
    x, dy = noise(dtype, *size) * dtype(3) + dtype(2), noise(dtype, *size, seed=2)
    gain, offset = (noise(dtype, features * has_affine, seed=seed) for seed in (3, 4))
    result = dict(y=np.empty_like(x), statistics=np.empty((rows, 2), dtype))
    arguments = dict(x=x, gain=gain, offset=offset) | result | dict(epsilon=1e-3)
    compare("layer_norm", arguments, "y statistics")
    PLAIN["layer_norm"](x, gain, offset, *result.values(), 1e-3)
    statistics = result["statistics"]
    arguments = dict(x=x, dy=dy, gain=gain, statistics=statistics, dx=np.empty_like(x))
    compare("layer_norm_gradient", arguments, "dx")
    arguments = dict(x=x, dy=dy, statistics=statistics)
    arguments |= dict(dgain=np.empty_like(gain), doffset=np.empty_like(offset))
    compare("layer_norm_weight_gradient", arguments, "dgain doffset")


@both_types
@pytest.mark.parametrize("size", [(1, 1, 6), (3, 1, 12), (2, 70, 6), (2, 5, 48)])
@pytest.mark.parametrize("groups", [1, 3, 6])
@pytest.mark.parametrize("has_affine", [False, True])
def test_group_normalisation(size, groups: int, has_affine: bool, dtype: DType) -> None:
    samples, _, channels = size
    x, dy = noise(dtype, *size) * dtype(3) + dtype(2), noise(dtype, *size, seed=2)
    gain, offset = (noise(dtype, channels * has_affine, seed=seed) for seed in (3, 4))
    result = dict(y=np.empty_like(x), statistics=np.empty((samples, groups, 2), dtype))
    room = dict(room=np.empty((4, channels), dtype))
    arguments = dict(x=x, gain=gain, offset=offset) | result | room | dict(epsilon=1e-3)
    compare("group_norm", arguments, "y statistics", "room")
    PLAIN["group_norm"](x, gain, offset, *result.values(), *room.values(), 1e-3)
    statistics = result["statistics"]
    arguments = dict(x=x, dy=dy, gain=gain, statistics=statistics) | room
    compare("group_norm_gradient", arguments | dict(dx=np.empty_like(x)), "dx", "room")
    arguments = dict(x=x, dy=dy, statistics=statistics) | room
    arguments |= dict(dgain=np.empty_like(gain), doffset=np.empty_like(offset))
    compare("group_norm_weight_gradient", arguments, "dgain doffset", "room")


@backends
def test_gradients_of_layer_and_group_normalisation_are_slopes(k) -> None:
    rng = np.random.default_rng(6)
    x, dy, gain, offset = (rng.standard_normal(s) for s in ((2, 3, 6), (2, 3, 6), 6, 6))
    y, by_group, by_row = np.empty_like(x), np.empty((2, 3, 2)), np.empty((6, 2))
    room, rows = np.empty((4, 6)), (6, 6)

    def groups() -> float:
        k["group_norm"](x, gain, offset, y, by_group, room, 1e-3)
        return float(np.vdot(y, dy))

    def layers() -> float:
        k["layer_norm"](x.reshape(rows), gain, offset, y.reshape(rows), by_row, 1e-3)
        return float(np.vdot(y, dy))

    dgain, doffset, dx = np.empty(6), np.empty(6), np.empty_like(x)
    groups()
    k["group_norm_weight_gradient"](x, dy, by_group, room, dgain, doffset)
    k["group_norm_gradient"](x, dy, gain, by_group, room, dx)
    for value, gradient in ((x, dx), (gain, dgain), (offset, doffset)):
        assert_derivative(groups, value, gradient, rng)
    layers()
    given = x.reshape(rows), dy.reshape(rows)
    k["layer_norm_weight_gradient"](*given, by_row, dgain, doffset)
    k["layer_norm_gradient"](*given, gain, by_row, dx.reshape(rows))
    for value, gradient in ((x, dx), (gain, dgain), (offset, doffset)):
        assert_derivative(layers, value, gradient, rng)


@backends
@both_types
def test_only_the_sample_that_is_not_a_number_is_spoilt(k, dtype: DType) -> None:
    x = noise(dtype, 3, 4, 8)
    x[1, 2, 7] = np.nan
    y, gain, room = np.empty_like(x), np.ones(8, dtype), np.empty((3, 8), dtype)
    k["group_norm"](x, gain, gain, y, np.empty((3, 2, 2), dtype), room, 1e-3)
    assert np.isnan(y[1, :, 4:]).all() and np.isnan(y).sum() == 16
    rows = x.reshape(12, 8)
    k["layer_norm"](rows, gain, gain, y.reshape(12, 8), np.empty((12, 2), dtype), 1e-3)
    assert np.isnan(y[1, 2]).all() and np.isnan(y).sum() == 8
