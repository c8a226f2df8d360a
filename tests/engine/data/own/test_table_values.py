"""Cells: gaps, numbers in each notation, and dates."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.own.table_values import NOTATIONS, POSSIBLE, Days, Notation, days, gaps_among

POINT, COMMA = Notation("point", "none"), Notation("comma", "none")


def day(year: int, month: int, number: int) -> float:
    return float((date(year, month, number) - date(1970, 1, 1)).days)


@pytest.mark.parametrize("text", ["", " ", "NA", "n/a", "NaN", "null", "-", "?", "无", "缺失"])
def test_what_says_that_nothing_is_known_is_a_gap(text: str) -> None:
    values, wrong = POINT.numbers(["1.5", text, "2"])
    assert (values[0], values[2], wrong) == (1.5, 2.0, []) and math.isnan(values[1])
    assert gaps_among(["a", text]) == {text}


def test_an_answer_is_no_gap_beside_its_opposite() -> None:
    assert gaps_among(["有", "无", ""]) == {""}
    assert gaps_among(["+", "-", "?"]) == {"?"}
    assert gaps_among(["大", "小", "无", "-"]) == {"无", "-"}


@pytest.mark.parametrize(
    ("notation", "text", "value"),
    [
        (POINT, "1234.5", 1234.5),
        (POINT, " +.5e-3 ", 0.0005),
        (POINT, "−7", -7.0),
        (COMMA, "1234,5", 1234.5),
        (Notation("point", "comma"), "1,234,567.5", 1234567.5),
        (Notation("comma", "point"), "-1.234,5", -1234.5),
        (Notation("comma", "space"), "1 234 567,5", 1234567.5),
        (Notation("comma", "space"), "1\u202f234,5", 1234.5),
        (Notation("point", "apostrophe"), "1'234.5", 1234.5),
        (POINT, "45%", 0.45),
        (COMMA, "12,5 ％", 0.125),
        (Notation("point", "comma"), "$ 1,234.5", 1234.5),
        (Notation("comma", "point"), "1.234,50 €", 1234.5),
        (POINT, "￥20", 20.0),
        (POINT, "20元", 20.0),
        (Notation("point", "apostrophe"), "1’234’567", 1234567.0),
    ],
)
def test_numbers_are_read_in_their_notation(notation: Notation, text: str, value: float) -> None:
    assert notation.number(text) == value
    assert notation.numbers([text, "5"])[0].tolist() == [value, 5.0]


@pytest.mark.parametrize(
    ("notation", "text"),
    [
        (POINT, "1,5"),
        (COMMA, "1.5"),
        (POINT, "1_000"),
        (POINT, "inf"),
        (POINT, "Infinity"),
        (POINT, "1e999"),
        (POINT, "0x10"),
        (POINT, "12 kg"),
        (POINT, "%"),
        (POINT, "$"),
        (POINT, "5%%"),
        (POINT, "$5%"),
        (Notation("point", "comma"), "1,5"),
        (Notation("point", "comma"), "12,34,567"),
        (Notation("point", "comma"), "0,123"),
        (Notation("comma", "space"), "1 234\u202f567"),
        (COMMA, "1,5,5"),
    ],
)
def test_what_is_no_number_is_named(notation: Notation, text: str) -> None:
    assert notation.number(text) is None
    values, wrong = notation.numbers(["1", text, ""])
    assert wrong == [1] and values[0] == 1.0 and np.isnan(values[1:]).all()


@given(st.floats(-1e9, 1e9), st.sampled_from(NOTATIONS), st.integers(0, 6))
def test_whatever_is_written_in_a_notation_is_read_back(
    value: float, notation: Notation, digits: int
) -> None:
    plain = f"{value:,.{digits}f}"
    sign = POSSIBLE[notation.thousands][:1]
    mark = {"point": ".", "comma": ","}[notation.decimal]
    text = plain.replace(",", "T").replace(".", mark).replace("T", sign)
    assert notation.number(text) == float(plain.replace(",", ""))
    assert notation.numbers([text])[0].tolist() == [notation.number(text)]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_many_numbers_are_read_exactly(values: list[float]) -> None:
    assert POINT.numbers([repr(v) for v in values])[0].tolist() == values
    assert COMMA.numbers([repr(v).replace(".", ",") for v in values])[0].tolist() == values


@pytest.mark.parametrize(
    ("text", "month_first", "day_first"),
    [
        ("2024-03-05", day(2024, 3, 5), day(2024, 3, 5)),
        ("2024/3/5", day(2024, 3, 5), day(2024, 3, 5)),
        ("05.03.2024", day(2024, 3, 5), day(2024, 3, 5)),
        ("3/5/2024", day(2024, 3, 5), day(2024, 5, 3)),
        ("25/03/2024", None, day(2024, 3, 25)),
        ("03-25-99", day(1999, 3, 25), None),
        ("2024年3月5日", day(2024, 3, 5), day(2024, 3, 5)),
        ("2024年3月", day(2024, 3, 1), day(2024, 3, 1)),
        ("2024-03-05 12:00", day(2024, 3, 5) + 0.5, day(2024, 3, 5) + 0.5),
        ("2024-03-05T06:00:00Z", day(2024, 3, 5) + 0.25, day(2024, 3, 5) + 0.25),
        ("2024-03-05T12:00:00+06:00", day(2024, 3, 5) + 0.25, day(2024, 3, 5) + 0.25),
        ("1969-12-31", -1.0, -1.0),
        ("2023-02-29", None, None),
        ("2024-13-01", None, None),
        ("2024-03/05", None, None),
        ("3.5", None, None),
        ("yesterday", None, None),
    ],
)
def test_dates_become_days(text: str, month_first: float | None, day_first: float | None) -> None:
    assert days(text) == (month_first, day_first)


def test_the_order_of_day_and_month_is_the_one_that_fits_all() -> None:
    dates = Days()
    assert dates.add(["03/04/2024", "", "25/12/2024"]) == []
    assert dates.add(["05/06/2024"]) == []
    values = dates.values()
    assert not dates.ambiguous and math.isnan(values[1])
    assert values[[0, 2, 3]].tolist() == [day(2024, 4, 3), day(2024, 12, 25), day(2024, 6, 5)]


def test_dates_that_fit_both_orders_are_read_month_first_and_called_ambiguous() -> None:
    dates = Days()
    dates.add(["03/04/2024"])
    assert dates.ambiguous and dates.values().tolist() == [day(2024, 3, 4)]
    same = Days()
    same.add(["03/03/2024"])
    assert not same.ambiguous


def test_a_date_that_fits_the_order_of_no_other_is_wrong() -> None:
    dates = Days()
    assert dates.add(["25/12/2024", "12/25/2024", "x"]) == [1, 2]
