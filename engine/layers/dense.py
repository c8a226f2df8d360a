"""Dense: every unit reads every input; of a sequence, at each time step by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.activation import ACTIVATION, FUSED, activated
from engine.layers.base import Shapes, Sum, Weight, layer, need_row_or_sequence, times
from engine.layers.weighted import Weighted
from engine.spec.options import choice, flag, whole
from engine.spec.shapes import Shape, features, sequence

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("dense", category="core", icon="mdi6.vector-polyline", source="Rosenblatt 1958", first=True)
class Dense(Weighted):
    """y[j] = f(b[j] + Σ x[i]·W[i,j])."""

    weighs = True

    units: int = whole(64, 1, 65_536, unit="units")
    activation: str = choice(*ACTIVATION)
    bias: bool = flag(True, advanced=True)

    def output_shape(self, *x: Shape) -> Shape:
        need_row_or_sequence(x[0])
        return self._output(x[0])

    def _output(self, x: Shape) -> Shape:
        return sequence(x.time, self.units) if x.time else features(self.units)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        size = inputs["x"][0].sizes[-1]
        found = {"kernel": Weight((size, self.units), self.initializer, size, self.units)}
        if self.bias:
            found["bias"] = Weight((self.units,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        return inputs["x"][0].count * self.units

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        size = inputs["x"][0].sizes[-1]
        product = times(size, self.units)
        bias, total = (f" + {self.units:,}", 1) if self.bias else ("", 0)
        return (Sum("parameters", f"{product}{bias} = {(size + total) * self.units:,}"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        w, b = build.weight("kernel"), build.weight("bias")
        code = FUSED.get(self.activation, 0)
        product = build.product(x0, w, b)
        y = build.tensor(self._output(x0.shape))
        product.forward(y.stacked, code)
        with build.backward(y) as dy:
            product.backward(build.through_activation(y, dy, code).stacked)
        return activated(build, y, self.activation)
