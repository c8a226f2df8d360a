"""Concatenate: inputs side by side along the last axis, as in inception networks."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Insert, Layer, Port, Shapes, Sum, Unfit, layer, need_real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("concatenate", category="merge", icon="mdi6.call-merge", source="Szegedy et al. 2015")
class Concatenate(Layer):
    """y[…, c] runs through the channels of x₁, then of x₂, and so on."""

    inputs = (Port("x", many=True),)

    def output_shape(self, *x: Shape) -> Shape:
        if len(x) < 2:
            raise Unfit("needs_two", given=len(x))
        need_real(*x)
        for other in x[1:]:
            if other.sizes[:-1] != x[0].sizes[:-1]:
                pictures = tuple(i for i, each in enumerate(x) if len(each.sizes) > 1)
                repair = Insert("flatten", pictures)
                raise Unfit("unequal_but_last", repair, given=str(x[0]), other=str(other))
        last = sum(shape.sizes[-1] for shape in x)
        return Shape((*x[0].sizes[:-1], last), x[0].axes)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        x = inputs["x"]
        line = " + ".join(f"{shape.sizes[-1]:,}" for shape in x)
        total = sum(shape.sizes[-1] for shape in x)
        return Sum(x[0].axes[-1], f"{line} = {total:,}"), Sum("parameters", "0")

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        y = build.tensor(self.output_shape(*(part.shape for part in x)))
        rows = prod(y.shape.sizes[:-1])
        whole = rows, y.shape.sizes[-1]
        offset = 0
        places = []
        for part in x:
            size = rows, part.shape.sizes[-1]
            build.forward("put_columns", part.viewed(size), y.viewed(whole), offset)
            places.append((part, size, offset))
            offset += size[1]
        with build.backward(y) as dy:
            for part, size, offset in places:
                if part.needs_gradient:
                    dx = build.gradient(part).viewed(size)
                    build.step("take_columns", dy.viewed(whole), dx, offset)
        return y
