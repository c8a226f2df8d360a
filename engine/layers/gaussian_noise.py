"""GaussianNoise: during training, blur every value at random, so that no detail is relied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_real
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("gaussian_noise", category="regularisation", icon="mdi6.blur", source="Bishop 1995")
class GaussianNoise(Layer):
    """Training: y = x + σ·z with z from the standard normal distribution. Otherwise y = x."""

    keeps_sums = True
    deviation: float = real(0.1, 0.0, 10.0)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y = build.tensor(x0.shape)
        options = float(self.deviation), build.stream()
        noise = x0.row, build.rows, build.clock, y.row
        build.forward("gaussian_noise", *noise, *options, when=("training",))
        build.forward("copy", x0.row, y.row, when=("evaluation", "inference"))
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("copy", dy.row, build.gradient(x0).row)
        return y
