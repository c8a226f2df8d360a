"""Kullback-Leibler divergence: how far the answer is from a target distribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.layers.base import Layer, Port, Shapes, layer
from engine.layers.targets import need_shares
from engine.spec.options import real
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Tensor


@layer("kl_divergence", category="loss", icon="mdi6.compare", source="Kullback & Leibler 1951")
class KLDivergence(Layer):
    """L = Σ t[c]·log(t[c] / p[c]), with p = softmax(z).

    Behind a softmax, z is what went into it; behind anything else the softmax is applied here.
    """

    inputs = (Port("x"), Port("target"))
    outputs = ()

    weight: float = real(1.0, 0.0, 1000.0, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        (x,), (target,) = inputs["x"], inputs["target"]
        need_shares(x, target)
        return {}

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (target,) = inputs["x"], inputs["target"]
        scoring = build.scoring(x, target, self.weight)
        scoring.bounds = (0.0, 1.0)
        z = build.before(x, "softmax")
        scoring.loss("kl_divergence", z, slope="soft_cross_entropy")
        scoring.metric("accuracy", "class_hits", z)
        scoring.predicts("classes", z, "softmax")
        return {}
