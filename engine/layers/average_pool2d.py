"""AveragePool2D: keep the mean of each window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.pooling import Pool2D, pooled_mean

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("average_pool2d", category="pooling", icon="mdi6.blur", source="LeCun et al. 1989")
class AveragePool2D(Pool2D):
    """y[i,j,c] = mean of x over the window at (i·s, j·s); padding does not count."""

    keeps_sums = True

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        return pooled_mean(self, build, x[0])
