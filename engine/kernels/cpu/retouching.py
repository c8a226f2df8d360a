"""Pictures whose values change at random while training; see the plain twin."""

import numpy as np

from engine.kernels import Array
from engine.kernels.cpu import kernel
from engine.kernels.cpu._chance import GOLDEN, counted, key_of
from engine.kernels.cpu._logarithms import box_muller

_UNIT = 2.0**-53
_29, _5, _24_BITS = np.uint64(29), np.uint64(5), np.uint64(0xFFFFFF)


@kernel
def _tones(start: np.uint64, contrast: float, brightness: float) -> tuple[float, float]:
    """Return b c, and b (1 - c), of one sample; see the plain twin."""
    c = 1 + (2 * (counted(start, 0) * _UNIT) - 1) * contrast
    b = 1 + (2 * (counted(start, 1) * _UNIT) - 1) * brightness
    return b * c, b * (1 - c)


@kernel
def _hide(start: np.uint64, picture: Array, size: tuple[int, int, int], side: int) -> None:
    """Set a square of one picture to 0, as far as it lies inside."""
    height, width, channels = size
    zero = picture.dtype.type(0)
    top = int(counted(start, 2) * _UNIT * height) - side // 2
    left = int(counted(start, 3) * _UNIT * width) - side // 2
    first, last = max(left, 0) * channels, min(left + side, width) * channels
    for i in range(max(top, 0), min(top + side, height)):
        row = i * width * channels
        for k in range(row + first, row + last):
            picture[k] = zero


@kernel
def _mean(values: Array) -> float:
    total = values.dtype.type(0)
    for k in range(values.size):
        total += values[k]
    return total / values.size


@kernel
def retouch(
    x: Array,
    rows: Array,
    clock: Array,
    y: Array,
    size: tuple[int, int, int],
    contrast: float,
    brightness: float,
    deviation: float,
    side: int,
    streams: tuple[int, int],
) -> None:
    """Change contrast and brightness, add noise, and hide a square; see the plain twin."""
    tones, noise = key_of(clock, streams[0]), key_of(clock, streams[1])
    kind, width = x.dtype.type, x.shape[1]
    unit, strength = kind(2.0**-24), kind(deviation)
    for i in range(x.shape[0]):
        start = tones + np.uint64(rows[i]) * np.uint64(4) * GOLDEN
        gain, loss = _tones(start, contrast, brightness)
        factor, offset = kind(gain), kind(loss * _mean(x[i]) if contrast != 0 else 0)
        if deviation != 0:
            first = noise + np.uint64(rows[i]) * np.uint64(width) * GOLDEN
            for k in range(width):
                number = counted(first, k)
                u = kind(np.int32(number >> _29) + np.int32(1)) * unit
                v = kind(np.int32((number >> _5) & _24_BITS)) * unit
                y[i, k] = factor * x[i, k] + offset + strength * box_muller(u, v)
        else:
            for k in range(width):
                y[i, k] = factor * x[i, k] + offset
        _hide(start, y[i], size, side)


@kernel
def retouch_gradient(
    dy: Array,
    rows: Array,
    clock: Array,
    dx: Array,
    size: tuple[int, int, int],
    contrast: float,
    brightness: float,
    side: int,
    stream: int,
) -> None:
    """Let the gradient through where nothing is hidden; see the plain twin."""
    key = key_of(clock, stream)
    kind, width = dy.dtype.type, dy.shape[1]
    for i in range(dy.shape[0]):
        start = key + np.uint64(rows[i]) * np.uint64(4) * GOLDEN
        gain, loss = _tones(start, contrast, brightness)
        own = dx[i]
        for k in range(width):
            own[k] = dy[i, k]
        _hide(start, own, size, side)
        factor, offset = kind(gain), kind(loss * _mean(own) if contrast != 0 else 0)
        for k in range(width):
            own[k] = factor * own[k] + offset
