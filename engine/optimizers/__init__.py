"""Optimizers as a small table: which kernel, which memory, which numbers at each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from engine.spec.training import TrainingOptions

Settings = Callable[[TrainingOptions, float, int], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """`kernel` updates parameters from gradients; `slots` are vectors it keeps between steps.

    `settings(options, rate, t)` gives the numbers of step t, counted from 1, as the kernel wants
    them; `rate` is the learning rate of this step. `first(options)` is what fills a slot before the
    first step, by its name; without it, zeros.
    """

    kernel: str
    slots: tuple[str, ...]
    settings: Settings
    first: dict[str, Callable[[TrainingOptions], float]] = field(default_factory=dict)


def _sgd(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    return rate, options.momentum, float(options.nesterov)


def _adagrad(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    return rate, options.epsilon


def _rmsprop(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    kept, centred = options.rmsprop_momentum, float(options.centred)
    return rate, options.rho, options.epsilon, kept, centred


def _adadelta(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    return rate, options.adadelta_rho, options.epsilon


def _adam(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    beta_1, beta_2 = options.beta_1, options.beta_2
    return rate, beta_1, beta_2, options.epsilon, 1.0 - beta_1**t, 1.0 - beta_2**t


def _adamw(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    return *_adam(options, rate, t), rate * options.weight_decay


# The momentum of NAdam grows towards beta_1: u(t) = beta_1 (1 - 0.96^t / 2). Of the products of
# all brackets so far, those after a thousand steps differ from the last by less than can be seen.
_BRACKETS = np.cumprod(1.0 - 0.5 * 0.96 ** np.arange(1, 1001))


def _nadam(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    beta_1, beta_2 = options.beta_1, options.beta_2
    now, ahead = (beta_1 * (1.0 - 0.5 * 0.96**i) for i in (t, t + 1))
    product = beta_1**t * float(_BRACKETS[min(t, len(_BRACKETS)) - 1])
    rate_m, rate_g = rate * ahead / (1.0 - product * ahead), rate * (1.0 - now) / (1.0 - product)
    return beta_1, beta_2, options.epsilon, rate_m, rate_g, 1.0 - beta_2**t


def _lion(options: TrainingOptions, rate: float, t: int) -> tuple[float, ...]:
    return rate, options.beta_1, options.lion_beta_2


OPTIMIZERS = {
    "sgd": Optimizer("sgd", ("velocity",), _sgd),
    "adam": Optimizer("adam", ("m", "v"), _adam),
    "adamw": Optimizer("adamw", ("m", "v"), _adamw),
    "nadam": Optimizer("nadam", ("m", "v"), _nadam),
    "rmsprop": Optimizer("rmsprop", ("v", "mean", "momentum"), _rmsprop),
    "adagrad": Optimizer(
        "adagrad", ("accumulator",), _adagrad, {"accumulator": lambda options: options.accumulator}
    ),
    "adadelta": Optimizer("adadelta", ("squares", "steps"), _adadelta),
    "lion": Optimizer("lion", ("m",), _lion),
}
