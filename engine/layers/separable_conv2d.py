"""SeparableConv2D: first each channel by itself, then all channels of each cell are mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.activation import FUSED, POINTWISE, activated
from engine.layers.base import Shapes, Sum, Weight, layer, need_image, times
from engine.layers.depthwise_conv2d import depthwise, depthwise_kernel
from engine.layers.weighted import Weighted, send_back
from engine.layers.window import Window
from engine.spec.options import choice, flag, whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("separable_conv2d", category="convolution", icon="mdi6.call-split", source="Chollet 2017")
class SeparableConv2D(Weighted):
    """z = a depthwise convolution of x; y[i,j,f] = a(b[f] + Σ z[i,j,k]·P[k,f])."""

    weighs = True

    filters: int = whole(32, 1, 1024, unit="filters")
    size: int = whole(3, 1, 31, unit="cells")
    stride: int = whole(1, 1, 8, unit="cells")
    padding: str = choice("valid", "same")
    depth_multiplier: int = whole(1, 1, 64, unit="filters", advanced=True)
    activation: str = choice(*POINTWISE)
    dilation: int = whole(1, 1, 64, unit="cells", advanced=True)
    bias: bool = flag(True, advanced=True)

    @property
    def window(self) -> Window:
        """The geometry of the filters of single channels."""
        return Window(self.size, self.stride, self.padding, self.dilation)

    def output_shape(self, *x: Shape) -> Shape:
        height, width, _ = need_image(x[0])
        return image(*self.window.over(height, width), self.filters)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        channels, m = inputs["x"][0].sizes[2], self.depth_multiplier
        mixing = 1, 1, channels * m, self.filters
        found = {
            "depthwise_kernel": depthwise_kernel(self.size, channels, m, self.initializer),
            "pointwise_kernel": Weight(mixing, self.initializer, channels * m, self.filters),
        }
        if self.bias:
            found["bias"] = Weight((self.filters,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        height, width, channels = need_image(inputs["x"][0])
        places = self.window.positions(height) * self.window.positions(width)
        return places * channels * self.depth_multiplier * (self.size**2 + self.filters)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        results = channels * self.depth_multiplier
        total = results * (self.size**2 + self.filters) + self.bias * self.filters
        each = times(self.size, self.size, channels, self.depth_multiplier)
        mixing = times(channels, self.depth_multiplier, self.filters)
        bias = f" + {self.filters:,}" if self.bias else ""
        return (
            *self.window.arithmetic(height, width),
            Sum("channels", f"{self.filters:,}"),
            Sum("parameters", f"{each} + {mixing}{bias} = {total:,}"),
        )

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        between = self._between(x[0].shape)
        first = build.weight("depthwise_kernel"), build.weight("no bias")
        z = depthwise(build, x[0], between, first, self.window, 0)
        w, b = (
            build.weight("pointwise_kernel").viewed((between.sizes[2], self.filters)),
            build.weight("bias"),
        )
        y, code = build.tensor(self.output_shape(x[0].shape)), FUSED.get(self.activation, 0)
        build.forward("dense", z.stacked, w.value, b.value, y.stacked, code)
        with build.backward(y) as dy:
            dz = build.through_activation(y, dy, code)
            build.learn("dense_weight_gradient", z.stacked, dz.stacked, w.gradient, b.gradient)
            if z.needs_gradient:
                dx = build.gradient(z).stacked
                send_back(build, dz.stacked, w.value, dx)
        return activated(build, y, self.activation)

    def _between(self, x: Shape) -> Shape:
        """The shape after the filters of single channels."""
        height, width, channels = need_image(x)
        return image(*self.window.over(height, width), channels * self.depth_multiplier)
