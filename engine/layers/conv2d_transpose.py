"""Conv2DTranspose: the way back of a convolution, which makes a picture larger."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.activation import FUSED, POINTWISE, activated
from engine.layers.base import Shapes, Sum, Weight, layer, need_image, times
from engine.layers.convolution import room_to_give
from engine.layers.weighted import Weighted
from engine.spec.options import choice, flag, whole
from engine.spec.shapes import Shape, image

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "conv2d_transpose",
    category="convolution",
    icon="mdi6.arrow-expand",
    source="Zeiler et al. 2010",
)
class Conv2DTranspose(Weighted):
    """y[i·s+u−p, j·s+v−p, f] collects x[i,j,c]·W[u,v,f,c]; then a(b[f] + y)."""

    weighs = True

    filters: int = whole(32, 1, 1024, unit="filters")
    size: int = whole(3, 1, 31, unit="cells")
    stride: int = whole(1, 1, 8, unit="cells")
    padding: str = choice("valid", "same")
    activation: str = choice(*POINTWISE)
    bias: bool = flag(True, advanced=True)

    def _length(self, length: int) -> int:
        """Cells of the result along an axis: with "valid" every stamp is there as a whole."""
        if self.padding == "same":
            return length * self.stride
        return (length - 1) * self.stride + max(self.size, self.stride)

    def stamp(self, place: int) -> range:
        """The cells of the result that one cell is stamped onto; some may have been cut off."""
        first = place * self.stride - self.before
        return range(first, first + self.size)

    @property
    def before(self) -> int:
        """Cells that are cut off before the first."""
        return max(self.size - self.stride, 0) // 2 if self.padding == "same" else 0

    def output_shape(self, *x: Shape) -> Shape:
        height, width, _ = need_image(x[0])
        return image(self._length(height), self._length(width), self.filters)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        cells, channels = self.size**2, inputs["x"][0].sizes[2]
        fans = cells * self.filters, cells * channels
        shape = self.size, self.size, self.filters, channels
        found = {"kernel": Weight(shape, self.initializer, *fans)}
        if self.bias:
            found["bias"] = Weight((self.filters,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        return inputs["x"][0].count * self.size**2 * self.filters

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        height, width, channels = need_image(inputs["x"][0])
        total = self.size**2 * channels * self.filters + self.bias * self.filters
        bias = f" + {self.filters:,}" if self.bias else ""
        product = times(self.size, self.size, channels, self.filters)
        return (
            Sum("height", self._line(height)),
            Sum("width", self._line(width)),
            Sum("channels", f"{self.filters:,}"),
            Sum("parameters", f"{product}{bias} = {total:,}"),
        )

    def _line(self, length: int) -> str:
        if self.padding == "same":
            return f"{length}·{self.stride} = {self._length(length)}"
        reach = max(self.size, self.stride)
        return f"({length} − 1)·{self.stride} + {reach} = {self._length(length)}"

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        w, b = build.weight("kernel"), build.weight("bias")
        y, code = build.tensor(self.output_shape(x0.shape)), FUSED.get(self.activation, 0)
        room = room_to_give(x0.shape.sizes, y.shape.sizes, w.shape)
        turned, where = (
            build.scratch("turned", (max(prod(w.shape), room),)),
            (self.stride, *[self.before] * 2),
        )
        ends = x0.value, w.value, b.value, turned, y.value
        build.forward("transposed_conv2d", *ends, *where, code)
        with build.backward(y) as dy:
            dz = build.through_activation(y, dy, code)
            grads = w.gradient, b.gradient
            build.learn("transposed_conv2d_weight_gradient", x0.value, dz.value, *grads, *where)
            if x0.needs_gradient:
                dx, none = build.gradient(x0), build.weight("no bias").value
                build.step("conv2d", dz.value, w.value, none, dx.value, turned, *where, 0)
        return activated(build, y, self.activation)
