"""MaxPool2D: keep the strongest value of each window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.pooling import Pool2D

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("max_pool2d", category="pooling", icon="mdi6.arrow-collapse", source="Zhou & Chellappa 1988")
class MaxPool2D(Pool2D):
    """y[i,j,c] = max of x over the window at (i·s, j·s); padding never wins."""

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y = build.tensor(self.output_shape(x0.shape))
        winner, where = build.index(y.shape.sizes), self.geometry(x0.shape)
        build.forward("max_pool2d", x0.value, y.value, winner, *where)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                dx = build.gradient(x0)
                build.step("max_pool2d_gradient", dy.value, winner, dx.value, *where)
        return y
