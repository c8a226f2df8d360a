"""Cropping2D: the inner part of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Layer, Set, Shapes, Sum, Unfit, layer, need_image
from engine.spec.options import whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("cropping2d", category="convolution", icon="mdi6.crop")
class Cropping2D(Layer):
    """y[i,j,c] = x[i+top, j+left, c]."""

    keeps_sums = True

    top: int = whole(0, 0, 64, unit="cells")
    bottom: int = whole(0, 0, 64, unit="cells")
    left: int = whole(0, 0, 64, unit="cells")
    right: int = whole(0, 0, 64, unit="cells")

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0])
        tall = self._left_of(height, top=self.top, bottom=self.bottom)
        wide = self._left_of(width, left=self.left, right=self.right)
        return image(tall, wide, channels)

    @staticmethod
    def _left_of(length: int, **cut: int) -> int:
        """Cells that are left of an axis; Unfit if there are none."""
        (one, first), (other, last) = cut.items()
        if first + last < length:
            return length - first - last
        repairs = [Set(one, max(length - last - 1, 0)), Set(other, max(length - first - 1, 0))]
        raise Unfit("nothing_left", *repairs, cut=first + last, given=length)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        tall, wide, _ = self.output_shape(inputs["x"][0]).sizes
        return (
            Sum("height", f"{height} − {self.top} − {self.bottom} = {tall}"),
            Sum("width", f"{width} − {self.left} − {self.right} = {wide}"),
            Sum("channels", f"{channels:,}"),
            Sum("parameters", "0"),
        )

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y, corner = build.tensor(self.output_shape(x0.shape)), (self.top, self.left)
        build.forward("crop2d", x0.value, y.value, *corner)
        with build.backward(y) as dy:
            if x0.needs_gradient:
                build.step("pad2d", dy.value, build.gradient(x0).value, *corner)
        return y
