"""Dropout: during training, silence units at random, so that no unit relies on another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_real
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "dropout",
    category="regularisation",
    icon="mdi6.dots-grid",
    source="Srivastava et al. 2014",
    first=True,
)
class Dropout(Layer):
    """Training: y = x/(1−r) with probability 1−r, else 0. Otherwise y = x."""

    keeps_sums = True

    rate: float = real(0.5, 0.0, 0.95)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y = build.tensor(x0.shape)
        chance = build.rows, build.clock
        options = float(self.rate), build.stream()
        build.forward("dropout", x0.row, *chance, y.row, *options, when=("training",))
        build.forward("copy", x0.row, y.row, when=("evaluation", "inference"))
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("dropout_gradient", dy.row, *chance, build.gradient(x0).row, *options)
        return y
