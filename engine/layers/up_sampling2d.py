"""UpSampling2D: a larger picture of the same content."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_image
from engine.spec.options import choice, whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

KERNELS = {"nearest": "repeat2d", "bilinear": "interpolate2d"}


@layer("up_sampling2d", category="convolution", icon="mdi6.magnify-plus-outline")
class UpSampling2D(Layer):
    """y[i,j,c] = x[⌊i/k⌋, ⌊j/k⌋, c], or a mixture of the four nearest cells."""

    keeps_sums = True

    factor: int = whole(2, 1, 8, unit="times")
    interpolation: str = choice(*KERNELS)

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0])
        return image(height * self.factor, width * self.factor, channels)

    def sources(self, place: int, length: int) -> tuple[int, ...]:
        """The cells of an axis of `length` cells that a cell of the result is made of."""
        if self.interpolation == "nearest":
            return (place // self.factor,)
        first = math.floor((place + 0.5) / self.factor - 0.5)
        return tuple(sorted({min(max(cell, 0), length - 1) for cell in (first, first + 1)}))

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        return (
            Sum("height", f"{height}·{self.factor} = {height * self.factor}"),
            Sum("width", f"{width}·{self.factor} = {width * self.factor}"),
            Sum("channels", f"{channels:,}"),
            Sum("parameters", "0"),
        )

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y, kernel = build.tensor(self.output_shape(x0.shape)), KERNELS[self.interpolation]
        build.forward(kernel, x0.value, y.value, self.factor)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                dx = build.gradient(x0)
                build.step(f"{kernel}_gradient", dy.value, dx.value, self.factor)
        return y
