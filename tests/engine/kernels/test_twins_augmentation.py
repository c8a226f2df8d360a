"""Kernels that augment pictures: twins, SciPy's interpolation, and what chance must keep to."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from engine.kernels import EDGES, Array, load
from tests.engine.kernels.test_gradients import assert_derivative, rng  # noqa: F401
from tests.engine.kernels.test_twins import DType, both_types, compare, noise

BACKENDS = {name: load(name) for name in ("plain", "cpu")}
backends = pytest.mark.parametrize("k", BACKENDS.values(), ids=BACKENDS)
edges = pytest.mark.parametrize("edge", EDGES.values(), ids=EDGES)
CLOCK = np.array([7, 3], np.uint64)
SCIPY: dict[str, Any] = {"constant": "grid-constant", "nearest": "nearest", "reflect": "reflect"}
PICTURES = [(1, 1, 1, 1), (2, 1, 9, 2), (2, 7, 1, 3), (3, 6, 8, 3), (2, 28, 28, 1), (2, 4, 5, 33)]
pictures = pytest.mark.parametrize("shape", PICTURES, ids=str)


def moves(
    shape: tuple[int, ...], points: int, dtype: DType = np.float64, **ranges: float
) -> tuple[Array, Array, Array]:
    """Maps and pulls at random, and room to work in."""
    n, height, width, _ = shape
    rows, maps, pulls = np.arange(n), np.empty((n, 6), dtype), np.empty((n, 2, points, points))
    chosen = {"shift": 0.2, "rotation": 60.0, "zoom": 0.5, **ranges}.values()
    BACKENDS["plain"]["draw_maps"](rows, CLOCK, maps, (height, width), 3, *chosen, 1)
    BACKENDS["plain"]["draw_pulls"](rows, CLOCK, pulls, (height, width), 0.2, 2)
    return maps, pulls.astype(dtype), np.empty((2 + points, width + 3), dtype)


# The same from both


@both_types
@pictures
def test_drawing(shape: tuple[int, ...], dtype: DType) -> None:
    n, height, width, _ = shape
    chance = dict(rows=np.arange(n) + 5, clock=CLOCK)
    for flips in range(4):
        ranges = dict(size=(height, width), flips=flips, shift=0.5, rotation=180.0, zoom=0.9)
        arguments = chance | dict(maps=np.empty((n, 6), dtype)) | ranges | dict(stream=1)
        compare("draw_maps", arguments, "maps")
    arguments = chance | dict(pulls=np.empty((n, 2, 5, 5), dtype), size=(height, width))
    compare("draw_pulls", arguments | dict(strength=0.5, stream=2), "pulls")


@both_types
@edges
@pytest.mark.parametrize("points", [0, 4, 9])
@pictures
def test_warp(shape: tuple[int, ...], points: int, edge: int, dtype: DType) -> None:
    maps, pulls, room = moves(shape, points, dtype)
    # in single precision, places of both twins differ in the last digits: on a slope, values do
    x = noise(dtype, *shape) / dtype(8)
    arguments = dict(x=x, maps=maps, pulls=pulls, room=room, y=np.empty_like(x), edge=edge)
    compare("warp", arguments, "y", "room")
    arguments["dy"], arguments["dx"] = arguments.pop("x"), arguments.pop("y")
    names = "dy", "maps", "pulls", "room", "dx", "edge"
    compare("warp_gradient", {name: arguments[name] for name in names}, "dx", "room")


@both_types
@pictures
@pytest.mark.parametrize("tones", [(0.0, 0.0, 0.0), (0.4, 0.3, 0.0), (0.4, 0.3, 0.2), (1, 1, 1)])
def test_retouch(shape: tuple[int, ...], tones: tuple[float, ...], dtype: DType) -> None:
    x, chance = noise(dtype, shape[0], prod(shape[1:])), (np.arange(shape[0]) + 9, CLOCK)
    for side in (0, 1, 4, 30):
        arguments = dict(x=x, rows=chance[0], clock=CLOCK, y=np.empty_like(x), size=shape[1:])
        contrast, brightness, deviation = map(float, tones)
        same = dict(contrast=contrast, brightness=brightness)
        rest = same | dict(deviation=deviation, side=side, streams=(3, 4))
        compare("retouch", arguments | rest, "y")
        arguments = dict(dy=x, rows=chance[0], clock=CLOCK, dx=np.empty_like(x), size=shape[1:])
        compare("retouch_gradient", arguments | same | dict(side=side, stream=3), "dx")


@settings(deadline=None, max_examples=40)
@given(
    size=st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 4)),
    points=st.sampled_from([0, 4, 23]),
    numbers=st.lists(st.floats(-1e6, 1e6), min_size=6, max_size=6),
    edge=st.sampled_from(list(EDGES.values())),
)
def test_nothing_outside_of_a_picture_is_read_however_far_it_moves(
    size: tuple[int, int, int], points: int, numbers: list[float], edge: int
) -> None:
    """NumPy would refuse; compiled code would not, so around its picture lies what is no number."""
    shape = (1, *size)
    x, maps, pulls = noise(np.float64, *shape), np.array([numbers]), noise(np.float64, 1, 2, 23, 23)
    pulls, room = pulls[:, :, :points, :points].copy() * 1e3, np.empty((2 + points, size[1]))
    guarded = np.full((3, x.size), np.nan)
    guarded[1] = x.ravel()
    inside = guarded[1].reshape(shape)
    target = np.full((3, x.size), 5.0)
    BACKENDS["plain"]["warp"](x, maps, pulls, room, expected := np.empty_like(x), edge)
    BACKENDS["cpu"]["warp"](inside, maps, pulls, room, target[1].reshape(shape), edge)
    assert np.isfinite(target).all()
    assert (target[[0, 2]] == 5).all()
    assert np.abs(target[1]).max() <= np.abs(x).max() * (1 + 1e-9)
    assert np.abs(expected).max() <= np.abs(x).max() * (1 + 1e-9)
    BACKENDS["cpu"]["warp_gradient"](inside, maps, pulls, room, target[1].reshape(shape), edge)
    assert (target[[0, 2]] == 5).all()


# Against NumPy and SciPy


@backends
def test_a_map_of_a_quarter_turn_is_that_of_numpy(k) -> None:
    """Drawn angles are never exactly 90 degrees, so the map is written as the formula says."""
    x = noise(np.float64, 2, 6, 6, 2)
    for turns in range(4):
        c, s = np.cos(np.pi / 2 * turns), np.sin(np.pi / 2 * turns)
        middle = 2.5
        rows = (c, s, middle - c * middle - s * middle), (-s, c, middle + s * middle - c * middle)
        maps = np.round(np.tile(np.concatenate(rows), (2, 1)))
        y, room = np.empty_like(x), np.empty((2, 6))
        k["warp"](x, maps, np.empty((2, 2, 0, 0)), room, y, 0)
        np.testing.assert_array_equal(y, np.rot90(x, turns, axes=(1, 2)))


@backends
def test_drawn_maps_turn_counter_clockwise_about_the_centre(k) -> None:
    """The picture's centre stays, and angles and enlargements fill their ranges evenly."""
    maps, rows = np.empty((4000, 6)), np.arange(4000)
    k["draw_maps"](rows, CLOCK, maps, (9, 5), 0, 0.0, 40.0, 0.2, 1)
    centre = np.stack([maps[:, :2] @ [4, 2] + maps[:, 2], maps[:, 3:5] @ [4, 2] + maps[:, 5]])
    np.testing.assert_allclose(centre.T, np.tile([4.0, 2.0], (4000, 1)))
    angle = np.degrees(np.arctan2(maps[:, 1], maps[:, 0]))
    scale = 1 / np.hypot(maps[:, 0], maps[:, 1])
    for found, low, high in ((angle, -40, 40), (scale, 0.8, 1.2)):
        assert low <= found.min() < low + 0.01 * (high - low)
        assert high >= found.max() > high - 0.01 * (high - low)
        assert found.mean() == pytest.approx((low + high) / 2, abs=0.03 * (high - low))
        assert found.std() == pytest.approx((high - low) / np.sqrt(12), rel=0.03)
    assert abs(np.corrcoef(angle, scale)[0, 1]) < 0.06
    # a bright cell on the right goes up when the picture is turned counter-clockwise
    x, y, room = np.zeros((1, 9, 9, 1)), np.empty((1, 9, 9, 1)), np.empty((2, 9))
    x[0, 4, 8] = 1
    turned = np.flatnonzero(angle > 35)[:1]
    k["draw_maps"](turned, CLOCK, maps[:1], (9, 9), 0, 0.0, 40.0, 0.0, 1)
    k["warp"](x, maps[:1], np.empty((1, 2, 0, 0)), room, y, 0)
    assert y[0, :4].sum() > 0.9
    assert y[0, 5:].sum() == 0


