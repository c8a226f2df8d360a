"""What pooling layers share: options and shape rule of a window over a picture."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers.base import Layer, Shapes, Sum, need_image
from engine.layers.window import Window
from engine.spec.options import choice, whole
from engine.spec.shapes import Shape, image


@dataclass(frozen=True)
class Pool2D(Layer):
    """Interface of a layer that makes each window of a picture one value, channel by channel."""

    size: int = whole(2, 1, 31, unit="cells")
    stride: int = whole(2, 1, 31, unit="cells")
    padding: str = choice("valid", "same")

    @property
    def window(self) -> Window:
        """The window's geometry."""
        return Window(self.size, self.stride, self.padding)

    def geometry(self, x: Shape) -> tuple[int, int, int, int]:
        """Size, stride, and padding above and left, as the kernels take them."""
        height, width, _ = need_image(x)
        window = self.window
        return self.size, self.stride, window.before(height), window.before(width)

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0])
        return image(*self.window.over(height, width), channels)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        sums = self.window.arithmetic(height, width)
        return (*sums, Sum("channels", f"{channels:,}"), Sum("parameters", "0"))
