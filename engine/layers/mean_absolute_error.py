"""Mean absolute error: a loss of regression in which no error weighs more than its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.regression import Regression

if TYPE_CHECKING:
    from engine.runtime.build import Tensor
    from engine.runtime.scoring import Scoring


@layer(
    "mean_absolute_error",
    category="loss",
    icon="mdi6.arrow-expand-horizontal",
    source="Laplace 1774",
)
class MeanAbsoluteError(Regression):
    """L = mean of |y − t| over the outputs."""

    def compare(self, scoring: Scoring, x: Tensor) -> None:
        scoring.loss("absolute_error", x)