@backends
@edges
def test_a_shift_is_one_of_whole_cells(k, edge: int) -> None:
    x, rows = noise(np.float64, 60, 10, 6, 2), np.arange(60)
    maps, y, room = np.empty((60, 6)), np.empty_like(x), np.empty((2, 6))
    k["draw_maps"](rows, CLOCK, maps, (10, 6), 0, 0.3, 0.0, 0.0, 1)
    k["warp"](x, maps, np.empty((60, 2, 0, 0)), room, y, edge)
    by = -maps[:, [2, 5]].astype(int)
    assert {*by[:, 0]} == set(range(-3, 4))
    assert {*by[:, 1]} == set(range(-2, 3))
    filled = {0: "constant", 1: "edge", 2: "symmetric"}[edge]
    for s, (down, right) in enumerate(by):
        wide = np.pad(x[s], ((3, 3), (3, 3), (0, 0)), filled)  # type: ignore[call-overload]
        np.testing.assert_array_equal(
            y[s], np.roll(wide, (down, right), axis=(0, 1))[3:-3, 3:-3], strict=True
        )


@backends
def test_flips_are_those_of_numpy_in_half_of_the_samples(k) -> None:
    x, rows = noise(np.float64, 400, 3, 4, 1), np.arange(400)
    maps, y, room = np.empty((400, 6)), np.empty_like(x), np.empty((2, 4))
    for flips in range(4):
        k["draw_maps"](rows, CLOCK, maps, (3, 4), flips, 0.0, 0.0, 0.0, 1)
        k["warp"](x, maps, np.empty((400, 2, 0, 0)), room, y, 0)
        upside, mirror = maps[:, 0] < 0, maps[:, 4] < 0
        expected = np.where(upside[:, None, None, None], x[:, ::-1], x)
        expected = np.where(mirror[:, None, None, None], expected[:, :, ::-1], expected)
        np.testing.assert_array_equal(y, expected)
        assert upside.mean() == pytest.approx(0.5 * (flips >= 2), abs=0.1)
        assert mirror.mean() == pytest.approx(0.5 * (flips % 2), abs=0.1)


