"""Subtract: the difference of two inputs of one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.merging import Merge, need_equal, need_pair
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("subtract", category="merge", icon="mdi6.minus-circle-outline")
class Subtract(Merge):
    """y = x₁ − x₂, in the order in which the inputs were connected."""

    def output_shape(self, *x: Shape) -> Shape:
        need_pair(*x)
        need_equal(*x)
        return x[0]

    def merge(self, build: Build, x: tuple[Tensor, ...], y: Tensor) -> None:
        first, second = x
        build.forward("subtract", first.row, second.row, y.row)
        with build.backward(y) as dy:
            if first.needs_gradient:
                build.step("copy", dy.row, build.gradient(first).row)
            if second.needs_gradient:
                build.step("scale", dy.row, build.gradient(second).row, -1.0)
