"""Maximum: the largest of several inputs, value by value, as in maxout networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.merging import Merge

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "maximum",
    category="merge",
    icon="mdi6.arrow-up-circle-outline",
    source="Goodfellow et al. 2013",
)
class Maximum(Merge):
    """y = max(x₁, x₂, …); the gradient goes to the input that was largest, the first of equals."""

    def merge(self, build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
        winner = build.index((y.shape.count,))
        for number, part in enumerate(x):
            build.forward("maximum", part.row, y.row, winner, number)
        with build.backward(y) as dy:
            for number, part in enumerate(x):
                if part.needs_gradient:
                    dx = build.gradient(part).row
                    build.step("maximum_gradient", dy.row, winner, dx, number)
