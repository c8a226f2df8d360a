"""Conv2D: small filters slide over a picture."""

from __future__ import annotations

from engine.layers.base import Shapes, Sum, layer, need_image
from engine.layers.convolution import Convolution
from engine.spec.shapes import Shape, image


@layer("conv2d", category="convolution", icon="mdi6.grid", source="LeCun et al. 1989", first=True)
class Conv2D(Convolution):
    """y[i,j,f] = a(b[f] + Σ x[i·s+u·d−p, j·s+v·d−p, c]·W[u,v,c,f]), with activation a."""

    axes = 2

    def output_shape(self, *x: Shape) -> Shape:
        height, width, channels = need_image(x[0], of_sequence="conv1d")
        self._need_groups(channels)
        return image(*self.window.over(height, width), self.filters)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        sums = self.window.arithmetic(height, width)
        return *sums, Sum("channels", f"{self.filters:,}"), self.parameter_sum(channels)
