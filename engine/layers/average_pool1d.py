"""AveragePool1D: keep the mean of each window of a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.pooling import Pool1D, pooled_mean

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("average_pool1d", category="pooling", icon="mdi6.blur-linear", source="LeCun et al. 1989")
class AveragePool1D(Pool1D):
    """y[t,c] = mean of x over the window at t·s; padding does not count."""

    keeps_sums = True

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        return pooled_mean(self, build, x[0])
