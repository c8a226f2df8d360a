"""What each layer type is in PyTorch, written as its users would: one function a kind.

Tensors keep our layout between boxes (channels last, time before features); a translation turns
them round where PyTorch wants it otherwise. Weights come under our names and in our shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (everyone calls it so)

from tests.references.peer import Box, Tensor, remember, reshaped
from tests.references.torch_attention import NORMALISATION_AND_ATTENTION

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "linear": lambda x: x,
    "relu": F.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softmax": lambda x: F.softmax(x, -1),
}


def activated(x: Tensor, name: str) -> Tensor:
    """f(x), remembering x where a loss may want it."""
    y = ACTIVATIONS[name](x)
    return remember(y, name, x) if name in ("sigmoid", "softmax") else y


def channels_first(x: Tensor) -> Tensor:
    """(N, …, C) as (N, C, …)."""
    return x.movedim(-1, 1)


def channels_last(x: Tensor) -> Tensor:
    """(N, C, …) as (N, …, C)."""
    return x.movedim(1, -1)


def padded(x: Tensor, layer: Any, value: float = 0.0) -> Tensor:
    """(N, C, …) with what the layer's padding puts round it.

    The odd cell of "same" is at the end; "causal" pads only the beginning.
    """
    if layer.padding == "valid":
        return x
    reach = (layer.size - 1) * getattr(layer, "dilation", 1) + 1
    around: list[int] = []
    for length in reversed(x.shape[2:]):
        total = max((-(-length // layer.stride) - 1) * layer.stride + reach - length, 0)
        around += [total // 2, total - total // 2] if layer.padding == "same" else [reach - 1, 0]
    return F.pad(x, around, value=value)


def dense(box: Box) -> Tensor:
    kernel, bias = box.weight
    return activated(F.linear(box.x, kernel.T, bias), box.layer.activation)


def convolution(box: Box) -> Tensor:
    """Over pictures or along sequences, as the axes of the kernel say."""
    layer, (kernel, bias) = box.layer, box.weight
    function = F.conv2d if kernel.ndim == 4 else F.conv1d
    filters = kernel.movedim((-1, -2), (0, 1))
    steps = {"stride": layer.stride, "dilation": layer.dilation, "groups": layer.groups}
    y = function(padded(channels_first(box.x), layer), filters, bias, **steps)
    return activated(channels_last(y), layer.activation)


def depthwise(box: Box, kernel: Tensor, bias: Tensor | None) -> Tensor:
    """Filters of each channel: in PyTorch a convolution with as many groups as channels."""
    layer, channels = box.layer, box.x.shape[-1]
    filters = kernel.permute(2, 3, 0, 1).flatten(0, 1)[:, None]
    steps = {"stride": layer.stride, "dilation": layer.dilation, "groups": channels}
    return F.conv2d(padded(channels_first(box.x), layer), filters, bias, **steps)


def depthwise_conv2d(box: Box) -> Tensor:
    return activated(channels_last(depthwise(box, *box.weight)), box.layer.activation)


def separable_conv2d(box: Box) -> Tensor:
    weights = box.weights
    z = depthwise(box, weights["depthwise_kernel"], None)
    y = F.conv2d(z, weights["pointwise_kernel"].permute(3, 2, 0, 1), weights.get("bias"))
    return activated(channels_last(y), box.layer.activation)


def conv2d_transpose(box: Box) -> Tensor:
    """PyTorch's result, cut or filled up with zeros to the size that TensorFlow gives it."""
    layer, (kernel, bias) = box.layer, box.weight
    x = channels_first(box.x)
    filters = kernel.permute(3, 2, 0, 1).contiguous()  # PyTorch's own gradient asks for that
    y = F.conv_transpose2d(x, filters, None, layer.stride)
    before = max(layer.size - layer.stride, 0) // 2 if layer.padding == "same" else 0
    around: list[int] = []
    for length, old in zip(reversed(y.shape[2:]), reversed(x.shape[2:]), strict=True):
        wanted = old * layer.stride if layer.padding == "same" else max(length, old * layer.stride)
        around += [-before, wanted - (length - before)]
    y = channels_last(F.pad(y, around))
    return activated(y if bias is None else y + bias, layer.activation)


def max_pool(box: Box) -> Tensor:
    layer, function = box.layer, F.max_pool2d if box.x.ndim == 4 else F.max_pool1d
    x = padded(channels_first(box.x), layer, -torch.inf)
    return channels_last(function(x, layer.size, layer.stride))


def average_pool(box: Box) -> Tensor:
    """The mean over the cells of the picture: padding does not count."""
    layer, function = box.layer, F.avg_pool2d if box.x.ndim == 4 else F.avg_pool1d
    x = channels_first(box.x)
    counted = torch.ones_like(x)
    sums = [function(padded(each, layer), layer.size, layer.stride) for each in (x, counted)]
    return channels_last(sums[0] / sums[1])


def up_sampling2d(box: Box) -> Tensor:
    x, layer = channels_first(box.x), box.layer
    return channels_last(F.interpolate(x, scale_factor=layer.factor, mode=layer.interpolation))


def zero_padding2d(box: Box) -> Tensor:
    o = box.layer
    return F.pad(box.x, (0, 0, o.left, o.right, o.top, o.bottom))


def cropping2d(box: Box) -> Tensor:
    o = box.layer
    return F.pad(box.x, (0, 0, -o.left, -o.right, -o.top, -o.bottom))


LAYERS: dict[str, Callable[[Box], Tensor | dict[str, Tensor]]] = {
    "activation": lambda box: activated(box.x, box.layer.function),
    "add": lambda box: sum(box.inputs["x"][1:], start=box.inputs["x"][0]),
    "average_pool1d": average_pool,
    "average_pool2d": average_pool,
    "concatenate": lambda box: torch.cat(box.inputs["x"], -1),
    "conv1d": convolution,
    "conv2d": convolution,
    "conv2d_transpose": conv2d_transpose,
    "cropping2d": cropping2d,
    "dense": dense,
    "depthwise_conv2d": depthwise_conv2d,
    "dropout": lambda box: F.dropout(box.x, box.layer.rate, box.training),
    "flatten": lambda box: reshaped(box.x, (len(box.x), -1)),
    "global_average_pool": lambda box: box.x.flatten(1, -2).mean(1),
    "global_max_pool": lambda box: box.x.flatten(1, -2).max(1).values,
    "max_pool1d": max_pool,
    "max_pool2d": max_pool,
    "separable_conv2d": separable_conv2d,
    "up_sampling2d": up_sampling2d,
    "zero_padding2d": zero_padding2d,
    **NORMALISATION_AND_ATTENTION,
}
