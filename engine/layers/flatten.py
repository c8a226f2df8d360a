"""Flatten: the same numbers as one row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_real, times
from engine.spec.shapes import Shape, features

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("flatten", category="core", icon="mdi6.format-align-justify", first=True)
class Flatten(Layer):
    """y[(i·W + j)·C + c] = x[i,j,c]: nothing is computed and nothing is copied."""

    keeps_sums = True

    def held(self, outputs: Mapping[str, Shape]) -> tuple[Shape, ...]:
        return ()

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        return features(x[0].count)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        x = inputs["x"][0]
        return Sum("features", f"{times(*x.sizes)} = {x.count:,}"), Sum("parameters", "0")

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        return build.reshaped(x[0], features(x[0].shape.count))
