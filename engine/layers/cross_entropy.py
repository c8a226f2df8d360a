"""Cross-entropy: the loss of classification, −log of the probability given to the true class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Shapes, layer
from engine.layers.targets import need_classes
from engine.spec.options import real
from engine.spec.shapes import TOKEN, Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("cross_entropy", category="loss", icon="mdi6.bullseye-arrow", source="Bridle 1990")
class CrossEntropy(Layer):
    """L = −Σ t[c]·log p[c], with p = softmax(z).

    Behind a softmax, z is what went into it; behind anything else the softmax is applied here.
    """

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
        z = build.before(x, "softmax")
        sparse = target.shape.kind == TOKEN
        scoring.loss("cross_entropy" if sparse else "soft_cross_entropy", z)
        scoring.metric("accuracy", "label_hits" if sparse else "class_hits", z)
        scoring.predicts("softmax", z)
        return {}
