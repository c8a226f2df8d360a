"""From the seconds of all rounds to the figures of the table."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from tests.benchmarks.contestants import OURS
from tests.benchmarks.goals import FASTEST, judged, unmet
from tests.benchmarks.peak import FLOP
from tests.benchmarks.process import Took

BUSY = 0.9  # a lower share of the time that a thread got its core, and the clock tells little


@dataclass
class Measured:
    """One workload with one number of threads.

    `rounds` of ours belong to peers, "ours/torch", because ours runs again before each peer: a
    ratio is taken between neighbours in time.
    """

    section: str
    workload: str
    threads: int
    rounds: dict[str, list[Took]]
    about: dict[str, dict[str, Any]] = field(default_factory=dict)  # what each said when ready
    peaks: dict[str, list[Took]] = field(default_factory=dict)  # of a matrix product, by its name

    @property
    def held(self) -> float:
        """The share of the time in which ours had its core; the rest went to other programs."""
        every = [took for name, each in self.rounds.items() if is_ours(name) for took in each]
        return sum(took.processor for took in every) / sum(took.seconds for took in every)

    @property
    def by_processor(self) -> bool:
        """Whether seconds of the processor count, because the machine was busy with other things.

        Only with one thread: several may wait for each other by keeping their cores busy. Whoever
        sleeps meanwhile is not counted, which is never ours.
        """
        return self.threads == 1 and self.held < BUSY

    def seconds(self, rounds: list[Took]) -> list[float]:
        """What counts of these rounds."""
        return [took.processor if self.by_processor else took.seconds for took in rounds]

    @property
    def counted(self) -> dict[str, list[float]]:
        """The seconds that count by contestant; ours from before all peers."""
        found: dict[str, list[float]] = {OURS: []}
        for name, each in self.rounds.items():
            found.setdefault(OURS if is_ours(name) else name, []).extend(self.seconds(each))
        return found

    @property
    def ratios(self) -> dict[str, float]:
        """How many times longer each peer takes than ours did just before."""
        return {
            name: median(self.seconds(each)) / median(self.seconds(self.rounds[f"{OURS}/{name}"]))
            for name, each in self.rounds.items()
            if not is_ours(name)
        }

    @property
    def peak(self) -> float | None:
        """The speed of the better matrix product, in FLOP per second."""
        seconds = [median(self.seconds(each)) for each in self.peaks.values()]
        return FLOP / min(seconds) if seconds else None

    @property
    def share(self) -> float | None:
        """The share of that speed that ours reaches over a whole training step."""
        flop = self.about.get(OURS, {}).get("flop")
        return flop / median(self.counted[OURS]) / self.peak if flop and self.peak else None

    @property
    def reached(self) -> dict[str, float]:
        """What goals can be about: ratios, the share of the peak, how many times a second."""
        ratios, share = self.ratios, self.share
        found = ratios | ({FASTEST: min(ratios.values())} if ratios else {})
        found["per_second"] = 1 / median(self.counted[OURS])
        return found | ({} if share is None else {"share": share})

    def as_json(self) -> dict[str, Any]:
        """Everything, with the figures of the table."""
        seconds, ratios = self.counted, self.ratios
        return asdict(self) | {
            "held": self.held,
            "by_processor": self.by_processor,
            "median": {name: median(each) for name, each in seconds.items()},
            "minimum": {name: min(each) for name, each in seconds.items()},
            "ratios": ratios,
            FASTEST: min(ratios, key=lambda name: ratios[name]) if ratios else "",
            "peak": self.peak,
            "share": self.share,
            "goals": judged(self.workload, self.reached),
            "unmet": unmet(self.workload, self.reached),
        }


def is_ours(name: str) -> bool:
    """Whether rounds of this name are ours."""
    return name.partition("/")[0] == OURS
