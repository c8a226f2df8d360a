"""Mean squared error: the loss of regression."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Layer, Port, Set, Shapes, Unfit, layer
from engine.layers.targets import need_values
from engine.spec.options import real
from engine.spec.shapes import TOKEN, Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("mean_squared_error", category="loss", icon="mdi6.sigma", source="Legendre 1805")
class MeanSquaredError(Layer):
    """L = mean of (y − t)² over the outputs."""

    inputs = (Port("x"), Port("target"))
    outputs = ()

    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        if target.kind == TOKEN and target.limit > 2:
            one_hot = Set("target", "one_hot", of="target")
            raise Unfit("target_is_class", Exchange("cross_entropy"), one_hot, classes=target.limit)
        need_values(x, target)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        scoring.loss("squared_error", x)
        if scoring.width > 1:
            scoring.metric("accuracy", "class_hits", x)
        scoring.metric("mean_squared_error", "squared_error", x)
        scoring.metric("mean_absolute_error", "absolute_error", x)
        scoring.predicts("", x)
        return {}
