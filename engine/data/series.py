"""Real time series: what comes some steps later? Windows of them are cut when they are prepared."""

from __future__ import annotations

import numpy as np

from engine.data.samples import Array, Samples
from engine.layers.data import Data
from engine.spec.texts import FOLDER


def sunspots(box: Data) -> Samples:
    """Sunspot numbers of the years 1700 to 2008 (NOAA National Geophysical Data Center)."""
    numbers = _second_column("sunspots")
    return Samples(numbers, numbers, series=True)


def co2(box: Data) -> Samples:
    """Carbon dioxide in the air at Mauna Loa, ppm, each week of 1958 to 2001 (Keeling & Whorf).

    Weeks without a value lie on the straight line between their neighbours.
    """
    numbers = _second_column("co2")[:, 0]
    weeks, is_there = np.arange(len(numbers)), ~np.isnan(numbers)
    numbers = np.interp(weeks, weeks[is_there], numbers[is_there])[:, None]
    return Samples(numbers, numbers, series=True)


def _second_column(name: str) -> Array:
    """The values of a file, (N, 1) float64, NaN for gaps; two lines of heading before them."""
    path = FOLDER / f"{name}.csv"
    return np.genfromtxt(path, delimiter=",", skip_header=2, usecols=[1], encoding="utf-8")[:, None]
