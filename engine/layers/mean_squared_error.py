"""Mean squared error: the loss of regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.regression import Regression

if TYPE_CHECKING:
    from engine.runtime.build import Tensor
    from engine.runtime.scoring import Scoring


@layer("mean_squared_error", category="loss", icon="mdi6.sigma", source="Legendre 1805", first=True)
class MeanSquaredError(Regression):
    """L = mean of (y − t)² over the outputs."""

    def compare(self, scoring: Scoring, x: Tensor) -> None:
        scoring.loss("squared_error", x)
