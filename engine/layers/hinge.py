"""Hinge: the loss of support vector machines; content once the margin is wide enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Shapes, layer
from engine.layers.targets import need_answers
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("hinge", category="loss", icon="mdi6.angle-obtuse", source="Cortes & Vapnik 1995")
class Hinge(Layer):
    """L = mean of max(0, 1 − t·y), with t = +1 for yes and −1 for no."""

    inputs = (Port("x"), Port("target"))
    outputs = ()

    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        need_answers(x, target, instead="categorical_hinge")
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        scoring.bounds = (-1.0, 1.0)
        scoring.loss("hinge", x)
        scoring.metric("accuracy", "threshold_hits", x)
        scoring.predicts("binary", x, scores=True)
        return {}
