"""Samples as they were read or drawn, before they are split and prepared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """What one column of a table's x is, as far as preparing it needs to know.

    categories : how many there are (the cells hold their numbers); 0 for a measured number
    gaps : what is done where a cell is NaN: "mean", "median", "most_frequent" or "constant"
    """

    categories: int = 0
    gaps: str = "mean"
    constant: float = 0.0


@dataclass(frozen=True, slots=True)
class Samples:
    """All samples of one data set.

    x : (N, …) float64 or float32; uint8 for pictures, whose 0 … 255 become 0 … 1; int64 tokens
    target : (N,) int64 class numbers, (N, T) at each time step, or (N, K) float values;
        of a text to be continued both are its (N,) tokens
    columns : of a table, then x is (N, columns): NaN where a cell was empty
    groups : (N,) int64, equal where samples must stay in the same part; None: each by itself
    test : so many samples at the end belong to the test part, as their collector meant it
    series : whether rows are moments of one time series, of which windows are samples (`x` and
        `target` then have a row for each moment)
    """

    x: Array
    target: Array
    columns: tuple[TableColumn, ...] = ()
    groups: Array | None = None
    test: int = 0
    series: bool = False

    @property
    def count(self) -> int:
        """Number of samples, of a series number of moments."""
        return len(self.x)

    def __post_init__(self) -> None:
        if len(self.x) != len(self.target):
            raise ValueError(f"{len(self.x)} samples but {len(self.target)} targets")
        if self.groups is not None and np.shape(self.groups) != (len(self.x),):
            raise ValueError(f"{len(self.x)} samples but {np.shape(self.groups)} groups")
