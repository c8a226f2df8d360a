"""Where the marks of an axis stand, and how far an axis reaches: round numbers people can read."""

from __future__ import annotations

import math
from collections.abc import Sequence

STEPS = (1.0, 2.0, 5.0)
SHARE_STEPS = (1.0, 2.0, 2.5, 5.0)  # quarters are at home in percent
ENDS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
DECADES: tuple[Sequence[int], ...] = (tuple(range(1, 10)), (1, 2, 5), (1, 3), (1,))


def nice_step(rough: float, steps: Sequence[float] = STEPS) -> float:
    """The smallest of 1, 2, 5, 10, 20, … (or 0.1, 0.2, …) that is not below `rough`."""
    if rough <= 0 or not math.isfinite(rough):
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next((s * power for s in steps if s * power >= rough * (1 - 1e-9)), 10 * power)


def nice_end(value: float) -> float:
    """A round number a little above `value`, which is positive: the end of an axis."""
    if value <= 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(e * power for e in ENDS if e * power >= value * (1 - 1e-9))


def linear_ticks(
    low: float, high: float, most: int, steps: Sequence[float] = STEPS, least: float = 0.0
) -> tuple[float, list[float]]:
    """Step (at least `least`) and places of at most about `most` marks from `low` to `high`."""
    step = nice_step(max((high - low) / max(most, 1), least), steps)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return step, [step * i for i in range(first, last + 1)]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Places of marks on a logarithmic axis that shows 10**low to 10**high, as logarithms.

    As many as fit of 1, 2, 3, …, 9 in each decade; of a small part of a decade, even steps.
    """
    first, last = math.floor(low), math.floor(high)
    for digits in DECADES:
        places = [
            power + math.log10(digit)
            for power in range(first, last + 1)
            for digit in digits
            if low - 1e-9 <= power + math.log10(digit) <= high + 1e-9
        ]
        if len(places) <= most:
            break
    if len(places) >= 3:
        return places if len(places) <= most else places[:: -(-len(places) // most)]
    _, values = linear_ticks(10.0**low, 10.0**high, most)
    return [math.log10(value) for value in values if value > 0]


def epochs_shown(done: int, planned: int) -> int:
    """How many epochs an axis has room for when `done` are begun: it grows in steps."""
    rough = max(done, 1)
    grown = round(nice_end(rough)) if rough > 6 else rough
    grown = max(grown, rough)
    return min(grown, planned) if planned >= rough else grown
