"""Optimizers and schedules in PyTorch, and the whole network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.optim.lr_scheduler as S  # noqa: N812 (each schedule is asked for by name)
from torch import optim

from engine.spec.training import TrainingOptions
from tests.references.peer import Box, Different, Peer, Tensor
from tests.references.torch_attention import NORMALISATION_AND_ATTENTION
from tests.references.torch_layers import LAYERS
from tests.references.torch_losses import LOSSES
from tests.references.torch_places import PLACES
from tests.references.torch_recurrent import RECURRENT


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


TRANSLATIONS = {**LAYERS, **PLACES, **NORMALISATION_AND_ATTENTION, **RECURRENT}


SCHEDULERS: dict[str, Callable[[Any, TrainingOptions], Any]] = {
    "step": lambda made, o: S.StepLR(made, o.decay_epochs, o.decay_factor),
    "exponential": lambda made, o: S.ExponentialLR(made, o.decay_factor ** (1 / o.decay_epochs)),
    "polynomial": lambda made, o: S.PolynomialLR(made, o.epochs, o.power),
    "cosine": lambda made, o: S.CosineAnnealingLR(made, o.epochs, o.final_factor * o.learning_rate),
    "cosine_restarts": lambda made, o: S.CosineAnnealingWarmRestarts(
        made, o.cycle_epochs, int(o.cycle_growth), o.final_factor * o.learning_rate
    ),
    "one_cycle": lambda made, o: S.OneCycleLR(
        made, o.learning_rate, o.epochs, pct_start=o.rise, cycle_momentum=False
    ),
}


class Scheduled:
    """An optimizer whose learning rate follows a schedule; here each step is an epoch."""

    def __init__(self, optimizer: Any, scheduler: Any) -> None:
        self.optimizer, self.scheduler = optimizer, scheduler

    def step(self) -> None:
        self.optimizer.step()
        self.scheduler.step()


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
        made = OPTIMIZERS[options.optimizer](options, weights)
        if options.schedule == "constant" and not options.warm_up:
            return made
        if options.warm_up or (options.schedule == "polynomial" and options.final_factor):
            raise Different(options.schedule)
        if options.optimizer != "sgd" or options.momentum:
            raise Different("PyTorch leaves the rate out of the velocity, Keras has it in there")
        return Scheduled(made, SCHEDULERS[options.schedule](made, options))

    def clip(self, options: TrainingOptions, weights: list[Tensor]) -> None:
        """PyTorch divides by the norm plus a millionth, so only single values compare."""
        if options.clipping == "value":
            torch.nn.utils.clip_grad_value_(weights, options.clip_limit)
        elif options.clipping != "none" or options.max_norm:
            raise Different(options.clipping)
