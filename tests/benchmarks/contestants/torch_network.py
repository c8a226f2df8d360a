"""A workload as a module of PyTorch, in PyTorch's own layout, with the common first weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import nn

from tests.benchmarks.arrays import (
    Array,
    after,
    batches,
    behind_channels_first,
    own_weights,
    weights,
)
from tests.benchmarks.workloads import Layer, Workload, named_layers

Tensor = Any  # torch may not be there when types are checked
RECURRENT = {"simple_rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh}  # softmax: see `loss_of`


class Recurrent(nn.Module):
    """A recurrent layer that hands on its sequence or only the last state."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.inner = RECURRENT[layer.kind](layer.inputs, layer.units, batch_first=True)
        self.is_last = layer.returns == "last"

    def forward(self, x: Tensor) -> Tensor:
        y, _ = self.inner(x)
        return y[:, -1] if self.is_last else y


def network(workload: Workload) -> Any:
    """The layers in a row; what comes out are scores, on which the loss applies the softmax."""
    parts: list[Any] = []
    given = weights(workload)
    before = workload.shape
    for name, layer in named_layers(workload):
        own = own_weights(given, name)
        part = module(layer)
        with torch.no_grad():
            fill(part, layer, own, before)
        parts.append(part)
        if layer.activation in ACTIVATIONS and not layer.returns:
            parts.append(ACTIVATIONS[layer.activation]())
        before = after(layer, before)
    return nn.Sequential(*parts)


def module(layer: Layer) -> Any:
    """One layer."""
    match layer.kind:
        case "dense":
            return nn.Linear(layer.inputs, layer.units)
        case "conv2d":
            return nn.Conv2d(layer.inputs, layer.units, 3)
        case "max_pool2d":
            return nn.MaxPool2d(2)
        case "flatten":
            return nn.Flatten()
        case "embedding":
            return nn.Embedding(layer.inputs, layer.units)
    return Recurrent(layer)


def fill(part: Any, layer: Layer, own: Mapping[str, Array], shape: tuple[int, ...]) -> None:
    """Put the common weights into a layer, turned into PyTorch's layout."""
    match layer.kind:
        case "dense":
            put(part.weight, behind_channels_first(own["kernel"], shape).T)
            put(part.bias, own["bias"])
        case "conv2d":
            put(part.weight, own["kernel"].transpose(3, 2, 0, 1))
            put(part.bias, own["bias"])
        case "embedding":
            put(part.weight, own["embeddings"])
        case "simple_rnn" | "lstm" | "gru":
            fill_recurrent(part.inner, layer, own)


def fill_recurrent(inner: Any, layer: Layer, own: Mapping[str, Array]) -> None:
    """Recurrent layers of PyTorch have two biases each; where we have one, the second is zero."""
    order = {"gru": (1, 0, 2)}.get(layer.kind)  # r, z, n there

    def turned(values: Array) -> Array:
        if order is None:
            return values
        gates = np.split(values, len(order), axis=-1)
        return np.concatenate([gates[i] for i in order], axis=-1)

    put(inner.weight_ih_l0, turned(own["kernel"]).T)
    put(inner.weight_hh_l0, turned(own["recurrent_kernel"]).T)
    put(inner.bias_ih_l0, turned(own["bias"]))
    put(inner.bias_hh_l0, turned(own.get("recurrent_bias", np.zeros_like(own["bias"]))))


def put(parameter: Any, values: Array) -> None:
    """Copy numbers into a parameter of the same shape."""
    found = torch.from_numpy(np.ascontiguousarray(values))
    assert parameter.shape == found.shape, (parameter.shape, found.shape)
    parameter.copy_(found)


def tensors(workload: Workload, channels_last: bool) -> list[tuple[Tensor, Tensor]]:
    """The batches; pictures with the channels in front, or in memory behind all the same."""
    found = []
    for x, target in batches(workload):
        own = torch.from_numpy(x)
        if own.ndim == 4:
            own = own.permute(0, 3, 1, 2)
            own = own.contiguous(
                memory_format=torch.channels_last if channels_last else torch.contiguous_format
            )
        found.append((own, torch.from_numpy(target)))
    return found


def loss_of(scores: Tensor, target: Tensor) -> Tensor:
    """Softmax and cross-entropy in one, over all samples and time steps."""
    return nn.functional.cross_entropy(scores.flatten(0, -2), target.flatten())
