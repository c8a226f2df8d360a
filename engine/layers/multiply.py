"""Multiply: the product of several inputs, value by value, as gates and attention use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.merging import Merge

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("multiply", category="merge", icon="mdi6.close-circle-outline", source="Hu et al. 2018")
class Multiply(Merge):
    """y = x₁ · x₂ · …"""

    def merge(self, build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
        build.forward("multiply", x[0].row, x[1].row, y.row)
        for other in x[2:]:
            build.forward("multiply", y.row, other.row, y.row)
        with build.backward(y) as dy:
            for i, part in enumerate(x):
                if part.needs_gradient:
                    dx = build.gradient(part).row
                    first, *others = (*x[:i], *x[i + 1 :])
                    build.step("multiply", dy.row, first.row, dx)
                    for other in others:
                        build.step("multiply", dx, other.row, dx)
