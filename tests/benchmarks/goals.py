"""By how much the engine shall be faster, and which share of the machine it shall use: the bar.

Each number is a contestant's time for a step, divided by ours, both measured in the same run.
"""

FASTEST = "fastest"  # of all contestants that are not ours

GOALS: dict[str, dict[str, float]] = {
    "toy": {FASTEST: 3.0, "torch": 15.0},
    "mlp_32": {FASTEST: 1.5},
    "mlp_128": {FASTEST: 1.5},
    "cnn_32": {FASTEST: 2.0},
    "cnn_128": {FASTEST: 2.0},
    "rnn": {FASTEST: 2.0, "torch": 15.0},
    "char_rnn": {FASTEST: 1.5},
    "char_lstm": {FASTEST: 1.2},
    "char_gru": {FASTEST: 1.5},
}

# share of the speed that the best matrix product reaches in the same run
SHARES = {"cnn_32": 0.6, "cnn_128": 0.6, "char_lstm": 0.6}


def judged(workload: str, ratios: dict[str, float], share: float | None) -> dict[str, float]:
    """The goals of a workload that can be judged, by name: those whose peer took part."""
    goals = {n: g for n, g in GOALS.get(workload, {}).items() if n in with_fastest(ratios)}
    if share is not None and workload in SHARES:
        goals["share"] = SHARES[workload]
    return goals


def unmet(workload: str, ratios: dict[str, float], share: float | None) -> dict[str, float]:
    """The goals that these ratios and this share miss."""
    reached = with_fastest(ratios) | ({} if share is None else {"share": share})
    goals = judged(workload, ratios, share)
    return {name: goal for name, goal in goals.items() if reached[name] < goal}


def with_fastest(ratios: dict[str, float]) -> dict[str, float]:
    """The ratios, and that of the peer that comes nearest."""
    return ratios | {FASTEST: min(ratios.values())} if ratios else {}