@backends
@pytest.mark.parametrize("edge", EDGES)
@pictures
def test_blending_is_that_of_scipy(k, shape: tuple[int, ...], edge: str) -> None:
    """With a field of pulls, too: SciPy's own cubic splines blend the grid."""
    maps, pulls, room = moves(shape, 7)
    x, y = noise(np.float64, *shape), np.empty(shape)
    k["warp"](x, maps, pulls, room, y, EDGES[edge])
    i, j = np.indices(shape[1:3])
    along = [np.arange(size) * 4 / max(size - 1, 1) + 1 for size in shape[1:3]]
    grid = np.meshgrid(*along, indexing="ij")
    for s in range(shape[0]):
        m = maps[s]
        places = np.stack([m[0] * i + m[1] * j + m[2], m[3] * i + m[4] * j + m[5]])
        for axis in range(2):  # the pulls are the spline's coefficients, so none are solved for
            places[axis] += ndimage.map_coordinates(pulls[s, axis], grid, order=3, prefilter=False)
        for c in range(shape[3]):
            expected = ndimage.map_coordinates(x[s, ..., c], places, order=1, mode=SCIPY[edge])
            np.testing.assert_allclose(y[s, ..., c], expected, rtol=1e-9, atol=1e-9)


@backends
def test_retouching_is_its_formula(k) -> None:
    x, rows = noise(np.float64, 500, 48), np.arange(500)
    y, size = np.empty_like(x), (4, 4, 3)
    k["retouch"](x, rows, CLOCK, y, size, 0.5, 0.0, 0.0, 0, (1, 2))
    mean = x.mean(axis=1, keepdims=True)
    c = (y - mean)[:, :1] / (x - mean)[:, :1]
    np.testing.assert_allclose(y, mean + c * (x - mean))
    k["retouch"](x, rows, CLOCK, y, size, 0.0, 0.5, 0.0, 0, (1, 2))
    b = y[:, :1] / x[:, :1]
    np.testing.assert_allclose(y, b * x)
    for factor in (b, c):
        assert 0.5 <= factor.min() < 0.52
        assert 1.5 >= factor.max() > 1.48
    assert abs(np.corrcoef(b[:, 0], c[:, 0])[0, 1]) < 0.2
    k["retouch"](x, rows, CLOCK, y, size, 0.0, 0.0, 0.3, 0, (1, 2))
    expected = np.empty_like(x)
    k["gaussian_noise"](x, rows, CLOCK, expected, 0.3, 2)
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)


