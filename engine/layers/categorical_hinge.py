"""Categorical hinge: the true class shall lead the best other one by a margin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Shapes, layer
from engine.layers.targets import need_classes
from engine.spec.options import real
from engine.spec.shapes import TOKEN, Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer(
    "categorical_hinge", category="loss", icon="mdi6.angle-acute", source="Crammer & Singer 2001"
)
class CategoricalHinge(Layer):
    """L = max(0, 1 + highest score of another class − score of the true class)."""

    inputs = (Port("x"), Port("target"))
    outputs = ()

    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        need_classes(x, target)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        is_label = target.shape.kind == TOKEN
        if not is_label:
            scoring.bounds = (0.0, 1.0)
        scoring.write_out(x.shape.sizes[-1])
        scoring.loss("categorical_hinge", x)
        scoring.metric("accuracy", "label_hits" if is_label else "class_hits", x)
        scoring.predicts("classes", x, scores=True)
        return {}
