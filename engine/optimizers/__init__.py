"""Optimizers as a small table: which kernel, which memory, which numbers at each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from engine.spec.training import TrainingOptions


@dataclass(frozen=True, slots=True)
class Optimizer:
    """`kernel` updates parameters from gradients; `slots` are vectors it keeps between steps.

    `settings(options, t)` gives the numbers of step t, counted from 1, as the kernel wants them.
    """

    kernel: str
    slots: tuple[str, ...]
    settings: Callable[[TrainingOptions, int], tuple[float, ...]]


def _sgd(options: TrainingOptions, t: int) -> tuple[float, ...]:
    return options.learning_rate, options.momentum, float(options.nesterov)


def _adam(options: TrainingOptions, t: int) -> tuple[float, ...]:
    return (
        options.learning_rate,
        options.beta_1,
        options.beta_2,
        options.epsilon,
        1.0 - options.beta_1**t,
        1.0 - options.beta_2**t,
    )


OPTIMIZERS = {
    "sgd": Optimizer("sgd", ("velocity",), _sgd),
    "adam": Optimizer("adam", ("m", "v"), _adam),
}
