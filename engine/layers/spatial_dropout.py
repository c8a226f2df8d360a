"""SpatialDropout: during training, silence whole channels, because neighbours tell the same."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Layer, Shapes, Sum, Unfit, layer, need_real
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "spatial_dropout",
    category="regularisation",
    icon="mdi6.layers-off",
    source="Tompson et al. 2015",
)
class SpatialDropout(Layer):
    """Training: a channel is x/(1−r) with probability 1−r, else 0 everywhere. Otherwise y = x."""

    keeps_sums = True
    rate: float = real(0.5, 0.0, 0.95)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        if len(x[0].sizes) < 2:
            raise Unfit("needs_places", Exchange("dropout"), given=str(x[0]))
        return x[0]

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        return (Sum("parameters", "0"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y = build.tensor(x0.shape)
        by_place = prod(x0.shape.sizes[:-1]), x0.shape.sizes[-1]
        chance = build.rows, build.clock
        options = float(self.rate), build.stream()
        value, result = x0.viewed(by_place), y.viewed(by_place)
        build.forward("spatial_dropout", value, *chance, result, *options, when=("training",))
        build.forward("copy", x0.row, y.row, when=("evaluation", "inference"))
        with build.backward(y) as dy:
            if x0.needs_gradient:
                dx = build.gradient(x0).viewed(by_place)
                build.step("spatial_dropout_gradient", dy.viewed(by_place), *chance, dx, *options)
        return y
