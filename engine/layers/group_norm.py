"""GroupNorm: channels in groups, each brought to mean 0 and variance 1 over all places."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from engine.layers.base import Set, Shapes, Sum, Unfit, Weight, layer, need_real, times
from engine.layers.layer_norm import gain_and_offset
from engine.layers.weighted import Trained
from engine.spec.options import flag, real, whole
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("group_norm", category="normalisation", icon="mdi6.select-group", source="Wu & He 2018")
class GroupNorm(Trained):
    """y = γ·(x − mean)/√(variance + ε) + β, over each group of channels at all places."""

    groups: int = whole(8, 1, 1024, unit="groups")
    epsilon: float = real(1e-3, 1e-7, 0.1, logarithmic=True, advanced=True)
    gain: bool = flag(True, advanced=True)
    offset: bool = flag(True, advanced=True)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        channels = x[0].sizes[-1]
        if channels % self.groups:
            fitting = max(g for g in range(1, self.groups) if channels % g == 0)
            repair = Set("groups", fitting)
            raise Unfit("groups_do_not_divide", repair, given=channels, groups=self.groups)
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
        y, size = build.tensor(x0.shape), x0.shape.sizes[-1]
        form = prod(x0.shape.sizes[:-1]), size
        values, result = x0.viewed(form), y.viewed(form)
        statistics = build.room("statistics", (self.groups, 2))
        room, affine = build.scratch("room", (3, size)), (gain.value, offset.value)
        build.forward("group_norm", values, *affine, result, statistics, room, float(self.epsilon))
        with build.backward(y) as dy:
            given, own = (values, dy.viewed(form)), (gain.gradient, offset.gradient)
            room = build.scratch("room", (4, size))
            build.learn("group_norm_weight_gradient", *given, statistics, room, *own)
            if x0.needs_gradient:
                dx = build.gradient(x0).viewed(form)
                build.step("group_norm_gradient", *given, gain.value, statistics, room, dx)
        return y
