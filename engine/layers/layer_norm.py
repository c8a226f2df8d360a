"""LayerNorm: the numbers of one place are brought to mean 0 and variance 1, sample by sample."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Shapes, Sum, Weight, layer, need_real, times
from engine.layers.weighted import Trained
from engine.spec.options import flag, real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "layer_norm", category="normalisation", icon="mdi6.equalizer-outline", source="Ba et al. 2016"
)
class LayerNorm(Trained):
    """y = γ·(x − mean)/√(variance + ε) + β, over the last axis of each sample."""

    epsilon: float = real(1e-3, 1e-7, 0.1, logarithmic=True, advanced=True)
    gain: bool = flag(True, advanced=True)
    offset: bool = flag(True, advanced=True)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        return x[0]

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        return gain_and_offset(inputs["x"][0], self.gain, self.offset)

    def multiplications(self, inputs: Shapes) -> int:
        return 2 * inputs["x"][0].count

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        size, kinds = inputs["x"][0].sizes[-1], self.gain + self.offset
        return (Sum("parameters", f"{times(kinds, size)} = {kinds * size:,}"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        gain, offset = build.weight("gamma"), build.weight("beta")
        y, places = build.tensor(x0.shape), prod(x0.shape.sizes[:-1])
        statistics = build.room("statistics", (places, 2)).rows
        affine = gain.value, offset.value
        build.forward("layer_norm", x0.stacked, *affine, y.stacked, statistics, float(self.epsilon))
        with build.backward(y) as dy:
            rows, own = (x0.stacked, dy.stacked), (gain.gradient, offset.gradient)
            build.learn("layer_norm_weight_gradient", *rows, statistics, *own)
            if x0.needs_gradient:
                dx = build.gradient(x0).stacked
                build.step("layer_norm_gradient", *rows, gain.value, statistics, dx)
        return y


def gain_and_offset(x: Shape, gain: bool, offset: bool) -> dict[str, Weight]:
    """The learnt factor γ and summand β of each feature, as far as they are wanted."""
    found = {}
    if gain:
        found["gamma"] = Weight(x.sizes[-1:], "ones")
    if offset:
        found["beta"] = Weight(x.sizes[-1:], "zeros")
    return found
