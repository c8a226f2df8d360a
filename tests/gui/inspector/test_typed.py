"""Numbers as people type them, and small sums in their place."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.inspector.typed import may_become_number, real_number, whole_number, worked_out


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("28*28", 784),
        ("28×28", 784),
        ("２８＊２８", 784),
        ("28 * 28 * 3", 2352),
        ("(64-3)/2+1", 31.5),
        ("2-1", 1),
        ("-3+5", 2),
        ("-(2+3)", -5),
        ("1e-3*10", 0.01),
        ("10/4", 2.5),
        ("0,5*2", 1),
        ("007", 7),
    ],
)
def test_a_sum_is_worked_out(text: str, value: float) -> None:
    assert real_number(text) == pytest.approx(value)
    assert whole_number(text) == (int(value) if value == int(value) else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "*",
        "28*",
        "1/0",
        "2**9",
        "9**9**9",
        "a*2",
        "1+",
        "()",
        "(1",
        "1_0*2",
        "1j*2",
        "1e999*2",
        "__import__('os')",
        "[1]*2",
        "1,2,3*2",
        "(" * 60,
        "-" * 60,
        "1e308*10",
        "0x10*1",
    ],
)
def test_what_is_no_sum_is_refused(text: str) -> None:
    assert real_number(text) is None
    assert whole_number(text) is None


@given(st.text(max_size=80) | st.text("0123456789.eE+-*/()", max_size=80))
def test_any_text_gives_a_finite_number_or_none(text: str) -> None:
    for found in (worked_out(text), real_number(text), whole_number(text)):
        assert found is None or math.isfinite(found)


@given(st.integers(0, 999), st.integers(1, 999), st.sampled_from("+-*/"))
def test_what_will_be_a_sum_may_be_typed_sign_by_sign(one: int, other: int, sign: str) -> None:
    text = f"({one}{sign}{other})"
    assert all(may_become_number(text[:n]) for n in range(len(text) + 1))
    expected = {"+": one + other, "-": one - other, "*": one * other, "/": one / other}[sign]
    assert real_number(text) == expected
