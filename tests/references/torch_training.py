"""Losses and optimizers in PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812

from engine.spec.training import TrainingOptions
from tests.references.peer import Box, Peer, Tensor, scores
from tests.references.torch_layers import LAYERS


def cross_entropy(box: Box) -> Tensor:
    z, _ = scores(box.x, "softmax")
    return F.cross_entropy(z, box.target)


def binary_cross_entropy(box: Box) -> Tensor:
    z, _ = scores(box.x, "sigmoid")
    return F.binary_cross_entropy_with_logits(z, box.target.reshape(z.shape).to(z.dtype))


def mean_squared_error(box: Box) -> Tensor:
    return F.mse_loss(box.x, box.target.reshape(box.x.shape).to(box.x.dtype))


LOSSES: dict[str, Callable[[Box], Tensor]] = {
    "binary_cross_entropy": binary_cross_entropy,
    "cross_entropy": cross_entropy,
    "mean_squared_error": mean_squared_error,
}


class KerasAdam(torch.optim.Adam):
    """Adam with epsilon as Keras has it, added before the root is corrected.

    PyTorch adds it after; both are in the paper. With ε / √(1 − β₂^t) for ε PyTorch does as Keras.
    """

    def step(self, closure: Any = None) -> Any:
        for group in self.param_groups:
            epsilon = group.setdefault("own_epsilon", group["eps"])
            number = group["number"] = group.get("number", 0) + 1
            group["eps"] = epsilon / (1 - group["betas"][1] ** number) ** 0.5
        return super().step(closure)


def _sgd(o: TrainingOptions, weights: list[Tensor]) -> Any:
    nesterov = o.nesterov and o.momentum > 0
    return torch.optim.SGD(weights, o.learning_rate, momentum=o.momentum, nesterov=nesterov)


def _adam(o: TrainingOptions, weights: list[Tensor]) -> Any:
    return KerasAdam(weights, o.learning_rate, (o.beta_1, o.beta_2), o.epsilon)


OPTIMIZERS: dict[str, Callable[[TrainingOptions, list[Tensor]], Any]] = {
    "adam": _adam,
    "sgd": _sgd,
}


class TorchNetwork(Peer):
    """A network in PyTorch."""

    name = "PyTorch"
    kinds = frozenset({"data", *LAYERS, *LOSSES})

    def translated(self, box: Box) -> Tensor | dict[str, Tensor]:
        return LAYERS[box.layer.kind](box)

    def loss(self, box: Box) -> Tensor:
        return LOSSES[box.layer.kind](box)

    def optimizer(self, options: TrainingOptions, weights: list[Tensor]) -> Any:
        return OPTIMIZERS[options.optimizer](options, weights)
