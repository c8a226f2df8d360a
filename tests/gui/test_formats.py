"""Numbers as people read them."""

from __future__ import annotations

import math

import pytest

from gui.formats import number, power_of_ten, share, short_time


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.12331, "0.1233"),
        (0.15, "0.1500"),
        (0.0029324, "0.0029"),
        (0.00053, "0.00053"),
        (5.34e-5, "5.3×10⁻⁵"),
        (2.302585, "2.303"),
        (12.345, "12.35"),
        (-0.9229, "−0.9229"),
        (123.456, "123.5"),
        (12_345.6, "12,346"),
        (9.113e28, "9.1×10²⁸"),
        (0.0, "0"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),
    ],
)
def test_a_measured_value_keeps_the_digits_that_count(value: float, text: str) -> None:
    assert number(value) == text


def test_a_value_that_rounds_up_does_not_gain_a_digit() -> None:
    assert [number(v) for v in (0.99996, 9.9996, 99.996, 999.96)] == [
        "1.000",
        "10.00",
        "100.0",
        "1,000",
    ]


def test_a_round_power_of_ten_stands_alone() -> None:
    assert [power_of_ten(v, 0) for v in (1e-5, 2e-5)] == ["10⁻⁵", "2×10⁻⁵"]


def test_what_took_time_is_not_told_as_nothing() -> None:
    assert [short_time(s) for s in (0.0012, 0.00501, 1.234)] == ["< 0.01", "0.01", "1.23"]


def test_a_share_is_a_percentage_and_never_nothing_where_there_is_something() -> None:
    found = [share(part) for part in (0.0, 0.001, 0.01, 0.634, 1.0)]
    assert found == ["0 %", "< 1 %", "1 %", "63 %", "100 %"]
