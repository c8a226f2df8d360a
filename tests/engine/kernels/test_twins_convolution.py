"""The compiled kernels of the convolution family must give what their readable twins give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.kernels import ACTIVATIONS
from tests.engine.kernels.test_twins import PLAIN, DType, both_types, compare, noise

few = settings(deadline=None, max_examples=12)
activations = st.sampled_from(list(ACTIVATIONS.values()))


@st.composite
def geometries(draw: st.DrawFn) -> dict[str, int]:
    """A picture and a window: any stride or dilation, padded before and behind by any amount."""
    size = {"kh": draw(st.integers(1, 4)), "kw": draw(st.integers(1, 4))}
    stride = draw(st.integers(1, 3))
    dilation = draw(st.integers(1, 4))
    found = {**size, "stride": stride, "dilation": dilation, "n": draw(st.integers(1, 3))}
    for length, taps, places, before in (("H", "kh", "P", "top"), ("W", "kw", "Q", "left")):
        reach = (size[taps] - 1) * dilation + 1
        found[length] = draw(st.integers(1, 8))
        found[before] = draw(st.integers(0, reach - 1))
        behind = draw(st.integers(0, reach - 1))
        room = found[length] + found[before] + behind - reach
        found[before] += max(0, -room)  # at least one window
        found[places] = max(room, 0) // stride + 1
    return found


@both_types
@few
@given(
    g=geometries(),
    groups=st.sampled_from([1, 2, 3]),
    inputs=st.integers(1, 5),
    outputs=st.sampled_from([1, 2, 8, 19]),
    has_bias=st.booleans(),
    activation=activations,
)
def test_dilated_convolution(
    dtype: DType,
    g: dict[str, int],
    groups: int,
    inputs: int,
    outputs: int,
    has_bias: bool,
    activation: int,
) -> None:
    n, filters = g["n"], outputs * groups
    x, dz = (
        noise(dtype, n, g["H"], g["W"], inputs * groups),
        noise(dtype, n, g["P"], g["Q"], filters),
    )
    w, b = (
        noise(dtype, g["kh"], g["kw"], inputs, filters),
        noise(dtype, filters)[: filters * has_bias],
    )
    steps = {key: g[key] for key in ("stride", "top", "left", "dilation")} | dict(groups=groups)
    arguments = dict(x=x, w=w, b=b, y=np.empty_like(dz))
    compare("dilated_conv2d", arguments | steps | dict(activation=activation), "y")
    arguments = dict(x=x, dz=dz, dw=np.empty_like(w), db=np.empty_like(b))
    compare("dilated_conv2d_weight_gradient", arguments | steps, "dw db")
    arguments = dict(dz=dz, w=w, turned=np.empty(w.size, dtype), dx=np.empty_like(x))
    compare("dilated_conv2d_input_gradient", arguments | steps, "dx", "turned")


@both_types
@few
@given(
    g=geometries(),
    channels=st.sampled_from([1, 3, 8, 21]),
    multiplier=st.integers(1, 3),
    has_bias=st.booleans(),
    activation=activations,
)
def test_depthwise_convolution(
    dtype: DType, g: dict[str, int], channels: int, multiplier: int, has_bias: bool, activation: int
) -> None:
    n, filters = g["n"], channels * multiplier
    x, dz = noise(dtype, n, g["H"], g["W"], channels), noise(dtype, n, g["P"], g["Q"], filters)
    w = noise(dtype, g["kh"], g["kw"], channels, multiplier)
    b = noise(dtype, filters)[: filters * has_bias]
    repeated = np.empty(x[0].size * multiplier if multiplier > 1 else 0, dtype)
    steps = {key: g[key] for key in ("stride", "top", "left", "dilation")}
    arguments = dict(x=x, w=w, b=b, y=np.empty_like(dz), repeated=repeated)
    compare("depthwise_conv2d", arguments | steps | dict(activation=activation), "y", "repeated")
    arguments = dict(x=x, dz=dz, dw=np.empty_like(w), db=np.empty_like(b), repeated=repeated)
    compare("depthwise_conv2d_weight_gradient", arguments | steps, "dw db", "repeated")
    arguments = dict(dz=dz, w=w, repeated=repeated, dx=np.empty_like(x))
    compare("depthwise_conv2d_input_gradient", arguments | steps, "dx", "repeated")


@both_types
@few
@given(
    g=geometries(),
    channels=st.integers(1, 5),
    filters=st.sampled_from([1, 2, 8, 19]),
    has_bias=st.booleans(),
    activation=activations,
)
def test_transposed_convolution(
    dtype: DType, g: dict[str, int], channels: int, filters: int, has_bias: bool, activation: int
) -> None:
    n, kh, kw, stride = g["n"], g["kh"], g["kw"], g["stride"]
    height, width = (g["P"] - 1) * stride + kh, (g["Q"] - 1) * stride + kw
    top, left = min(g["top"], kh - 1, height - 1), min(g["left"], kw - 1, width - 1)
    x, dz = (
        noise(dtype, n, g["P"], g["Q"], channels),
        noise(dtype, n, height - top, width - left, filters),
    )
    w, b = noise(dtype, kh, kw, filters, channels), noise(dtype, filters)[: filters * has_bias]
    steps = dict(stride=stride, top=top, left=left)
    cells = max(g["P"] * g["Q"], height * width)
    for extra in (0, cells * (kh * kw + 1) * (channels + filters)):  # with it, another way is open
        turned = np.empty(w.size + extra, dtype)
        arguments = dict(x=x, w=w, b=b, turned=turned, y=np.empty_like(dz))
        compare("transposed_conv2d", arguments | steps | dict(activation=activation), "y", "turned")
    arguments = dict(x=x, dz=dz, dw=np.empty_like(w), db=np.empty_like(b))
    compare("transposed_conv2d_weight_gradient", arguments | steps, "dw db")


@both_types
@pytest.mark.parametrize("channels", [1, 3, 17])
@pytest.mark.parametrize("masked", ["nothing", "some", "one sample", "empty"])
def test_global_pooling(masked: str, channels: int, dtype: DType) -> None:
    n, places = 3, 5
    x, dy = noise(dtype, n, places, channels), noise(dtype, n, channels)
    x = np.round(x, 1)  # ties
    mask = np.ones((n, 0 if masked == "nothing" else places), dtype)
    if masked == "some":
        mask = (noise(dtype, n, places, seed=4) > 0).astype(dtype)
    elif masked in ("one sample", "empty"):
        mask[: 1 if masked == "one sample" else n] = 0
    where, dx = np.empty(dy.shape, np.int32), np.empty_like(x)
    compare("global_average_pool", dict(x=x, mask=mask, y=np.empty_like(dy)), "y")
    compare("global_average_pool_gradient", dict(dy=dy, mask=mask, dx=dx), "dx")
    compare("global_max_pool", dict(x=x, mask=mask, y=np.empty_like(dy), where=where), "y where")
    PLAIN["global_max_pool"](x, mask, np.empty_like(dy), where)
    compare("global_max_pool_gradient", dict(dy=dy, where=where, dx=dx), "dx")


@both_types
@pytest.mark.parametrize("channels", [1, 3, 17])
@pytest.mark.parametrize("border", [(0, 0, 0, 0), (1, 2, 0, 3), (0, 0, 4, 0)])
def test_padding_and_cropping(
    border: tuple[int, int, int, int], channels: int, dtype: DType
) -> None:
    top, bottom, left, right = border
    x = noise(dtype, 2, 4, 3, channels)
    y = noise(dtype, 2, 4 + top + bottom, 3 + left + right, channels)
    compare("pad2d", dict(x=x, y=np.empty_like(y), top=top, left=left), "y")
    compare("crop2d", dict(x=y, y=np.empty_like(x), top=top, left=left), "y")


@both_types
@pytest.mark.parametrize("channels", [1, 3, 17])
@pytest.mark.parametrize("factor", [1, 2, 3, 4])
@pytest.mark.parametrize("name", ["repeat2d", "interpolate2d"])
def test_making_larger(name: str, factor: int, channels: int, dtype: DType) -> None:
    x = noise(dtype, 2, 4, 1, channels)
    y = noise(dtype, 2, 4 * factor, factor, channels)
    compare(name, dict(x=x, y=np.empty_like(y), factor=factor), "y")
    compare(f"{name}_gradient", dict(dy=y, dx=np.empty_like(x), factor=factor), "dx")


@both_types
@pytest.mark.parametrize(
    ("groups", "together", "inputs", "outputs"),
    [(1, 1, 2, 3), (4, 2, 1, 1), (6, 3, 2, 5), (6, 6, 3, 1)],
)
def test_merging_groups(
    groups: int, together: int, inputs: int, outputs: int, dtype: DType
) -> None:
    w = noise(dtype, 6, inputs, groups * outputs)
    wide = noise(dtype, 6, inputs * together, groups * outputs)
    compare("merge_groups", dict(w=w, wide=np.empty_like(wide), groups=groups), "wide")
    compare("merge_groups_gradient", dict(dwide=wide, dw=np.empty_like(w), groups=groups), "dw")
    PLAIN["merge_groups"](w, wide, groups)
    back = np.empty_like(w)
    PLAIN["merge_groups_gradient"](wide, back, groups)
    np.testing.assert_array_equal(back, w)
    assert np.count_nonzero(wide) == w.size
