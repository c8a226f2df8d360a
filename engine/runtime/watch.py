"""Is everything still a number? Looked at after each batch, before the weights change.

The sum of the squares of an array is finite only if all of it is. That costs one pass over the
samples, targets and gradients, which lie in the cache at that moment; and it also finds gradients
so large that an optimizer which squares them would break.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from engine.kernels import Call, Kernel
from engine.kernels.flow import Guard
from engine.runtime.memory import Array, Memory, Share
from engine.runtime.plan import Plan
from engine.runtime.tally import Tally
from engine.spec.shapes import TOKEN


class Watch:
    """Sums of squares, one for each worker and each array that is looked at."""

    def __init__(
        self, plan: Plan, memory: Memory, kernels: Mapping[str, Kernel], tally: Tally
    ) -> None:
        self.memory, self.kernels, self.tally = memory, kernels, tally
        self.fed = [
            plan.outputs[f"{node}.{port}"]
            for (node, port), shape in plan.sources.items()
            if shape.kind != TOKEN
        ]
        self.size = plan.trainable if plan.backward else 0
        self.sums: Array = np.zeros((memory.workers, len(self.fed) + 1), memory.dtype)
        self._guards = [Guard() for _ in range(memory.workers)]

    def calls(self, share: Share) -> Iterator[Call]:
        """What a worker does at the end of a training pass."""
        kernel, sums = self.kernels["sum_of_squares"], self.sums[share.worker]
        for i, ref in enumerate(self.fed):
            samples = self.memory.samples(ref, share.last)[share.first :]
            yield kernel, (samples.reshape(-1), sums[i : i + 1])
        if self.size:
            yield kernel, (self.memory.gradients[share.worker, : self.size], sums[-1:])

    def guard(self, worker: int, active: int) -> Iterator[Call]:
        """After a meeting: leave out what follows if any worker has found what is no number."""
        guard = self._guards[worker]
        losses = self.tally.sums[:active, : self.tally.losses]
        yield self.kernels["judge"], (self.sums[:active], losses, guard.flag)
        yield guard, ()

    @property
    def is_alarmed(self) -> bool:
        """Whether the last training step was broken off."""
        return bool(self._guards[0].flag[0])
