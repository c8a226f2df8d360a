"""PReLU: ReLU whose slope left of zero is learnt, one for each channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Shapes, Sum, Weight, layer, need_real
from engine.layers.weighted import Trained
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("prelu", category="activation", icon="mdi6.angle-obtuse", source="He et al. 2015")
class PReLU(Trained):
    """y[…, c] = x where x ≥ 0, and a[c]·x where x < 0."""

    initial_value: float = real(0.0, -1.0, 1.0, advanced=True)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        return x[0]

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        channels = inputs["x"][0].sizes[-1]
        return {"slope": Weight((channels,), "constant", constant=self.initial_value)}

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", f"{inputs['x'][0].sizes[-1]:,}"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        slope, y = build.weight("slope"), build.tensor(x0.shape)
        build.forward("prelu", x0.stacked, slope.value, y.stacked)
        with build.backward(y) as dy:
            build.learn("prelu_slope_gradient", x0.stacked, dy.stacked, slope.gradient)
            if x0.needs_gradient:
                dx = build.gradient(x0).stacked
                build.step("prelu_input_gradient", x0.stacked, dy.stacked, slope.value, dx)
        return y
