"""Which cells belong together, as pictures show it: the same cells that the kernels join."""

from __future__ import annotations

import numpy as np
import pytest

from engine.kernels.plain import positions, resizing
from engine.layers.conv2d_transpose import Conv2DTranspose
from engine.layers.positional_embedding import wave
from engine.layers.up_sampling2d import UpSampling2D
from engine.spec.shapes import image


@pytest.mark.parametrize(
    ("interpolation", "kernel"), [("nearest", "repeat2d"), ("bilinear", "interpolate2d")]
)
@pytest.mark.parametrize("factor", [1, 2, 3, 4])
def test_an_enlarged_cell_is_made_of_its_sources(
    interpolation: str, kernel: str, factor: int
) -> None:
    layer, length = UpSampling2D(factor=factor, interpolation=interpolation), 5
    for source in range(length):
        x = np.zeros((1, length, 1, 1))
        x[0, source] = 1.0
        y = np.empty((1, length * factor, factor, 1))
        getattr(resizing, kernel)(x, y, factor)
        for place in np.flatnonzero(y[0, :, 0, 0]):
            assert source in layer.sources(int(place), length)
    assert all(1 <= len(layer.sources(p, length)) <= 2 for p in range(length * factor))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("size", "stride"), [(3, 1), (3, 2), (2, 3), (5, 2)])
def test_stamps_cover_the_whole_result(padding: str, size: int, stride: int) -> None:
    layer = Conv2DTranspose(size=size, stride=stride, padding=padding)
    length = layer.output_shape(image(6, 6, 1)).sizes[0]
    stamped = {cell for place in range(6) for cell in layer.stamp(place)}
    inside = {cell for cell in stamped if 0 <= cell < length}
    gaps = set(range(length)) - inside
    assert bool(gaps) == (stride > size)  # cells between the stamps
    assert layer.stamp(0).start == -layer.before
    assert layer.stamp(1).start - layer.stamp(0).start == stride


def test_a_wave_is_a_number_of_the_table() -> None:
    table = np.empty((6, 5))
    positions.wave_positions(table)
    found = [[wave(step, feature, 5) for feature in range(5)] for step in range(6)]
    assert np.array(found) == pytest.approx(table)
