"""GlobalAveragePool: keep the mean of each channel over the whole picture or sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.global_pooling import GlobalPool, counting, places

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "global_average_pool",
    category="pooling",
    icon="mdi6.blur-radial",
    source="Lin et al. 2014",
    first=True,
)
class GlobalAveragePool(GlobalPool):
    """y[c] = mean of x[…, c] over all places; padded time steps do not count."""

    keeps_sums = True

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y, mask, seen = (
            build.tensor(self.output_shape(x0.shape)),
            counting(build, x0),
            places(x0.shape),
        )
        build.forward("global_average_pool", x0.viewed(seen), mask, y.value)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                dx = build.gradient(x0).viewed(seen)
                build.step("global_average_pool_gradient", dy.value, mask, dx)
        return y
