"""DepthwiseConv2D: every channel of a picture has small filters of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.activation import FUSED, POINTWISE, activated
from engine.layers.base import Shapes, Sum, Weight, layer, need_image, times
from engine.layers.weighted import Weighted
from engine.layers.window import Window
from engine.spec.options import choice, flag, whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor, WeightRefs


@layer("depthwise_conv2d", category="convolution", icon="mdi6.layers-triple", source="Sifre 2014")
class DepthwiseConv2D(Weighted):
    """y[i,j,c·M+m] = a(b[c·M+m] + Σ x[i·s+u·d−p, j·s+v·d−p, c]·W[u,v,c,m])."""

    size: int = whole(3, 1, 31, unit="cells")
    stride: int = whole(1, 1, 8, unit="cells")
    padding: str = choice("valid", "same")
    depth_multiplier: int = whole(1, 1, 64, unit="filters")
    activation: str = choice(*POINTWISE)
    dilation: int = whole(1, 1, 64, unit="cells", advanced=True)
    bias: bool = flag(True, advanced=True)

    @property
    def window(self) -> Window:
        """The filters' geometry."""
        return Window(self.size, self.stride, self.padding, self.dilation)

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0])
        return image(*self.window.over(height, width), channels * self.depth_multiplier)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        channels, m = inputs["x"][0].sizes[2], self.depth_multiplier
        found = {"kernel": depthwise_kernel(self.size, channels, m, self.initializer)}
        if self.bias:
            found["bias"] = Weight((channels * m,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        return self.output_shape(inputs["x"][0]).count * self.size**2

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        results = channels * self.depth_multiplier
        total = self.size**2 * results + self.bias * results
        product = times(self.size, self.size, channels, self.depth_multiplier)
        bias = f" + {times(channels, self.depth_multiplier)}" if self.bias else ""
        return (
            *self.window.arithmetic(height, width),
            Sum("channels", f"{times(channels, self.depth_multiplier)} = {results:,}"),
            Sum("parameters", f"{product}{bias} = {total:,}"),
        )

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        shape = self.output_shape(x[0].shape)
        kernel, bias = build.weight("kernel"), build.weight("bias")
        code = FUSED.get(self.activation, 0)
        y = depthwise(build, x[0], shape, (kernel, bias), self.window, code)
        return activated(build, y, self.activation)


def depthwise_kernel(size: int, channels: int, multiplier: int, initializer: str) -> Weight:
    """The filters of every channel, with the fans that Keras gives them."""
    fans = size**2 * channels, size**2 * multiplier
    return Weight((size, size, channels, multiplier), initializer, *fans)


def depthwise(
    build: Build,
    x: Tensor,
    shape: Shape,
    weights: tuple[WeightRefs, WeightRefs],
    window: Window,
    code: int,
) -> Tensor:
    """Record a depthwise convolution with kernel and bias, to `shape`, and an activation."""
    w, b = weights
    y = build.tensor(shape)
    height, width, _ = x.shape.sizes
    repeated = w.shape[3] * x.shape.count if w.shape[3] > 1 else 0
    room = build.scratch("repeated", (repeated,))
    where = window.stride, window.before(height), window.before(width), window.dilation
    build.forward("depthwise_conv2d", x.value, w.value, b.value, y.value, room, *where, code)
    with build.backward(y) as dy:
        dz = build.through_activation(y, dy, code)
        grads = w.gradient, b.gradient
        build.learn("depthwise_conv2d_weight_gradient", x.value, dz.value, *grads, room, *where)
        if x.needs_gradient:
            ends = dz.value, w.value, room, build.gradient(x).value
            build.step("depthwise_conv2d_input_gradient", *ends, *where)
    return y
