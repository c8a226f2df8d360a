"""AveragePool2D: keep the mean of each window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Shapes, Sum, layer, need_image
from engine.layers.window import Window
from engine.spec.options import choice, whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("average_pool2d", category="pooling", icon="mdi6.blur", source="LeCun et al. 1989")
class AveragePool2D(Layer):
    """y[i,j,c] = mean of x over the window at (i·s, j·s); padding does not count."""

    size: int = whole(2, 1, 31, unit="cells")
    stride: int = whole(2, 1, 31, unit="cells")
    padding: str = choice("valid", "same")

    @property
    def window(self) -> Window:
        """The window's geometry."""
        return Window(self.size, self.stride, self.padding)

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0])
        return image(*self.window.over(height, width), channels)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        sums = self.window.arithmetic(height, width)
        return (*sums, Sum("channels", f"{channels:,}"), Sum("parameters", "0"))

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        height, width, _ = need_image(x0.shape)
        y = build.tensor(self.output_shape(x0.shape))
        where = self.size, self.stride, self.window.before(height), self.window.before(width)
        build.forward("average_pool2d", x0.value, y.value, *where)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("average_pool2d_gradient", dy.value, build.gradient(x0).value, *where)
        return y
