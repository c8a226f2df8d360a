"""What losses of numbers share: shape rule, metrics and answers; each says how errors weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Shapes
from engine.layers.targets import need_numbers
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor
    from engine.runtime.scoring import Scoring


@dataclass(frozen=True)
class Regression(Layer):
    """Interface of a loss that compares each output with a number."""

    inputs = (Port("x"), Port("target"))
    outputs = ()

    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        need_numbers(x, target)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        self.compare(scoring, x)
        if target.shape.axes[-1:] == ("classes",):
            scoring.metric("accuracy", "class_hits", scoring.answer)
        scoring.metric("mean_squared_error", "squared_error", scoring.answer)
        scoring.metric("root_mean_squared_error", "squared_error", scoring.answer)
        scoring.metric("mean_absolute_error", "absolute_error", scoring.answer)
        scoring.predicts("values", x)
        return {}

    def compare(self, scoring: Scoring, x: Tensor) -> None:
        """Record the loss."""
        raise NotImplementedError(type(self))
