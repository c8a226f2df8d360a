"""MaxPool1D: keep the strongest value of each window of a sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.pooling import Pool1D, pooled_maximum

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "max_pool1d",
    category="pooling",
    icon="mdi6.arrow-collapse-horizontal",
    source="Zhou & Chellappa 1988",
)
class MaxPool1D(Pool1D):
    """y[t,c] = max of x over the window at t·s; padding never wins."""

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        return pooled_maximum(self, build, x[0])
