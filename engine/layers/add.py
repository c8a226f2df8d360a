"""Add: the sum of several inputs of one size, as in residual networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.merging import Merge

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "add", category="merge", icon="mdi6.plus-circle-outline", source="He et al. 2016", first=True
)
class Add(Merge):
    """y = x₁ + x₂ + …"""

    def merge(self, build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
        record_sum(build, x, y)
        with build.backward(y) as dy:
            for part in x:
                if part.needs_gradient:
                    build.step("copy", dy.row, build.gradient(part).row)


def record_sum(build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
    """Record y = x₁ + x₂ + …"""
    build.forward("add", x[0].row, x[1].row, y.row)
    for other in x[2:]:
        build.forward("add", y.row, other.row, y.row)
