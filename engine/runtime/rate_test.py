"""Which learning rate suits a network: train with ever larger ones until the loss explodes.

L. N. Smith: Cyclical Learning Rates for Training Neural Networks, 2017, section 3.3. The weights
are put back afterwards. The curve is read where it falls most steeply; where it never falls, a
tenth of the rate with the smallest loss is taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from engine.runtime.memory import Array
from engine.runtime.practice import Practice
from engine.runtime.trainer import Trainer

SMOOTHING = 0.9  # how much of the running mean of the loss each batch keeps
EXPLOSION = 4.0  # the test ends where the smoothed loss is so many times its smallest value
PART = 0.1  # of the whole fall that must be behind before its steepness means something
STEEPEST, TENTH = "steepest", "tenth"  # how a suggestion was found


@dataclass(frozen=True, slots=True)
class RateTest:
    """A curve of the loss over learning rates, and the rate that it suggests.

    rates, losses, smoothed : (batches,) float64, up to where the loss exploded
    rule : STEEPEST or TENTH; empty, with a suggestion of 0, if even the smallest rate was too large
    """

    rates: Array
    losses: Array
    smoothed: Array
    suggestion: float
    rule: str


def learning_rate_test(
    trainer: Trainer, low: float = 1e-7, high: float = 10.0, batches: int = 200
) -> RateTest:
    """Train `batches` batches with rates from `low` to `high`, equal factors apart.

    The trainer is back where it was afterwards, bit for bit.
    """
    if not 0 < low < high or batches < 2:
        raise ValueError(f"rates from {low:g} to {high:g} over {batches} batches are no sweep")
    before, training = trainer.state(), trainer.model.training
    # plainly: no schedule bends the sweep, no early end cuts it
    plain = replace(training, schedule="constant", warm_up=0.0, early_stopping=False)
    rates = low * (high / low) ** (np.arange(batches) / (batches - 1))
    losses: list[float] = []
    smoothed: list[float] = []
    mean = 0.0
    trainer.practice = Practice()  # nor a plateau
    try:
        for rate in rates:
            trainer.model.with_training(replace(plain, learning_rate=float(rate)))
            loss = trainer.advance()["loss"]
            if trainer.reason or not math.isfinite(loss):
                break
            mean = SMOOTHING * mean + (1 - SMOOTHING) * loss
            smoothed.append(mean / (1 - SMOOTHING ** (len(losses) + 1)))
            losses.append(loss)
            if smoothed[-1] > EXPLOSION * min(smoothed):
                break
            if trainer.epoch_is_complete:
                trainer.start_again()
    finally:
        trainer.model.with_training(training)
        trainer.restore(before)
    count = len(losses)
    found = suggest(rates[:count], np.array(smoothed))
    return RateTest(rates[:count], np.array(losses), np.array(smoothed), *found)


def suggest(rates: Array, smoothed: Array) -> tuple[float, str]:
    """The rate at which the loss falls most steeply over the logarithm of the rate, and the rule.

    Only what comes before the smallest loss counts: after it the curve turns up. And only what
    comes after a part of the fall: with tiny rates the losses differ by chance, also steeply.
    """
    if not len(rates):
        return 0.0, ""
    least = int(np.argmin(smoothed))
    if least >= 2:
        start = float(np.median(smoothed[: max(1, (least + 1) // 4)]))
        slopes = np.gradient(smoothed[: least + 1], np.log(rates[: least + 1]))
        is_falling = smoothed[: least + 1] <= start - PART * (start - smoothed[least])
        slopes[~is_falling] = 0.0
        steepest = int(np.argmin(slopes))
        if slopes[steepest] < 0:
            return float(rates[steepest]), STEEPEST
    return float(rates[least]) / 10, TENTH
