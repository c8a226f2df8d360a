"""Poisson: the loss of counts, such as calls in an hour."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.layers.base import layer
from engine.layers.regression import Regression
from engine.spec.options import flag

if TYPE_CHECKING:
    from engine.runtime.build import Tensor
    from engine.runtime.scoring import Scoring


@layer("poisson", category="loss", icon="mdi6.counter", source="Nelder & Wedderburn 1972")
class Poisson(Regression):
    """L = mean of λ − t·log λ, with λ = exp(z), or with λ the outputs themselves."""

    log_rate: bool = flag(True)

    def compare(self, scoring: Scoring, x: Tensor) -> None:
        scoring.bounds = (0.0, math.inf)
        if not self.log_rate:
            scoring.loss("poisson", x)
            return
        scoring.loss("log_poisson", x)
        scoring.answer = scoring.build.tensor(x.shape, needs_gradient=False)
        scoring.build.forward("rates", x.row, scoring.answer.row)
