"""Convolution, pooling and resizing in PyTorch, of pictures and of sequences.

A sequence goes as it is: the functions that PyTorch has for one axis and for two are told apart by
the number of axes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812

from tests.references.peer import Box, Tensor
from tests.references.torch_layers import activated, channels_first, channels_last

CONVOLVE = {1: F.conv1d, 2: F.conv2d}
MAX_POOL = {1: F.max_pool1d, 2: F.max_pool2d}
AVERAGE_POOL = {1: F.avg_pool1d, 2: F.avg_pool2d}


def padded(x: Tensor, o: Any, value: float = 0.0) -> Tensor:
    """(N, C, …) with what the padding option puts round it; of "same" the odd cell at the end."""
    extent = (o.size - 1) * getattr(o, "dilation", 1) + 1
    around: list[int] = []
    for length in reversed(x.shape[2:]):
        total = max((-(-length // o.stride) - 1) * o.stride + extent - length, 0)
        before = {"valid": 0, "same": total // 2, "causal": extent - 1}[o.padding]
        around += [before, total - before if o.padding == "same" else 0]
    return F.pad(x, around, value=value)


def filters_first(kernel: Tensor) -> Tensor:
    """(…, in, out) as (out, in, …)."""
    return kernel.movedim((-1, -2), (0, 1))


def convolution(box: Box) -> Tensor:
    o, (kernel, bias) = box.layer, box.weight
    x = padded(channels_first(box.x), o)
    convolve = CONVOLVE[x.ndim - 2]
    groups = getattr(o, "groups", 1)
    y = convolve(x, filters_first(kernel), bias, o.stride, 0, o.dilation, groups)
    return activated(channels_last(y), o.activation)


def depthwise(x: Tensor, o: Any, kernel: Tensor, bias: Tensor | None) -> Tensor:
    """Filters (kh, kw, C, M): M for each channel, whose results lie side by side."""
    channels = x.shape[1]
    own = kernel.permute(2, 3, 0, 1).reshape(-1, 1, *kernel.shape[:2])
    return F.conv2d(padded(x, o), own, bias, o.stride, 0, o.dilation, channels)


def depthwise_conv2d(box: Box) -> Tensor:
    y = depthwise(channels_first(box.x), box.layer, *box.weight)
    return activated(channels_last(y), box.layer.activation)


def separable_conv2d(box: Box) -> Tensor:
    weights = box.weights
    z = depthwise(channels_first(box.x), box.layer, weights["depthwise_kernel"], None)
    y = F.conv2d(z, filters_first(weights["pointwise_kernel"]), weights.get("bias"))
    return activated(channels_last(y), box.layer.activation)


def conv2d_transpose(box: Box) -> Tensor:
    """Every stamp as a whole, then cut to size at both ends (the odd cell at the end)."""
    o, (kernel, bias) = box.layer, box.weight
    more = max(o.stride - o.size, 0)
    own = kernel.permute(3, 2, 0, 1).contiguous()  # PyTorch's own gradient asks for that
    y = F.conv_transpose2d(channels_first(box.x), own, bias, o.stride, output_padding=more)
    if o.padding == "same":
        first = max(o.size - o.stride, 0) // 2
        height, width = (length * o.stride for length in box.x.shape[1:3])
        y = y[:, :, first : first + height, first : first + width]
    return activated(channels_last(y), o.activation)


def max_pool(box: Box) -> Tensor:
    o, x = box.layer, padded(channels_first(box.x), box.layer, -torch.inf)
    return channels_last(MAX_POOL[x.ndim - 2](x, o.size, o.stride))


def average_pool(box: Box) -> Tensor:
    """The mean over the cells that are there: padding does not count."""
    o, x = box.layer, channels_first(box.x)
    pool = AVERAGE_POOL[x.ndim - 2]
    sums = [pool(padded(each, o), o.size, o.stride) for each in (x, torch.ones_like(x))]
    return channels_last(sums[0] / sums[1])


def global_average_pool(box: Box) -> Tensor:
    return channels_first(box.x).flatten(2).mean(-1)


def global_max_pool(box: Box) -> Tensor:
    return channels_first(box.x).flatten(2).amax(-1)


def up_sampling2d(box: Box) -> Tensor:
    return channels_last(
        F.interpolate(
            channels_first(box.x), scale_factor=box.layer.factor, mode=box.layer.interpolation
        )
    )


def bordered(box: Box, sign: int) -> Tensor:
    """With a border of zeros, or without the border that there is."""
    o = box.layer
    around = [sign * each for each in (o.left, o.right, o.top, o.bottom)]
    return channels_last(F.pad(channels_first(box.x), around))


PLACES: dict[str, Callable[[Box], Tensor]] = {
    "average_pool1d": average_pool,
    "average_pool2d": average_pool,
    "conv1d": convolution,
    "conv2d": convolution,
    "conv2d_transpose": conv2d_transpose,
    "cropping2d": lambda box: bordered(box, -1),
    "depthwise_conv2d": depthwise_conv2d,
    "global_average_pool": global_average_pool,
    "global_max_pool": global_max_pool,
    "max_pool1d": max_pool,
    "max_pool2d": max_pool,
    "separable_conv2d": separable_conv2d,
    "up_sampling2d": up_sampling2d,
    "zero_padding2d": lambda box: bordered(box, 1),
}
