"""Pictures made larger or smaller without learning: a border put on or cut off, cells repeated.

Shapes: n samples, pictures of H by W cells with C channels.
"""

import numpy as np

from engine.kernels import Array


def pad2d(x: Array, y: Array, top: int, left: int) -> None:
    """Put a picture onto a larger one of zeros. It is the gradient of `crop2d`, too.

    x : (n, H, W, C)
    y : (n, P, Q, C), with P at least top + H, and Q at least left + W
    top, left : cells of zeros above and to the left
    """
    y[...] = 0
    y[:, top : top + x.shape[1], left : left + x.shape[2]] = x


def crop2d(x: Array, y: Array, top: int, left: int) -> None:
    """Cut a part out of a picture. It is the gradient of `pad2d`, too.

    x : (n, H, W, C)
    y : (n, P, Q, C), with top + P at most H, and left + Q at most W
    top, left : cells that are cut off above and to the left
    """
    y[...] = x[:, top : top + y.shape[1], left : left + y.shape[2]]


def repeat2d(x: Array, y: Array, factor: int) -> None:
    """Make every cell a square of equal cells: y[i, j] = x[⌊i / factor⌋, ⌊j / factor⌋].

    x : (n, H, W, C)
    y : (n, H·factor, W·factor, C)
    factor : cells on each side of a square
    """
    y[...] = x.repeat(factor, axis=1).repeat(factor, axis=2)


def repeat2d_gradient(dy: Array, dx: Array, factor: int) -> None:
    """Sum each square's gradients.

    dy : (n, H·factor, W·factor, C)
    dx : (n, H, W, C)
    factor : as in `repeat2d`
    """
    n, height, width, channels = dx.shape
    squares = dy.reshape(n, height, factor, width, factor, channels)
    dx[...] = squares.sum(axis=(2, 4))


def interpolate2d(x: Array, y: Array, factor: int) -> None:
    """Mix the four cells around the centre of each new cell, by nearness (bilinearly).

    The new cell i lies at (i + ½) / factor − ½ among the old ones; beyond the edge, the outermost
    cell goes on.

    x : (n, H, W, C)
    y : (n, H·factor, W·factor, C)
    factor : new cells on each side of an old one
    """
    down, right = _mixture(x.shape[1], factor, x.dtype), _mixture(x.shape[2], factor, x.dtype)
    y[...] = np.einsum("ih,jw,nhwc->nijc", down, right, x, optimize=True)


def interpolate2d_gradient(dy: Array, dx: Array, factor: int) -> None:
    """Give each old cell its share of the new ones' gradients.

    dy : (n, H·factor, W·factor, C)
    dx : (n, H, W, C)
    factor : as in `interpolate2d`
    """
    down, right = _mixture(dx.shape[1], factor, dx.dtype), _mixture(dx.shape[2], factor, dx.dtype)
    dx[...] = np.einsum("ih,jw,nijc->nhwc", down, right, dy, optimize=True)


def _mixture(length: int, factor: int, dtype: object) -> Array:
    """Return which share of each old cell is in each new one, along one axis: (new, old)."""
    place = (np.arange(length * factor) + 0.5) / factor - 0.5
    before = np.floor(place).astype(int)
    nearness = place - before
    mixture = np.zeros((length * factor, length), dtype)  # type: ignore[call-overload]
    rows = np.arange(length * factor)
    np.add.at(mixture, (rows, before.clip(0, length - 1)), 1 - nearness)
    np.add.at(mixture, (rows, (before + 1).clip(0, length - 1)), nearness)
    return mixture
