"""SimpleRNN: a layer that reads its own last output beside the next input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.recurrent import Back, Recurrent, Walk, WayBack

if TYPE_CHECKING:
    from engine.runtime.build import Build


@layer("simple_rnn", category="sequence", icon="mdi6.sync", source="Elman 1990")
class SimpleRNN(Recurrent):
    """h[t] = f(x[t]·W + h[t−1]·R + b)."""

    def walk(self, build: Build, walk: Walk) -> Back:
        r, first, how = walk.recurrent, walk.first["state"], walk.how
        ends = first, walk.states, walk.last["state"]
        build.forward("simple_rnn", walk.gates, r.value, walk.mask, *ends, how)

        def back(way: WayBack) -> None:
            given = walk.mask, walk.states, way.dy, way.dlast["state"]
            build.step("simple_rnn_gradient", way.turned, *given, way.dz, how)
            grads = r.gradient, build.shared("no_bias", (0,))  # the input's own has one
            part = 0, self.units
            build.learn("recurrent_weight_gradient", walk.states, first, way.dz, *grads, how, part)

        return back
