"""Global pooling: all places of a picture or sequence become one value for each channel.

Shapes: n samples with P places (cells of a picture, steps of a sequence) and C channels. A mask
says by 1 or 0 which places count; with a mask of no places all of them do. Where no place counts,
the result is 0. Source: Lin et al. 2014.
"""

import numpy as np

from engine.kernels import Array


def global_average_pool(x: Array, mask: Array, y: Array) -> None:
    """Keep the mean over the places that count.

    x : (n, P, C)
    mask : (n, P) or (n, 0)
    y : (n, C)
    """
    weights = _weights(mask, x)
    y[...] = np.where(weights > 0, x, 0).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)


def global_average_pool_gradient(dy: Array, mask: Array, dx: Array) -> None:
    """Share each channel's gradient equally among the places that count.

    dy : (n, C)
    mask : (n, P) or (n, 0)
    dx : (n, P, C)
    """
    weights = _weights(mask, dx)
    dx[...] = np.where(weights > 0, dy[:, None, :], 0) / np.maximum(weights.sum(axis=1), 1)[:, None]


def global_max_pool(x: Array, mask: Array, y: Array, where: Array) -> None:
    """Keep the largest value over the places that count; NaN counts as largest.

    x : (n, P, C)
    mask : (n, P) or (n, 0)
    y : (n, C)
    where : (n, C) int32, place of the winner, the first on ties; -1 where no place counts
    """
    weights = _weights(mask, x)
    shown = np.where(weights > 0, x, -np.inf)
    where[...] = np.where(weights.sum(axis=1) > 0, shown.argmax(axis=1), -1)
    y[...] = np.where(where >= 0, shown.max(axis=1), 0)


def global_max_pool_gradient(dy: Array, where: Array, dx: Array) -> None:
    """Send each channel's gradient to the place that won; all others get nothing.

    dy : (n, C)
    where : (n, C) int32 from `global_max_pool`
    dx : (n, P, C)
    """
    places = np.arange(dx.shape[1])[None, :, None]
    dx[...] = np.where(where[:, None, :] == places, dy[:, None, :], 0)


def _weights(mask: Array, x: Array) -> Array:
    """Return the mask as (n, P, 1), ones if there is none."""
    return mask[:, :, None] if mask.size else np.ones((*x.shape[:2], 1), x.dtype)
