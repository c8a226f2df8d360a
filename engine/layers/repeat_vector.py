"""RepeatVector: one row as every step of a sequence, from a summary back to time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_row
from engine.spec.options import whole
from engine.spec.shapes import Shape, sequence

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("repeat_vector", category="core", icon="mdi6.repeat", source="Cho et al. 2014")
class RepeatVector(Layer):
    """y[t,i] = x[i] at each time step t."""

    keeps_sums = True
    repeats: int = whole(8, 1, 65_536, unit="steps")

    def output_shape(self, *x: Shape) -> Shape:
        return sequence(self.repeats, need_row(x[0]))

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        features = Sum("features", f"{inputs['x'][0].count:,}")
        return Sum("time", f"{self.repeats:,}"), features, Sum("parameters", "0")

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y = build.tensor(self.output_shape(x0.shape))
        build.forward("repeat", x0.value, y.value)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("repeat_gradient", dy.value, build.gradient(x0).value)
        return y
