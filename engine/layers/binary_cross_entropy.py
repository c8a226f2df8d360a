"""Binary cross-entropy: the loss of yes-or-no questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Set, Shapes, Unfit, layer
from engine.layers.targets import CLASS_WEIGHTS, need_answers
from engine.spec.options import choice, real
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

    label_smoothing: float = real(0.0, 0.0, 1.0, advanced=True)
    class_weights: str = choice(*CLASS_WEIGHTS, advanced=True)
    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        need_answers(x, target, instead="cross_entropy")
        if self.class_weights != "none" and (target.kind != TOKEN or x.sizes[-1] != 1):
            raise Unfit("no_classes_to_weigh", Set("class_weights", "none"), given=str(target))
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        scoring.bounds = (0.0, 1.0)
        z = build.before(x, "sigmoid")
        if self.class_weights == "balanced":
            scoring.weigh_classes(2)
        scoring.smooth(float(self.label_smoothing), 0.5)
        scoring.loss("binary_cross_entropy", z)
        scoring.metric("accuracy", "threshold_hits", z)
        scoring.predicts("binary", z, "sigmoid")
        return {}
