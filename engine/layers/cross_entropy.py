"""Cross-entropy: the loss of classification, −log of the probability given to the true class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Exchange, Layer, Port, Set, Shapes, Unfit, layer, need_row
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
        size = need_row(x)
        if target.kind == TOKEN:
            classes = target.limit
        elif len(target.sizes) == 1 and target.sizes[0] > 1:
            classes = target.sizes[0]
        else:
            raise Unfit("target_not_classes", Exchange("mean_squared_error"), given=str(target))
        if size != classes:
            fit = Set("units", classes, of="x")
            raise Unfit("outputs_not_classes", fit, given=size, classes=classes)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        z = build.before(x, "softmax")
        sparse = target.shape.kind == TOKEN
        name = "cross_entropy" if sparse else "soft_cross_entropy"
        build.loss(name, z, target, self.weight)
        build.metric("accuracy", "label_hits" if sparse else "class_hits", z, target)
        build.predicts("softmax", x, z, target)
        return {}
