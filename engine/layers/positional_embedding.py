"""PositionalEmbedding: adds to each time step what tells its place in the sequence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.layers.base import Shapes, Sum, Weight, layer, need_sequence, times
from engine.layers.weighted import Weighted
from engine.spec.options import choice
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


def wave(step: int, feature: int, size: int) -> float:
    """What the waves add at a time step to a feature out of `size`; the kernel makes the table.

    Vaswani et al. 2017, section 3.5: sines at even features, cosines at odd ones.
    """
    angle = step / 10_000 ** (2 * (feature // 2) / size)
    return math.cos(angle) if feature % 2 else math.sin(angle)


@layer(
    "positional_embedding",
    category="sequence",
    icon="mdi6.sine-wave",
    source="Vaswani et al. 2017",
)
class PositionalEmbedding(Weighted):
    """y[t] = x[t] + P[t], with a learnt table P, or one of fixed waves."""

    positions: str = choice("learnt", "waves")

    def output_shape(self, *x: Shape) -> Shape:
        need_sequence(x[0])
        return x[0]

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        if self.positions == "waves":
            return {}
        steps, size = inputs["x"][0].sizes
        return {"table": Weight((steps, size), self.initializer, steps, size)}

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        if self.positions == "waves":
            return (Sum("parameters", "0"),)
        x = inputs["x"][0]
        return (Sum("parameters", f"{times(*x.sizes)} = {x.count:,}"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        y, row = build.tensor(x0.shape), (x0.shape.count,)
        if self.positions == "waves":
            table = build.scratch("table", x0.shape.sizes)
            build.forward("wave_positions", table)
            build.forward("add_table", x0.row, table.row, y.row)
        else:
            build.forward("add_table", x0.row, build.weight("table").viewed(row).value, y.row)
        with build.backward(y) as dy:
            if self.positions == "learnt":
                own = build.weight("table").viewed(row).gradient
                build.learn("table_gradient", dy.row, own)
            if x0.needs_gradient:
                build.step("copy", dy.row, build.gradient(x0).row)
        return y
