"""Layer and group normalisation: each sample is normalised by itself, without looking at others.

J. L. Ba, J. R. Kiros, G. E. Hinton: Layer normalization, 2016, eq. 4; Y. Wu, K. He: Group
normalization, ECCV 2018, eq. 1 and 7. With x̂ = (x - mean) / √(variance + ε) and g = gain dy, the
gradient is dx = (g - mean of g - x̂ · mean of g x̂) / √(variance + ε), with means over the same
numbers that were normalised together.
"""

import numpy as np

from engine.kernels import Array


def layer_norm(
    x: Array, gain: Array, offset: Array, y: Array, statistics: Array, epsilon: float
) -> None:
    """Normalise each row: y = gain · (x - mean) / √(variance + ε) + offset.

    x, y : (R, C)
    gain, offset : (C,) or (0,)
    statistics : (R, 2), mean and 1 / √(variance + ε)
    epsilon : added to the variance
    """
    group_norm(
        x[:, None, :], gain, offset, y[:, None, :], statistics[:, None, :],
        np.empty((3, x.shape[1]), x.dtype), epsilon,
    )  # fmt: skip


def layer_norm_gradient(x: Array, dy: Array, gain: Array, statistics: Array, dx: Array) -> None:
    """Send the gradient back through each row's own mean and variance.

    x, dy, dx : (R, C)
    gain : (C,) or (0,)
    statistics : (R, 2) of `layer_norm`
    """
    room = np.empty((4, x.shape[1]), x.dtype)
    group_norm_gradient(
        x[:, None, :], dy[:, None, :], gain, statistics[:, None, :], room, dx[:, None, :]
    )


def layer_norm_weight_gradient(
    x: Array, dy: Array, statistics: Array, dgain: Array, doffset: Array
) -> None:
    """Sum the gradients by gain and offset: Σ dy x̂ and Σ dy over the rows.

    x, dy : (R, C)
    statistics : (R, 2) of `layer_norm`
    dgain, doffset : (C,) or (0,)
    """
    if dgain.size:
        dgain[...] = (dy * (x - statistics[:, :1]) * statistics[:, 1:]).sum(axis=0)
    if doffset.size:
        doffset[...] = dy.sum(axis=0)


def _by_group(x: Array, statistics: Array) -> tuple[Array, Array, Array]:
    """x as (n, P, G, C / G); mean and 1 / √(variance + ε) beside it."""
    n, places, channels = x.shape
    groups = statistics.shape[1]
    parts = x.reshape(n, places, groups, channels // groups)
    return parts, statistics[:, None, :, :1], statistics[:, None, :, 1:]


def group_norm(
    x: Array, gain: Array, offset: Array, y: Array, statistics: Array, room: Array, epsilon: float
) -> None:
    """Normalise each group of channels of each sample over all its places.

    x, y : (n, P, C)
    gain, offset : (C,) or (0,)
    statistics : (n, G, 2), mean and 1 / √(variance + ε); G divides C
    room : (3, C) to work in
    epsilon : added to the variance
    """
    parts, mean, inverse = _by_group(x, statistics)
    mean[...] = parts.mean(axis=(1, 3), keepdims=True)
    inverse[...] = 1 / np.sqrt(parts.var(axis=(1, 3), keepdims=True) + x.dtype.type(epsilon))
    y[...] = ((parts - mean) * inverse).reshape(x.shape)
    if gain.size:
        y *= gain
    if offset.size:
        y += offset


def group_norm_gradient(
    x: Array, dy: Array, gain: Array, statistics: Array, room: Array, dx: Array
) -> None:
    """Send the gradient back through each group's own mean and variance.

    x, dy, dx : (n, P, C)
    gain : (C,) or (0,)
    statistics : (n, G, 2) of `group_norm`
    room : (4, C) to work in
    """
    parts, mean, inverse = _by_group(x, statistics)
    scaled, _, _ = _by_group(dy * gain if gain.size else dy, statistics)
    normalised = (parts - mean) * inverse
    first = scaled.mean(axis=(1, 3), keepdims=True)
    second = (scaled * normalised).mean(axis=(1, 3), keepdims=True)
    dx[...] = ((scaled - first - normalised * second) * inverse).reshape(x.shape)


def group_norm_weight_gradient(
    x: Array, dy: Array, statistics: Array, room: Array, dgain: Array, doffset: Array
) -> None:
    """Sum the gradients by gain and offset: Σ dy x̂ and Σ dy over samples and places.

    x, dy : (n, P, C)
    statistics : (n, G, 2) of `group_norm`
    room : (2, C) to work in
    dgain, doffset : (C,) or (0,)
    """
    parts, mean, inverse = _by_group(x, statistics)
    if dgain.size:
        dgain[...] = (dy * ((parts - mean) * inverse).reshape(x.shape)).sum(axis=(0, 1))
    if doffset.size:
        doffset[...] = dy.sum(axis=(0, 1))
