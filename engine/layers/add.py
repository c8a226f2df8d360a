"""Add: the sum of several inputs of one size, as in residual networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Layer, Port, Shapes, Sum, Unfit, layer, need_real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("add", category="merge", icon="mdi6.plus-circle-outline", source="He et al. 2016")
class Add(Layer):
    """y = x₁ + x₂ + …"""

    inputs = (Port("x", many=True),)

    def output_shape(self, *x: Shape) -> Shape:
        if len(x) < 2:
            raise Unfit("needs_two", given=len(x))
        need_real(*x)
        for other in x[1:]:
            if other.sizes != x[0].sizes:
                same_rest = all(each.sizes[:-1] == x[0].sizes[:-1] for each in x)
                repair = (Exchange("concatenate"),) if same_rest else ()
                raise Unfit("unequal", *repair, given=str(x[0]), other=str(other))
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        y = build.tensor(x[0].shape)
        build.forward("add", x[0].row, x[1].row, y.row)
        for other in x[2:]:
            build.forward("add", y.row, other.row, y.row)
        with build.backward(y) as dy:
            for part in x:
                if part.needs_gradient:
                    build.step("copy", dy.row, build.gradient(part).row)
        return y
