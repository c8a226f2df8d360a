"""MaxPool2D: keep the strongest value of each window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.pooling import Pool2D, pooled_maximum

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "max_pool2d",
    category="pooling",
    icon="mdi6.arrow-collapse",
    source="Zhou & Chellappa 1988",
    first=True,
)
class MaxPool2D(Pool2D):
    """y[i,j,c] = max of x over the window at (i·s, j·s); padding never wins."""

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        return pooled_maximum(self, build, x[0])
