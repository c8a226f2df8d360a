"""What each layer type is in PyTorch, written as its users would: one function a kind.

Tensors keep our layout between boxes (channels last, time before features); a translation turns
them round where PyTorch wants it otherwise. Weights come under our names and in our shapes.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F  # noqa: N812 (everyone calls it so)

from tests.references.peer import Box, Different, Tensor, remember, reshaped

ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "linear": lambda x: x,
    "relu": F.relu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "softmax": lambda x: F.softmax(x, -1),
    "leaky_relu": lambda x: F.leaky_relu(x, 0.2),
    "elu": F.elu,
    "selu": F.selu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": F.softplus,
    "hard_sigmoid": F.hardsigmoid,
}


def activated(x: Tensor, name: str) -> Tensor:
    """f(x), remembering x where a loss may want it."""
    if name not in ACTIVATIONS:  # the step function has no slope in PyTorch
        raise Different(name)
    y = ACTIVATIONS[name](x)
    return remember(y, name, x) if name in ("sigmoid", "softmax") else y


def activation(box: Box) -> Tensor:
    layer = box.layer
    if layer.function == "leaky_relu":
        return F.leaky_relu(box.x, layer.slope)
    if layer.function == "elu":
        return F.elu(box.x, layer.alpha)
    return activated(box.x, layer.function)


def channels_first(x: Tensor) -> Tensor:
    """(N, …, C) as (N, C, …)."""
    return x.movedim(-1, 1)


def channels_last(x: Tensor) -> Tensor:
    """(N, C, …) as (N, …, C)."""
    return x.movedim(1, -1)


def dense(box: Box) -> Tensor:
    kernel, bias = box.weight
    return activated(F.linear(box.x, kernel.T, bias), box.layer.activation)


def concatenate(box: Box) -> Tensor:
    shape, axis = box.fact.inputs["x"][0], box.layer.axis
    return torch.cat(box.inputs["x"], -1 if axis == "last" else 1 + shape.axes.index(axis))


def dot(box: Box) -> Tensor:
    """Products of vectors along the chosen axes, which are brought to the end."""
    a, b = box.inputs["x"]
    if a.ndim == 3:
        left, right = {"features": (2, 2), "time": (1, 1), "features_time": (2, 1)}[box.layer.axes]
        a, b = a.movedim(left, 2), b.movedim(right, 2)
    if box.layer.normalize:
        a, b = F.normalize(a, dim=-1), F.normalize(b, dim=-1)
    if a.ndim == 2:
        return (a * b).sum(-1, keepdim=True)
    return torch.einsum("nik,njk->nij", a, b)


def permute(box: Box) -> Tensor:
    if box.x.ndim == 3:
        return box.x.transpose(1, 2)
    order = [1 + ("height", "width", "channels").index(n) for n in box.layer.order.split("_")]
    return box.x.permute(0, *order)


def noisy(box: Box) -> Tensor:
    """Only what it answers is compared: chance comes from elsewhere in PyTorch."""
    if box.training:
        raise Different(box.layer.kind)
    return box.x


LAYERS: dict[str, Callable[[Box], Tensor | dict[str, Tensor]]] = {
    "activation": activation,
    "add": lambda box: sum(box.inputs["x"][1:], start=box.inputs["x"][0]),
    "augment": noisy,
    "average": lambda box: torch.stack(box.inputs["x"]).mean(0),
    "concatenate": concatenate,
    "dense": dense,
    "dot": dot,
    "dropout": lambda box: F.dropout(box.x, box.layer.rate, box.training),
    "flatten": lambda box: reshaped(box.x, (len(box.x), -1)),
    "gaussian_noise": noisy,
    "maximum": lambda box: torch.stack(box.inputs["x"]).amax(0),
    "multiply": lambda box: torch.stack(box.inputs["x"]).prod(0),
    "permute": permute,
    "prelu": lambda box: channels_last(F.prelu(channels_first(box.x), box.weights["slope"])),
    "repeat_vector": lambda box: box.x[:, None].expand(-1, box.layer.repeats, -1),
    "reshape": lambda box: reshaped(box.x, (len(box.x), *box.fact.outputs["y"].sizes)),
    "spatial_dropout": noisy,
    "subtract": lambda box: torch.sub(*box.inputs["x"]),
}
