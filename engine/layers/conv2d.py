"""Conv2D: small filters slide over a picture."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.activation import FUSED, POINTWISE, activated
from engine.layers.base import Shapes, Sum, Weight, layer, need_image, times
from engine.layers.weighted import Weighted
from engine.layers.window import Window
from engine.spec.options import choice, flag, whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("conv2d", category="convolution", icon="mdi6.grid", source="LeCun et al. 1989")
class Conv2D(Weighted):
    """y[i,j,f] = a(b[f] + Σ x[i·s+u−p, j·s+v−p, c]·W[u,v,c,f]), with activation a."""

    filters: int = whole(32, 1, 1024, unit="filters")
    size: int = whole(3, 1, 31, unit="cells")
    stride: int = whole(1, 1, 8, unit="cells")
    padding: str = choice("valid", "same")
    activation: str = choice(*POINTWISE)
    bias: bool = flag(True, advanced=True)

    @property
    def window(self) -> Window:
        """The filter's geometry."""
        return Window(self.size, self.stride, self.padding)

    def output_shape(self, *x: Shape) -> Shape:
        height, width, _ = need_image(x[0])
        return image(*self.window.over(height, width), self.filters)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        cells, channels = self.size * self.size, inputs["x"][0].sizes[2]
        shape = self.size, self.size, channels, self.filters
        fans = cells * channels, cells * self.filters
        found = {"kernel": Weight(shape, self.initializer, *fans)}
        if self.bias:
            found["bias"] = Weight((self.filters,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        height, width, channels = need_image(inputs["x"][0])
        places = self.window.positions(height) * self.window.positions(width)
        return places * self.size * self.size * channels * self.filters

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        total = self.size * self.size * channels * self.filters + self.bias * self.filters
        bias = f" + {self.filters:,}" if self.bias else ""
        product = times(self.size, self.size, channels, self.filters)
        return (
            *self.window.arithmetic(height, width),
            Sum("channels", f"{self.filters:,}"),
            Sum("parameters", f"{product}{bias} = {total:,}"),
        )

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        height, width, _ = need_image(x0.shape)
        w, b = build.weight("kernel"), build.weight("bias")
        code = FUSED.get(self.activation, 0)
        y = build.tensor(self.output_shape(x0.shape))
        where = self.stride, self.window.before(height), self.window.before(width)
        build.forward("conv2d", x0.value, w.value, b.value, y.value, *where, code)
        with build.backward(y) as dy:
            dz = build.through_activation(y, dy, code)
            grads = w.gradient, b.gradient
            build.step("conv2d_weight_gradient", x0.value, dz.value, *grads, *where)
            if x0.needs_gradient:
                turned, dx = build.scratch("turned", (prod(w.shape),)), build.gradient(x0)
                build.step("conv2d_input_gradient", dz.value, w.value, turned, dx.value, *where)
        return activated(build, y, self.activation)
