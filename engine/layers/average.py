"""Average: the mean of several inputs of one size, as of the members of an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.add import record_sum
from engine.layers.base import layer
from engine.layers.merging import Merge

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("average", category="merge", icon="mdi6.approximately-equal")
class Average(Merge):
    """y = (x₁ + x₂ + … + xₙ) / n."""

    def merge(self, build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
        share = 1 / len(x)
        record_sum(build, x, y)
        build.forward("scale", y.row, y.row, share)
        with build.backward(y) as dy:
            for part in x:
                if part.needs_gradient:
                    build.step("scale", dy.row, build.gradient(part).row, share)
