"""Sums of losses and metrics over a batch: each worker adds up its own share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from engine.kernels import Call, Kernel
from engine.runtime.build import Ref
from engine.runtime.memory import Array, Memory, Share
from engine.runtime.outcome import Totals
from engine.runtime.plan import Plan

PENALTY, SAMPLES = "penalty", "samples"  # among the totals, if weights have penalties


class Tally:
    """One row of sums a worker; losses come first, so that they can be looked at together."""

    def __init__(self, plan: Plan, memory: Memory, kernels: Mapping[str, Kernel]) -> None:
        self.memory, self.kernel = memory, kernels["add_up"]
        self._added: dict[str, Ref] = {}  # what is added up, by the name of its total
        self._rows: dict[str, int] = {}  # rows in a sample, where all of them count
        for outcome in plan.outcomes:
            self._added[f"{outcome.node}/loss"] = Ref(outcome.losses, outcome.losses.shape)
        self.losses = len(self._added)
        for outcome in plan.outcomes:
            for name, buffer in outcome.metrics.items():
                self._added[f"{outcome.node}/{name}"] = Ref(buffer, buffer.shape)
            rows = f"{outcome.node}/rows"
            if outcome.counted is None:
                self._rows[rows] = outcome.rows
            else:
                self._added[rows] = outcome.counted
        self.sums: Array = np.zeros((memory.workers, len(self._added)))

    @property
    def names(self) -> list[str]:
        """The keys of `totals`."""
        return [*self._added, *self._rows]

    def calls(self, share: Share) -> Iterator[Call]:
        """What a worker does at the end of a pass."""
        sums = self.sums[share.worker]
        for i, ref in enumerate(self._added.values()):
            values = self.memory.samples(ref, share.last)[share.first :]
            yield self.kernel, (values.reshape(-1), sums[i : i + 1])

    def totals(self, count: int, active: int) -> Totals:
        """Sums over the `count` samples that `active` workers have just computed, by name."""
        sums = self.sums[0].tolist() if active == 1 else self.sums[:active].sum(axis=0).tolist()
        found: Totals = dict(zip(self._added, sums, strict=True))
        for name, rows in self._rows.items():
            found[name] = float(count * rows)
        return found
