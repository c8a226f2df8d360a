"""The real series are what their sources say, and windows of them go on with their targets."""

from __future__ import annotations

import csv
from itertools import pairwise

import numpy as np
import pytest

from engine.data.bundled import load
from engine.data.preparing import prepare
from engine.spec.datasets import SERIES
from engine.spec.texts import FOLDER
from tests.engine.networks import data_box


def test_sunspots_are_those_of_the_national_data_center() -> None:
    samples = load(data_box(dataset="sunspots"))
    assert samples.series
    years = dict(zip(range(1700, 2009), samples.x[:, 0], strict=True))
    # a few years out of the published list, the greatest maximum among them
    for year, number in ((1700, 5.0), (1816, 45.8), (1957, 190.2), (1958, 184.8), (2008, 2.9)):
        assert years[year] == pytest.approx(number)
    assert max(years.values()) == pytest.approx(190.2)
    assert np.array_equal(samples.x, samples.target)


def test_gaps_in_the_air_are_bridged_by_straight_lines() -> None:
    with (FOLDER / "co2.csv").open(encoding="utf-8", newline="") as file:
        file.readline()
        cells = [row["ppm"] for row in csv.DictReader(file)]
    x = load(data_box(dataset="co2")).x[:, 0]
    there = [i for i, cell in enumerate(cells) if cell]
    assert len(cells) == len(x) > len(there)
    assert [x[i] for i in there] == [float(cells[i]) for i in there]
    for before, after in pairwise(there):
        steps = after - before
        expected = [x[before] + (x[after] - x[before]) * k / steps for k in range(steps)]
        np.testing.assert_allclose(x[before:after], expected)


def test_the_air_has_more_carbon_dioxide_each_decade_and_breathes_with_the_year() -> None:
    x = load(data_box(dataset="co2")).x[:, 0]
    decades = [part.mean() for part in np.array_split(x, 4)]
    assert decades == sorted(decades)
    assert x.min() > 310 and x.max() < 380
    swing = np.abs(np.fft.rfft(x - np.polyval(np.polyfit(range(len(x)), x, 2), range(len(x)))))
    assert np.argmax(swing) == round(len(x) / 52.18)  # one swing a year


@pytest.mark.parametrize("name", SERIES)
@pytest.mark.parametrize(("length", "horizon"), [(3, 1), (33, 1), (20, 11)])
def test_a_window_is_followed_by_its_target(name: str, length: int, horizon: int) -> None:
    plain = {"scaling": "none", "target_scaling": "none"}
    box = data_box(dataset=name, length=length, horizon=horizon, **plain)
    series, prepared = load(box).x[:, 0], prepare(box, "float64")
    windows = np.lib.stride_tricks.sliding_window_view(series, length + horizon)
    expected: dict[bytes, set[float]] = {}  # a course may come again and go on in another way
    for window in windows:
        expected.setdefault(window[:length].tobytes(), set()).add(window[-1])
    for part in prepared.parts.values():
        for x, target in zip(part.x, part.target, strict=True):
            assert target[0] in expected[x.tobytes()]
    assert sum(part.count for part in prepared.parts.values()) == box.total
