"""From the seconds of all rounds to the figures of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from tests.benchmarks.contestants import OURS
from tests.benchmarks.goals import FASTEST, judged, unmet

Rounds = Mapping[str, Sequence[float]]  # seconds of a step, round by round, by contestant


@dataclass
class Measured:
    """One workload with one number of threads.

    `rounds` are seconds of a step; those of ours belong to peers, "ours/torch", because ours runs
    again before each peer: a ratio is taken between neighbours in time.
    """

    workload: str
    threads: int
    rounds: dict[str, list[float]]
    about: dict[str, dict[str, Any]] = field(default_factory=dict)  # what each said when ready
    peaks: dict[str, list[float]] = field(default_factory=dict)  # FLOP per second, by product

    @property
    def ours(self) -> list[float]:
        """All seconds of ours."""
        return [s for name, each in self.rounds.items() if is_ours(name) for s in each]

    @property
    def ratios(self) -> dict[str, float]:
        """How many times longer each peer takes than ours did just before."""
        return {
            name: median(each) / median(self.rounds[f"{OURS}/{name}"])
            for name, each in self.rounds.items()
            if not is_ours(name)
        }

    @property
    def peak(self) -> float | None:
        """The speed of the better matrix product, in FLOP per second."""
        return max(map(median, self.peaks.values()), default=None)

    @property
    def share(self) -> float | None:
        """The share of that speed that ours reaches over a whole training step."""
        flop = self.about.get(OURS, {}).get("flop")
        return flop / median(self.ours) / self.peak if flop and self.peak else None

    def as_json(self) -> dict[str, Any]:
        """Everything, with the figures of the table."""
        seconds = {name: each for name, each in self.rounds.items() if not is_ours(name)}
        seconds = {OURS: self.ours} | seconds
        ratios = self.ratios
        return asdict(self) | {
            "median": {name: median(each) for name, each in seconds.items()},
            "minimum": {name: min(each) for name, each in seconds.items()},
            "ratios": ratios,
            FASTEST: min(ratios, key=lambda name: ratios[name]) if ratios else "",
            "peak": self.peak,
            "share": self.share,
            "goals": judged(self.workload, ratios, self.share),
            "unmet": unmet(self.workload, ratios, self.share),
        }


def is_ours(name: str) -> bool:
    """Whether rounds of this name are ours."""
    return name.partition("/")[0] == OURS
