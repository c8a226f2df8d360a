"""Is everything still a number? Looked at after each batch, before the weights change.

The sum of the squares of an array is finite only if all of it is. That costs one pass over the
samples, targets and gradients, which lie in the cache at that moment; and it also finds gradients
so large that an optimizer which squares them would break.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from engine.kernels import Kernel
from engine.runtime.memory import Array, Call, Memory, Share
from engine.runtime.plan import Plan
from engine.spec.shapes import TOKEN


class Watch:
    """Sums of squares, one for each worker and each array that is looked at."""

    def __init__(self, plan: Plan, memory: Memory, kernels: Mapping[str, Kernel]) -> None:
        self.memory, self.kernel = memory, kernels["sum_of_squares"]
        self.fed = [
            plan.outputs[f"{node}.{port}"]
            for (node, port), shape in plan.sources.items()
            if shape.kind != TOKEN
        ]
        self.size = plan.trainable
        self.sums: Array = np.zeros((memory.workers, len(self.fed) + 1), memory.dtype)
        self._flat = memoryview(self.sums.reshape(-1))  # type: ignore[arg-type]  # an array is one

    def calls(self, share: Share) -> Iterator[Call]:
        """What a worker does at the end of a training pass."""
        sums = self.sums[share.worker]
        for i, ref in enumerate(self.fed):
            samples = self.memory.samples(ref, share.last)[share.first :]
            yield self.kernel, (samples.reshape(-1), sums[i : i + 1])
        if self.size:
            yield self.kernel, (self.memory.gradients[share.worker, : self.size], sums[-1:])

    def all_finite(self) -> bool:
        """Whether the samples, targets and gradients of the last pass are numbers."""
        if math.isfinite(sum(self._flat)):
            return True
        self.sums[:] = 0  # the next batch may have fewer workers
        return False