@backends
def test_a_square_of_the_picture_is_hidden_and_its_centre_is_anywhere(k) -> None:
    x, rows = np.ones((2000, 7 * 5 * 2)), np.arange(2000)
    y = np.empty_like(x)
    k["retouch"](x, rows, CLOCK, y, (7, 5, 2), 0.0, 0.0, 0.0, 3, (1, 2))
    hidden = y.reshape(-1, 7, 5, 2) == 0
    np.testing.assert_array_equal(hidden[..., 0], hidden[..., 1])
    sizes = {(int(h.any(axis=1).sum()), int(h.any(axis=0).sum())) for h in hidden[..., 0]}
    assert sizes == {(2, 2), (2, 3), (3, 2), (3, 3)}
    for axis, length in ((2, 7), (1, 5)):
        square, cells = hidden[..., 0].any(axis=axis), np.arange(length)
        found = [(square == (abs(cells - centre) <= 1)).all(axis=1) for centre in range(length)]
        assert np.sum(found) == 2000
        np.testing.assert_allclose(np.mean(found, axis=1), 1 / length, atol=0.05)


# Chance


@backends
def test_chance_is_blind_to_the_split_of_the_batch_and_to_other_purposes(k) -> None:
    rows, size = np.arange(30), (12, 10)
    whole, part, other = np.empty((30, 6)), np.empty((11, 6)), np.empty((30, 6))
    k["draw_maps"](rows, CLOCK, whole, size, 3, 0.3, 20.0, 0.2, 1)
    k["draw_maps"](rows[19:], CLOCK, part, size, 3, 0.3, 20.0, 0.2, 1)
    np.testing.assert_array_equal(part, whole[19:])
    k["draw_maps"](rows, CLOCK, other, size, 3, 0.0, 20.0, 0.2, 1)
    np.testing.assert_array_equal(other[:, [0, 1, 3, 4]], whole[:, [0, 1, 3, 4]])
    for clock, stream in ((CLOCK + np.uint64(1), 1), (CLOCK, 2)):
        k["draw_maps"](rows, clock, other, size, 3, 0.3, 20.0, 0.2, stream)
        assert not (other == whole).any(axis=1).all()
        assert np.abs(np.corrcoef(other[:, 1], whole[:, 1])[0, 1]) < 0.6


@both_types
@backends
def test_what_is_no_number_is_seen_where_the_cell_has_gone(k, dtype: DType) -> None:
    x, y, room = (
        np.ones((1, 5, 5, 1), dtype),
        np.empty((1, 5, 5, 1), dtype),
        np.empty((2, 5), dtype),
    )
    x[0, 1, 3] = np.nan
    pulls = np.empty((1, 2, 0, 0), dtype)
    for edge in EDGES.values():
        maps = np.array([[1, 0, -1, 0, 1, 2]], dtype)  # down by 1, left by 2
        k["warp"](x, maps, pulls, room, y, edge)
        assert np.argwhere(np.isnan(y))[:, 1:3].tolist()[:1] == [[2, 1]]
        if edge == EDGES["constant"]:
            assert np.isnan(y).sum() == 1
        maps[0, 2] = -0.5
        k["warp"](x, maps, pulls, room, y, edge)
        found = np.argwhere(np.isnan(y))[:, 1:3].tolist()
        assert [1, 1] in found
        assert [2, 1] in found
    row = x.reshape(1, 25)
    for tones in ((0.0, 0.0, 0.0), (0.2, 0.2, 0.2)):
        k["retouch"](row, np.arange(1), CLOCK, y.reshape(1, 25), (5, 5, 1), *tones, 0, (1, 2))
        assert np.isnan(y[0, 1, 3, 0])


# Gradients


@backends
@edges
@pytest.mark.parametrize("points", [0, 5])
def test_the_gradient_of_warping(k, rng, points: int, edge: int) -> None:  # noqa: F811
    shape = (3, 5, 7, 2)
    maps, pulls, room = moves(shape, points, zoom=0.9)
    x, dy = rng.standard_normal(shape), rng.standard_normal(shape)
    y, dx = np.empty_like(x), np.empty_like(x)

    def objective() -> float:
        k["warp"](x, maps, pulls, room, y, edge)
        return np.vdot(y, dy)

    k["warp_gradient"](dy, maps, pulls, room, dx, edge)
    assert_derivative(objective, x, dx, rng)


@backends
def test_the_gradient_of_retouching(k, rng) -> None:  # noqa: F811
    x, dy = rng.standard_normal((4, 60)), rng.standard_normal((4, 60))
    y, dx, rows, size = np.empty_like(x), np.empty_like(x), np.arange(4), (5, 4, 3)

    def objective() -> float:
        k["retouch"](x, rows, CLOCK, y, size, 0.4, 0.3, 0.2, 2, (1, 2))
        return np.vdot(y, dy)

    k["retouch_gradient"](dy, rows, CLOCK, dx, size, 0.4, 0.3, 2, 1)
    assert_derivative(objective, x, dx, rng)
