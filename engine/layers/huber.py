"""Huber: squared for small errors, linear for large ones, so that outliers do not rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.regression import Regression
from engine.spec.options import real

if TYPE_CHECKING:
    from engine.runtime.build import Tensor
    from engine.runtime.scoring import Scoring


@layer("huber", category="loss", icon="mdi6.vector-curve", source="Huber 1964")
class Huber(Regression):
    """L = mean of ½·e² where |e| ≤ δ, and of δ·(|e| − ½·δ) beyond, with e = y − t."""

    delta: float = real(1.0, 0.001, 1000.0, logarithmic=True)

    def compare(self, scoring: Scoring, x: Tensor) -> None:
        scoring.loss("huber", x, float(self.delta))
