"""AveragePool2D: keep the mean of each window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.pooling import Pool2D

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("average_pool2d", category="pooling", icon="mdi6.blur", source="LeCun et al. 1989")
class AveragePool2D(Pool2D):
    """y[i,j,c] = mean of x over the window at (i·s, j·s); padding does not count."""

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y = build.tensor(self.output_shape(x0.shape))
        where = self.geometry(x0.shape)
        build.forward("average_pool2d", x0.value, y.value, *where)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("average_pool2d_gradient", dy.value, build.gradient(x0).value, *where)
        return y
