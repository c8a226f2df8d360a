"""Pictures whose values change while training: contrast, brightness, noise, a hidden part.

The numbers are counted, not drawn: see `_chance`. Shapes: n samples of K = H · W · C values.
"""

import numpy as np

from engine.kernels import Array
from engine.kernels.plain._chance import counted
from engine.kernels.plain.noise import gaussian_noise


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
    """Change contrast and brightness, add noise, and hide a square: y = b (m + c (x - m)) + noise.

    m is the mean of all values of the picture. In the square all values are 0; it may stick out
    of the picture (T. DeVries, G. W. Taylor: Improved regularization of convolutional neural
    networks with cutout, 2017).

    x : (n, K)
    rows : (n,) int64, number of each sample in the whole batch
    clock : (2,) uint64, seed of the run and number of the step
    y : (n, K)
    size : height, width, channels
    contrast, brightness : c lies between 1 - contrast and 1 + contrast, b likewise
    deviation : of the noise, see `gaussian_noise`
    side : of the square in cells; 0 hides nothing
    streams : numbers of the layer: for what is drawn once a picture, and for the noise
    """
    gain, loss = _tones(rows, clock, contrast, brightness, streams[0])
    tuned = gain * x
    if contrast:
        tuned = tuned + loss * x.mean(axis=1, keepdims=True)
    y[...] = tuned
    if deviation:
        gaussian_noise(y, rows, clock, y, deviation, streams[1])
    y[_hidden(rows, clock, size, side, streams[0])] = 0


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
    """Let the gradient through where nothing is hidden: dx = b c dy + b (1 - c) mean(dy).

    dy : (n, K)
    rows, clock, size, contrast, brightness, side : as in `retouch`, of the same step
    dx : (n, K)
    stream : the first of the numbers of the layer
    """
    gain, loss = _tones(rows, clock, contrast, brightness, stream)
    dx[...] = np.where(_hidden(rows, clock, size, side, stream), 0, dy)
    mean = dx.mean(axis=1, keepdims=True)
    dx *= gain.astype(dx.dtype)
    if contrast:
        dx += (loss * mean).astype(dx.dtype)


def _tones(
    rows: Array, clock: Array, contrast: float, brightness: float, stream: int
) -> tuple[Array, Array]:
    """Return b c, and b (1 - c), of each sample, each (n, 1)."""
    signed = 2 * (counted(rows, 4, clock, stream) * 2.0**-53) - 1
    c, b = 1 + signed[:, :1] * contrast, 1 + signed[:, 1:2] * brightness
    return b * c, b * (1 - c)


def _hidden(rows: Array, clock: Array, size: tuple[int, int, int], side: int, stream: int) -> Array:
    """Return which values lie in the square, (n, K): its centre may be any cell."""
    numbers = counted(rows, 4, clock, stream) * 2.0**-53
    within = []
    for axis in (0, 1):
        first = np.floor(numbers[:, 2 + axis] * size[axis]).astype(int)[:, None] - side // 2
        cells = np.arange(size[axis])
        within.append((cells >= first) & (cells < first + side))
    square = within[0][:, :, None] & within[1][:, None, :]
    return np.asarray(square.reshape(len(rows), -1).repeat(size[2], axis=1))
