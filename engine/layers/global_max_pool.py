"""GlobalMaxPool: keep the strongest value of each channel in the whole picture or sequence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.global_pooling import GlobalPool, counting, places

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "global_max_pool",
    category="pooling",
    icon="mdi6.arrow-collapse-all",
    source="Oquab et al. 2015",
)
class GlobalMaxPool(GlobalPool):
    """y[c] = max of x[…, c] over all places; padded time steps never win."""

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y, mask, seen = (
            build.tensor(self.output_shape(x0.shape)),
            counting(build, x0),
            places(x0.shape),
        )
        winner = build.index(y.shape.sizes)
        build.forward("global_max_pool", x0.viewed(seen), mask, y.value, winner)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                dx = build.gradient(x0).viewed(seen)
                build.step("global_max_pool_gradient", dy.value, winner, dx)
        return y
