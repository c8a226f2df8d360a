"""BatchNorm: each feature is brought to mean 0 and variance 1 over the samples of a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import Shapes, Sum, Weight, layer, need_real, times
from engine.layers.weighted import Trained
from engine.spec.options import flag, real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor


@layer(
    "batch_norm",
    category="normalisation",
    icon="mdi6.chart-bell-curve",
    source="Ioffe & Szegedy 2015",
    first=True,
)
class BatchNorm(Trained):
    """y = γ·(x − mean)/√(variance + ε) + β, for each feature over batch, time and places."""

    keeps_sums = True  # with fixed statistics it only scales and shifts

    momentum: float = real(0.99, 0.0, 0.9999)
    epsilon: float = real(1e-3, 1e-7, 0.1, logarithmic=True, advanced=True)
    gain: bool = flag(True, advanced=True)
    offset: bool = flag(True, advanced=True)

    def output_shape(self, *x: Shape) -> Shape:
        need_real(*x)
        return x[0]

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        shape = inputs["x"][0].sizes[-1:]
        found = {}
        if self.gain:
            found["gamma"] = Weight(shape, "ones")
        if self.offset:
            found["beta"] = Weight(shape, "zeros")
        found["moving_mean"] = Weight(shape, "zeros", trainable=False)
        found["moving_variance"] = Weight(shape, "ones", trainable=False)
        return found

    def multiplications(self, inputs: Shapes) -> int:
        return inputs["x"][0].count

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        size, kinds = inputs["x"][0].sizes[-1], 2 + self.gain + self.offset
        return (Sum("parameters", f"{times(kinds, size)} = {kinds * size:,}"),)

    def steps(self, build: Build, *x: Tensor) -> Tensor:
        (x0,) = x
        size = x0.shape.sizes[-1]
        y = build.tensor(x0.shape)
        room, mask = build.scratch("room", (2, size)), (x0.mask or build.nothing()).each
        statistics = build.scratch("statistics", (6, size))
        if self.frozen:
            self._know(build, statistics, when=("training", "evaluation", "inference"))
        else:
            self._measure(build, (x0.stacked, mask, room), statistics)
            self._know(build, statistics, when=("evaluation", "inference"))
        build.forward("normalise_features", x0.stacked, statistics, y.stacked)
        with build.backward(y) as dy:
            if self.frozen and x0.needs_gradient:
                dx = build.gradient(x0).stacked
                build.step("scale_features", dy.stacked, statistics, dx)
            elif not self.frozen:
                rows, sums = (x0.stacked, dy.stacked), build.scratch("sums", (2, size))
                own = build.weight("gamma").gradient, build.weight("beta").gradient
                build.step("feature_sums", *rows, statistics, room, sums, *own)
                if x0.needs_gradient:
                    build.meet()
                    every, dx = build.everyone(sums), build.gradient(x0).stacked
                    known = mask, statistics, every, room
                    build.step("normalise_features_gradient", *rows, *known, dx)
        return y

    def _measure(self, build: Build, rows: tuple[Ref, ...], statistics: Ref) -> None:
        """In training: mean and variance of the batch, which the running ones then follow.

        All workers must have described their rows before any of them combines.
        """
        learning, size = ("training",), statistics.shape[1]
        moments = build.scratch("moments", (3, size))
        build.forward("feature_moments", *rows, moments, when=learning)
        build.meet(when=learning)
        given = build.everyone(moments), build.weight("gamma").value, build.weight("beta").value
        build.forward("combine_moments", *given, statistics, float(self.epsilon), when=learning)
        running = build.weight("moving_mean").value, build.weight("moving_variance").value
        momentum = float(self.momentum)
        build.forward("move_statistics", statistics, *running, momentum, when=("update",))

    def _know(self, build: Build, statistics: Ref, when: tuple[str, ...]) -> None:
        """After training, or frozen: the mean and variance that went along with it."""
        names = "moving_mean", "moving_variance", "gamma", "beta"
        given = (build.weight(name).value for name in names)
        build.forward("known_statistics", *given, statistics, float(self.epsilon), when=when)
