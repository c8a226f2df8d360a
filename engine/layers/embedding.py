"""Embedding: each token gets a row of numbers, learnt like any weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Shapes, Sum, Unfit, Weight, layer, times
from engine.layers.weighted import Weighted, initializer
from engine.spec.options import flag, whole
from engine.spec.shapes import TOKEN, Shape, features, sequence

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "embedding", category="sequence", icon="mdi6.table-row", source="Bengio et al. 2003", first=True
)
class Embedding(Weighted):
    """y[t] = E[x[t]]: the row of the table E that belongs to token x[t]."""

    units: int = whole(32, 1, 4096, unit="units")
    mask_padding: bool = flag(False, advanced=True)
    initializer: str = initializer("uniform")

    def output_shape(self, *x: Shape) -> Shape:
        if x[0].kind != TOKEN:
            raise Unfit("needs_tokens", Exchange("dense"), given=str(x[0]))
        return self._output(x[0])

    def _output(self, x: Shape) -> Shape:
        return sequence(x.time, self.units) if x.time else features(self.units)

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        size = inputs["x"][0].limit, self.units
        return {"embeddings": Weight(size, self.initializer, *size)}

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        tokens = inputs["x"][0].limit
        return (Sum("parameters", f"{times(tokens, self.units)} = {tokens * self.units:,}"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        table = build.weight("embeddings")
        y = build.tensor(self._output(x0.shape))
        y.lookup = lookup = build.lookup(x0, table)
        build.forward("embedding", x0.stacked, table.value, y.stacked)
        if self.mask_padding and x0.shape.time:
            y.mask = build.room("mask", (x0.shape.time,))
            build.forward("padding_mask", x0.row, y.mask)
        with build.backward(y) as dy:
            if lookup.table.needs_gradient:
                dtable = build.gradient(lookup.table).value
                build.step("embedding_gradient", x0.stacked, dy.stacked, dtable)
        return y
