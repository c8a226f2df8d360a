"""Binary cross-entropy: the loss of yes-or-no questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Layer, Port, Shapes, Unfit, layer
from engine.layers.targets import need_values
from engine.spec.options import real
from engine.spec.shapes import TOKEN, Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("binary_cross_entropy", category="loss", icon="mdi6.circle-half-full", source="Cox 1958")
class BinaryCrossEntropy(Layer):
    """L = mean of −t·log p − (1−t)·log(1−p), with p = sigmoid(z).

    Behind a sigmoid box z is what went into it; behind anything else the sigmoid is applied here.
    """

    inputs = (Port("x"), Port("target"))
    outputs = ()

    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        if target.kind == TOKEN and target.limit != 2:
            raise Unfit("target_not_binary", Exchange("cross_entropy"), classes=target.limit)
        need_values(x, target)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        z = build.before(x, "sigmoid")
        scoring.loss("binary_cross_entropy", z)
        scoring.metric("accuracy", "threshold_hits", z)
        scoring.predicts("sigmoid", z)
        return {}
