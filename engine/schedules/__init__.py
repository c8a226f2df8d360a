"""Schedules: how the learning rate changes while a run goes on, as functions of the step alone.

Each gives the factor by which the learning rate of the options is multiplied at one step. `steps`
is the number of steps that the schedule has in all, `epoch` that of one epoch; both and the present
`step` are counted in batches. Formulas are Keras's and, for one cycle, PyTorch's.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from engine.spec.training import TrainingOptions

Schedule = Callable[[TrainingOptions, int, int, int], float]

# of one cycle: the first and the last learning rate are such parts of the largest
FIRST_PART, LAST_PART = 1 / 25, 1 / 25 / 1e4


def _constant(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    return 1.0


def _exponential(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    return options.decay_factor ** (step / (options.decay_epochs * epoch))


def _step(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    return float(options.decay_factor ** (step // (options.decay_epochs * epoch)))


def _polynomial(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    left = 1.0 - min(step / max(steps, 1), 1.0)
    return float((1.0 - options.final_factor) * left**options.power + options.final_factor)


def _cosine(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    """I. Loshchilov, F. Hutter: SGDR, 2017, eq. 5, a single fall."""
    return _fall(options, min(step / max(steps, 1), 1.0))


def _cosine_restarts(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    """The same with warm restarts; each fall is longer than the one before by `cycle_growth`."""
    place, length = float(step), float(options.cycle_epochs * epoch)
    while place >= length:
        place -= length
        length *= options.cycle_growth
    return _fall(options, place / length)


def _one_cycle(options: TrainingOptions, step: int, steps: int, epoch: int) -> float:
    """L. N. Smith, N. Topin: Super-Convergence, 2018, with cosines as in PyTorch."""
    top, end = options.rise * steps - 1.0, steps - 1.0
    if step <= top:
        return _between(FIRST_PART, 1.0, step / top if top > 0 else 1.0)
    return _between(1.0, LAST_PART, min((step - top) / (end - top), 1.0) if end > top else 1.0)


def _fall(options: TrainingOptions, part: float) -> float:
    return _between(1.0, options.final_factor, part)


def _between(first: float, last: float, part: float) -> float:
    return last + (first - last) * 0.5 * (1.0 + math.cos(math.pi * part))


SCHEDULES: dict[str, Schedule] = {
    "constant": _constant,
    "step": _step,
    "exponential": _exponential,
    "polynomial": _polynomial,
    "cosine": _cosine,
    "cosine_restarts": _cosine_restarts,
    "one_cycle": _one_cycle,
    "plateau": _constant,  # follows the validation loss instead, see engine.runtime.practice
}


def factor(options: TrainingOptions, step: int, epoch: int) -> float:
    """The factor at a step, counted from 0, where an epoch has so many steps.

    Before any schedule the rate may be warmed up, linearly, so that its last step has the full
    rate (P. Goyal et al.: Accurate, Large Minibatch SGD, 2017, section 2.2); the schedule has the
    steps that are left.
    """
    warm_up = round(options.warm_up * epoch)
    if step < warm_up:
        return (step + 1) / warm_up
    left = options.epochs * epoch - warm_up
    return SCHEDULES[options.schedule](options, step - warm_up, left, epoch)
