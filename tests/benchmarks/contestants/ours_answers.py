"""The engine answering, as a notebook asks it: `predict` on arrays at hand, which are checked."""

from __future__ import annotations

from engine.scripting import Model
from tests.benchmarks.arrays import samples, weights
from tests.benchmarks.contestants.base import Contestant, shown
from tests.benchmarks.contestants.ours import Ours, document_of, workers
from tests.benchmarks.workloads import Workload


class OursAnswers(Contestant):
    """One call, one batch."""

    def __init__(self, workload: Workload, threads: int, way: str = "") -> None:
        super().__init__(workload, threads, way or self.ways(workload, threads)[0])
        self.model = Model(document_of(workload), threads=workers(self.way))
        self.model.set_parameters(weights(workload))
        self.x = samples(workload)[0][: workload.batch]

    @classmethod
    def ways(cls, workload: Workload, threads: int) -> tuple[str, ...]:
        return Ours.ways(workload, threads)

    @property
    def parameters(self) -> int:
        return self.model.plan.size

    def run(self, steps: int) -> float:
        predict, x = self.model.predict, self.x
        for _ in range(steps):
            y = predict(x)
        return float(y.flat[0])

    def check(self) -> list[float]:
        return shown(self.model.predict(self.x))


CONTESTANT = OursAnswers
