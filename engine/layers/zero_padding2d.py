"""ZeroPadding2D: a border of zeros around a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_image
from engine.spec.options import whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("zero_padding2d", category="convolution", icon="mdi6.border-outside")
class ZeroPadding2D(Layer):
    """y[i+top, j+left, c] = x[i,j,c]; all other cells are 0."""

    keeps_sums = True

    top: int = whole(1, 0, 64, unit="cells")
    bottom: int = whole(1, 0, 64, unit="cells")
    left: int = whole(1, 0, 64, unit="cells")
    right: int = whole(1, 0, 64, unit="cells")

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0])
        return image(height + self.top + self.bottom, width + self.left + self.right, channels)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        tall, wide, _ = self.output_shape(inputs["x"][0]).sizes
        return (
            Sum("height", f"{self.top} + {height} + {self.bottom} = {tall}"),
            Sum("width", f"{self.left} + {width} + {self.right} = {wide}"),
            Sum("channels", f"{channels:,}"),
            Sum("parameters", "0"),
        )

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y, corner = build.tensor(self.output_shape(x0.shape)), (self.top, self.left)
        build.forward("pad2d", x0.value, y.value, *corner)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("crop2d", dy.value, build.gradient(x0).value, *corner)
        return y
