"""By how much the engine shall be faster, and which share of the machine it shall use: the bar.

Each number is a contestant's time for a step, divided by ours, both measured in the same run.
"""

from __future__ import annotations

from collections.abc import Mapping

FASTEST = "fastest"  # of all contestants that are not ours

SHARE = "share"  # of the speed that the best matrix product reaches in the same run
PER_SECOND = "per_second"  # how often it can be done, whoever else takes part

GOALS: dict[str, dict[str, float]] = {
    "toy": {FASTEST: 3.0, "torch": 15.0},
    "mlp_32": {FASTEST: 1.5},
    "mlp_128": {FASTEST: 1.5},
    "cnn_32": {FASTEST: 2.0, SHARE: 0.6},
    "cnn_128": {FASTEST: 2.0, SHARE: 0.6},
    "rnn": {FASTEST: 2.0, "torch": 15.0},
    "char_rnn": {FASTEST: 1.5},
    "char_lstm": {FASTEST: 1.2, SHARE: 0.6},
    "char_gru": {FASTEST: 1.5},
    "cnn batch=1": {PER_SECOND: 1000.0},  # an answer while a digit is being drawn
}


def judged(workload: str, reached: Mapping[str, float]) -> dict[str, float]:
    """The goals of a workload that can be judged, by name: those whose peer took part."""
    return {name: goal for name, goal in GOALS.get(workload, {}).items() if name in reached}


def unmet(workload: str, reached: Mapping[str, float]) -> dict[str, float]:
    """The goals that are missed."""
    goals = judged(workload, reached)
    return {name: goal for name, goal in goals.items() if reached[name] < goal}
