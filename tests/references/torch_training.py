"""Losses and optimizers in PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch.nn.functional as F  # noqa: N812
from torch import optim

from engine.spec.training import TrainingOptions
from tests.references.peer import Box, Different, Peer, Tensor, scores
from tests.references.torch_attention import NORMALISATION_AND_ATTENTION
from tests.references.torch_layers import LAYERS
from tests.references.torch_places import PLACES


def cross_entropy(box: Box) -> Tensor:
    z, _ = scores(box.x, "softmax")
    target = box.target.movedim(-1, 1) if box.target.is_floating_point() else box.target
    return F.cross_entropy(z.movedim(-1, 1), target)


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


class Corrected:
    """Adam with epsilon as Keras has it, added before the root is corrected for the first steps.

    PyTorch adds it after; both are in the paper. With ε / √(1 − β₂^t) for ε it does as Keras.
    """

    def __init__(self, optimizer: Any, epsilon: float, beta_2: float) -> None:
        self.optimizer, self.epsilon, self.beta_2, self.number = optimizer, epsilon, beta_2, 0

    def step(self) -> None:
        self.number += 1
        for group in self.optimizer.param_groups:
            group["eps"] = self.epsilon / (1 - self.beta_2**self.number) ** 0.5
        self.optimizer.step()


def _sgd(o: TrainingOptions, weights: list[Tensor]) -> Any:
    nesterov = o.nesterov and o.momentum > 0
    return optim.SGD(weights, o.learning_rate, momentum=o.momentum, nesterov=nesterov)


def _adam(o: TrainingOptions, weights: list[Tensor]) -> Any:
    made = optim.Adam(weights, o.learning_rate, (o.beta_1, o.beta_2))
    return Corrected(made, o.epsilon, o.beta_2)


def _adamw(o: TrainingOptions, weights: list[Tensor]) -> Any:
    betas = o.beta_1, o.beta_2
    made = optim.AdamW(weights, o.learning_rate, betas, weight_decay=o.weight_decay)
    return Corrected(made, o.epsilon, o.beta_2)


def _nadam(o: TrainingOptions, weights: list[Tensor]) -> Any:
    betas = o.beta_1, o.beta_2
    return optim.NAdam(weights, o.learning_rate, betas, o.epsilon, momentum_decay=1.0)


def _rmsprop(o: TrainingOptions, weights: list[Tensor]) -> Any:
    outside_of_the_root(o)
    return optim.RMSprop(
        weights, o.learning_rate, o.rho, o.epsilon, 0, o.rmsprop_momentum, o.centred
    )


def _adagrad(o: TrainingOptions, weights: list[Tensor]) -> Any:
    outside_of_the_root(o)
    return optim.Adagrad(weights, o.learning_rate, 0, 0, o.accumulator, o.epsilon)


def _adadelta(o: TrainingOptions, weights: list[Tensor]) -> Any:
    return optim.Adadelta(weights, o.learning_rate, o.adadelta_rho, o.epsilon)


def outside_of_the_root(options: TrainingOptions) -> None:
    """PyTorch adds epsilon to the root, Keras to what is under it: equal only if it is nothing."""
    if options.epsilon > 1e-11:
        raise Different(f"{options.optimizer} with epsilon {options.epsilon}")


OPTIMIZERS: dict[str, Callable[[TrainingOptions, list[Tensor]], Any]] = {
    "adadelta": _adadelta,
    "adagrad": _adagrad,
    "adam": _adam,
    "adamw": _adamw,
    "nadam": _nadam,
    "rmsprop": _rmsprop,
    "sgd": _sgd,
}


TRANSLATIONS = {**LAYERS, **PLACES, **NORMALISATION_AND_ATTENTION}


class TorchNetwork(Peer):
    """A network in PyTorch."""

    name = "PyTorch"
    kinds = frozenset({"data", *TRANSLATIONS, *LOSSES})

    def translated(self, box: Box) -> Tensor | dict[str, Tensor]:
        return TRANSLATIONS[box.layer.kind](box)

    def loss(self, box: Box) -> Tensor:
        return LOSSES[box.layer.kind](box)

    def optimizer(self, options: TrainingOptions, weights: list[Tensor]) -> Any:
        if options.optimizer not in OPTIMIZERS:
            raise Different(options.optimizer)
        return OPTIMIZERS[options.optimizer](options, weights)
