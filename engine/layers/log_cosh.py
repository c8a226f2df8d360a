"""Log-cosh: squared for small errors, linear for large ones, and smooth everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.regression import Regression

if TYPE_CHECKING:
    from engine.runtime.build import Tensor
    from engine.runtime.scoring import Scoring


@layer("log_cosh", category="loss", icon="mdi6.math-cos", source="Green 1990")
class LogCosh(Regression):
    """L = mean of log cosh(y − t) over the outputs."""

    def compare(self, scoring: Scoring, x: Tensor) -> None:
        scoring.loss("log_cosh", x)
