"""What each layer type is in PyTorch, written as its users would: one function a kind.

Tensors keep our layout between boxes (channels last, time before features); a translation turns
them round where PyTorch wants it otherwise. Weights come under our names and in our shapes.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812 (everyone calls it so)

from tests.references.peer import Box, Tensor, remember, reshaped

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


def padded(x: Tensor, size: int, stride: int, padding: str, value: float = 0.0) -> Tensor:
    """(N, C, H, W) with what "same" puts round it, the odd cell at the end."""
    if padding == "valid":
        return x
    around: list[int] = []
    for length in reversed(x.shape[2:]):
        total = max((-(-length // stride) - 1) * stride + size - length, 0)
        around += [total // 2, total - total // 2]
    return F.pad(x, around, value=value)


def dense(box: Box) -> Tensor:
    kernel, bias = box.weight
    return activated(F.linear(box.x, kernel.T, bias), box.layer.activation)


def conv2d(box: Box) -> Tensor:
    layer, (kernel, bias) = box.layer, box.weight
    x = padded(channels_first(box.x), layer.size, layer.stride, layer.padding)
    y = F.conv2d(x, kernel.permute(3, 2, 0, 1), bias, layer.stride)
    return activated(channels_last(y), layer.activation)


def max_pool2d(box: Box) -> Tensor:
    layer = box.layer
    x = padded(channels_first(box.x), layer.size, layer.stride, layer.padding, -torch.inf)
    return channels_last(F.max_pool2d(x, layer.size, layer.stride))


def average_pool2d(box: Box) -> Tensor:
    """The mean over the cells of the picture: padding does not count."""
    layer, x = box.layer, channels_first(box.x)
    counted = torch.ones_like(x)
    sums = [
        F.avg_pool2d(
            padded(each, layer.size, layer.stride, layer.padding), layer.size, layer.stride
        )
        for each in (x, counted)
    ]
    return channels_last(sums[0] / sums[1])


LAYERS: dict[str, Callable[[Box], Tensor | dict[str, Tensor]]] = {
    "activation": lambda box: activated(box.x, box.layer.function),
    "add": lambda box: sum(box.inputs["x"][1:], start=box.inputs["x"][0]),
    "average_pool2d": average_pool2d,
    "concatenate": lambda box: torch.cat(box.inputs["x"], -1),
    "conv2d": conv2d,
    "dense": dense,
    "dropout": lambda box: F.dropout(box.x, box.layer.rate, box.training),
    "flatten": lambda box: reshaped(box.x, (len(box.x), -1)),
    "max_pool2d": max_pool2d,
}
