"""Winograd's convolution: like its twin, and like the sum that it stands for, up to rounding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.kernels import ACTIVATIONS, Array
from tests.engine.kernels.test_twins import CPU, PLAIN, Arguments, DType, both_types, compare, noise

WAYS = ("conv2d", "conv2d_weight_gradient", "conv2d_input_gradient")


def room_for(channels: int, filters: int, squares: int, dtype: DType) -> Array:
    return np.empty(36 * (channels * filters + squares * (channels + filters) + 32), dtype)


@both_types
@settings(deadline=None, max_examples=25)
@given(
    size=st.tuples(st.integers(3, 11), st.integers(3, 11)),
    padding=st.tuples(*[st.integers(0, 2)] * 4),
    channels=st.sampled_from([1, 3, 16, 19]),
    filters=st.sampled_from([1, 8, 16, 33]),
    squares=st.integers(9, 13),
    has_bias=st.booleans(),
    activation=st.sampled_from(list(ACTIVATIONS.values())),
)
def test_winograd_is_like_its_twin_and_like_the_sum(
    dtype: DType,
    size: tuple[int, int],
    padding: tuple[int, int, int, int],
    channels: int,
    filters: int,
    squares: int,
    has_bias: bool,
    activation: int,
) -> None:
    (height, width), (top, bottom, left, right) = size, padding
    x, w = noise(dtype, 3, height, width, channels), noise(dtype, 3, 3, channels, filters)
    dz = noise(dtype, 3, height + top + bottom - 2, width + left + right - 2, filters)
    w /= dtype(np.sqrt(9 * channels))
    dz /= dtype(np.sqrt(dz[..., 0].size))  # so that all results are about as large as 1
    b = noise(dtype, filters)[: filters * has_bias]
    room = room_for(channels, filters, squares, dtype)
    steps: Arguments = dict(room=room, stride=1, top=top, left=left)
    arguments: Arguments = (
        dict(x=x, w=w, b=b, y=np.empty_like(dz)) | steps | dict(activation=activation)
    )
    compare("winograd_conv2d", arguments, "y", "room")
    results: list[Array] = []
    for kernel in (PLAIN["conv2d"], CPU["winograd_conv2d"]):
        kernel(*arguments.values())
        results.append(arguments["y"].copy())
    arguments = dict(x=x, dz=dz, dw=np.empty_like(w), db=np.empty_like(b)) | steps
    compare("winograd_conv2d_weight_gradient", arguments, "dw db", "room")
    for kernel in (PLAIN["conv2d_weight_gradient"], CPU["winograd_conv2d_weight_gradient"]):
        kernel(*arguments.values())
        results.append(arguments["dw"].copy())
    del steps["room"]
    arguments = dict(dz=dz, w=w, room=room, dx=np.empty_like(x)) | steps
    compare("winograd_conv2d_input_gradient", arguments, "dx", "room")
    for kernel in (PLAIN["conv2d_input_gradient"], CPU["winograd_conv2d_input_gradient"]):
        kernel(*arguments.values())
        results.append(arguments["dx"].copy())
    precision = 3e-5 if dtype == np.float32 else 1e-12
    for expected, actual in zip(results[::2], results[1::2], strict=True):
        scale = max(1.0, np.abs(expected).max())
        np.testing.assert_allclose(actual, expected, rtol=0, atol=precision * scale)


@pytest.mark.parametrize(
    ("dtype", "mean", "worst"), [("float32", 1.5e-6, 1.5e-5), ("float64", 3e-15, 3e-14)]
)
def test_the_error_is_what_the_description_says(dtype: str, mean: float, worst: float) -> None:
    """Against the sum in long double precision, 64 channels, results of size 1."""
    rng = np.random.default_rng(4)
    x = rng.standard_normal((2, 14, 14, 64)).astype(dtype)
    w = (rng.standard_normal((3, 3, 64, 32)) / 24).astype(dtype)
    y, b = np.empty((2, 12, 12, 32), dtype), np.empty(0, dtype)
    exact = np.zeros(y.shape, np.longdouble)
    for u in range(3):
        for v in range(3):
            seen = x[:, u : u + 12, v : v + 12].astype(np.longdouble)
            exact += np.tensordot(seen, w[u, v].astype(np.longdouble), axes=1)
    CPU["winograd_conv2d"](x, w, b, y, room_for(64, 32, 20, dtype), 1, 0, 0, 0)
    error = np.abs(y - exact)
    assert np.sqrt((error**2).mean()) < mean
    assert error.max() < worst


def test_a_nan_is_not_hidden() -> None:
    x, w = noise(np.float32, 1, 8, 8, 8), noise(np.float32, 3, 3, 8, 8)
    x[0, 4, 4, 3] = np.nan
    y = np.zeros((1, 6, 6, 8), np.float32)
    CPU["winograd_conv2d"](x, w, w[0, 0, 0, :0], y, room_for(8, 8, 4, np.float32), 1, 0, 0, 1)
    assert np.isnan(y[0, 2:5, 2:5]).all()
