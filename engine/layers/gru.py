"""GRU: gates decide how much of the state is replaced at each time step, and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Weight, layer
from engine.layers.recurrent import Back, Recurrent, Walk, WayBack

if TYPE_CHECKING:
    from engine.runtime.build import Build


@layer(
    "gru", category="sequence", icon="mdi6.swap-horizontal-circle-outline", source="Cho et al. 2014"
)
class GRU(Recurrent):
    """h[t] = z·h[t−1] + (1−z)·g with g = a(x[t]·W + b + r·(h[t−1]·R + c)) and z, r = σ(…)."""

    parts = 3

    def biases(self) -> dict[str, Weight]:
        if not self.bias:
            return {}
        zeros = Weight((3 * self.units,), "zeros")
        return {"bias": zeros, "recurrent_bias": zeros}

    def walk(self, build: Build, walk: Walk) -> Back:
        r, c, first, how = walk.recurrent, walk.recurrent_bias, walk.first["state"], walk.how
        inner = build.room("inner", (walk.gates.shape[0], self.units))
        given = walk.gates, r.value, c.value, walk.mask, first
        build.forward("gru", *given, walk.states, inner, walk.last["state"], how)

        def back(way: WayBack) -> None:
            dinner = build.room("dinner", inner.shape)
            seen = walk.gates, way.turned, first, walk.states, inner
            grads = way.dlast["state"], way.dz, dinner
            build.step("gru_gradient", *seen, way.dy, *grads, how)
            # what the candidate's recurrent weights brought was scaled by the reset gate
            for d, part in ((way.dz, (0, 2 * self.units)), (dinner, (2 * self.units, self.units))):
                seen = walk.states, first, d, r.gradient, c.gradient
                build.learn("recurrent_weight_gradient", *seen, how, part)

        return back
