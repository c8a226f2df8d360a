"""Cross-entropy: the loss of classification, −log of the probability given to the true class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Shapes, layer
from engine.layers.targets import CLASS_WEIGHTS, need_classes
from engine.spec.options import choice, real
from engine.spec.shapes import TOKEN, Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor

MANY, BEST = 10, 5  # with more classes than that, being among the best five is worth knowing


@layer(
    "cross_entropy", category="loss", icon="mdi6.bullseye-arrow", source="Bridle 1990", first=True
)
class CrossEntropy(Layer):
    """L = −Σ t[c]·log p[c], with p = softmax(z).

    Behind a softmax, z is what went into it; behind anything else the softmax is applied here.
    """

    inputs = (Port("x"), Port("target"))
    outputs = ()

    label_smoothing: float = real(0.0, 0.0, 1.0, advanced=True)
    class_weights: str = choice(*CLASS_WEIGHTS, advanced=True)
    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        need_classes(x, target)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        classes, is_label = x.shape.sizes[-1], target.shape.kind == TOKEN
        scoring = build.scoring(x, target, self.weight)
        z = build.before(x, "softmax")
        plain = "cross_entropy" if is_label else "soft_cross_entropy"
        if not is_label:
            scoring.bounds = (0.0, 1.0)
        if self.class_weights == "balanced":
            scoring.weigh_classes(classes)
        if self.label_smoothing:
            scoring.write_out(classes)
            scoring.smooth(float(self.label_smoothing), 1 / classes)
        scoring.loss("soft_cross_entropy" if self.label_smoothing else plain, z)
        scoring.metric("accuracy", "label_hits" if is_label else "class_hits", z)
        if classes > MANY:
            best = "top_label_hits" if is_label else "top_class_hits"
            scoring.metric("top_5_accuracy", best, z, BEST)
        if scoring.lead:  # of a sequence: how many classes the network hesitates between
            scoring.metric("perplexity", plain, z)
        scoring.predicts("classes", z, "softmax")
        return {}
