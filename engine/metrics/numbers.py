"""Metrics of regression: true numbers against predicted ones, (N, K) both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def mean_squared_error(true: Array, predicted: Array) -> float:
    """The mean of the squared errors, over samples and outputs."""
    return float(np.mean((true - predicted) ** 2))


def root_mean_squared_error(true: Array, predicted: Array) -> float:
    """Its root, in the unit of what is predicted."""
    return float(np.sqrt(mean_squared_error(true, predicted)))


def mean_absolute_error(true: Array, predicted: Array) -> float:
    """The mean distance."""
    return float(np.mean(np.abs(true - predicted)))


def r2(true: Array, predicted: Array) -> float:
    """The share of the variance that is explained: 1 is perfect, 0 is as good as the mean.

    Of several outputs, the mean of theirs. NaN for fewer than two samples.
    """
    from sklearn.metrics import r2_score

    return float(r2_score(true, predicted)) if len(true) > 1 else float("nan")


NUMBERS: dict[str, Callable[[Array, Array], float]] = {
    "mean_squared_error": mean_squared_error,
    "root_mean_squared_error": root_mean_squared_error,
    "mean_absolute_error": mean_absolute_error,
    "r2": r2,
}
