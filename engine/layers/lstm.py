"""LSTM: beside the state a cell, which gates write to, read from, and empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Port, Weight, layer
from engine.layers.recurrent import Back, Recurrent, Walk, WayBack

if TYPE_CHECKING:
    from engine.runtime.build import Build


@layer(
    "lstm",
    category="sequence",
    icon="mdi6.memory",
    source="Hochreiter & Schmidhuber 1997",
    first=True,
)
class LSTM(Recurrent):
    """c[t] = f·c[t−1] + i·g and h[t] = o·a(c[t]); i, f, o = σ(…), g = a(…) of x[t] and h[t−1]."""

    inputs = (Port("x"), Port("state", optional=True), Port("cell", optional=True))
    outputs = (Port("y"), Port("state", optional=True), Port("cell", optional=True))
    parts = 4

    def biases(self) -> dict[str, Weight]:
        # 1 for the forget gate: at first the cell keeps its content (Jozefowicz et al. 2015)
        return {"bias": Weight((4 * self.units,), "forget_gate")} if self.bias else {}

    def walk(self, build: Build, walk: Walk) -> Back:
        r, how = walk.recurrent, walk.how
        first, first_cell = walk.first["state"], walk.first["cell"]
        cells = build.room("cells", (walk.gates.shape[0], 2 * self.units))
        given = walk.gates, r.value, walk.mask, first, first_cell
        build.forward(
            "lstm", *given, walk.states, cells, walk.last["state"], walk.last["cell"], how
        )

        def back(way: WayBack) -> None:
            ends = way.dlast["state"], way.dlast["cell"]
            seen = walk.gates, way.turned, walk.mask, first_cell, cells
            build.step("lstm_gradient", *seen, way.dy, *ends, way.dz, how)
            grads = r.gradient, build.shared("no_bias", (0,))  # the input's own has one
            part = 0, 4 * self.units
            build.learn("recurrent_weight_gradient", walk.states, first, way.dz, *grads, how, part)

        return back
