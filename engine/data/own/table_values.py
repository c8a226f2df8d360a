"""What the texts in a table's cells mean: gaps, numbers in several notations, and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import numpy as np

from engine.data.samples import Array

EMPTY = frozenset(("", "na", "n/a", "nan", "null", "-", "?", "无", "缺失", "#n/a", "<na>"))
USUAL = EMPTY | {text.upper() for text in EMPTY} | {"NaN", "Null"}  # found without more ado
# what is a value, where another value of the same column says so: 有/无 and +/-
ANSWERS = {"无": "有", "-": "+"}
POSSIBLE = {"none": "", "comma": ",", "point": ".", "space": " \u00a0\u202f", "apostrophe": "'’"}
CURRENCIES = "$€£¥￥元"
PERCENT = "%％"
DECIMALS = {"point": ".", "comma": ","}
EPOCH = date(1970, 1, 1).toordinal()

TIME = r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*(Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + TIME)
CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?")
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + TIME)


def is_gap(text: str) -> bool:
    """Whether a cell is empty, or says in one of the usual ways that nothing is known."""
    return text.strip().lower() in EMPTY


def gaps_among(texts: Iterable[str]) -> set[str]:
    """A column's different texts that are gaps; but not 无 beside 有, nor - beside +."""
    found = set(texts)
    stripped = {text.strip() for text in found}
    return {t for t in found if is_gap(t) and ANSWERS.get(t.strip(), "\n") not in stripped}


@dataclass(frozen=True, slots=True)
class Notation:
    """How numbers are written: names of a recipe's options `decimal` and `thousands`."""

    decimal: str = "point"
    thousands: str = "none"

    @property
    def example(self) -> str:
        """A number in this notation, for messages."""
        return f"1{POSSIBLE[self.thousands][:1]}234{DECIMALS[self.decimal]}5"

    def number(self, text: str) -> float | None:
        """The number that a text is, or None; of 45 % it is 0.45, of $ 20 it is 20."""
        text = text.strip().replace("−", "-")
        divided = 100.0 if text.endswith(tuple(PERCENT)) else 1.0
        if not text.isascii() or text[:1] == "$" or text[-1:] in ("%", "$"):
            text = text[:-1] if divided > 1 else _without_currency(text)
            text = text.strip()
        plain, grouped = _patterns(self)
        if not plain.fullmatch(text):
            if grouped is None or not grouped.fullmatch(text):
                return None
            for sign in POSSIBLE[self.thousands]:
                text = text.replace(sign, "")
        value = float(text.replace(",", ".")) / divided
        return value if abs(value) < float("inf") else None

    def numbers(self, cells: Sequence[str]) -> tuple[Array, list[int]]:
        """Numbers of many cells, NaN where there are gaps, and the places of what is neither."""
        if self.decimal == "point":
            usual: Sequence[str] = cells
        elif "." not in (joined := "\0".join(cells)):
            usual = joined.replace(",", ".").split("\0")
        else:
            return self._one_by_one(cells)
        try:
            values = np.array(list(map(float, usual)))
        except ValueError:
            try:
                values = np.array([float("nan" if c in USUAL else c) for c in usual])
            except ValueError:
                return self._one_by_one(cells)
        # Python takes 1_000 and infinity for numbers
        if np.isinf(values).any() or "_" in "".join(usual):
            return self._one_by_one(cells)
        return values, []

    def _one_by_one(self, cells: Sequence[str]) -> tuple[Array, list[int]]:
        values, wrong = np.full(len(cells), np.nan), []
        for i, cell in enumerate(cells):
            value = self.number(cell)
            if value is not None:
                values[i] = value
            elif not is_gap(cell):
                wrong.append(i)
        return values, wrong


def _without_currency(text: str) -> str:
    """A text without the sign of a currency before or behind it."""
    if text[:1] in tuple(CURRENCIES):
        return text[1:]
    return text[:-1] if text[-1:] in tuple(CURRENCIES) else text


@cache
def _patterns(notation: Notation) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Numbers without and with a sign between thousands."""
    mark = re.escape(DECIMALS[notation.decimal])
    power = r"(?:[eE][+-]?\d+)?"
    plain = re.compile(rf"[+-]?(?:\d+(?:{mark}\d*)?|{mark}\d+){power}")
    signs = POSSIBLE[notation.thousands]
    if not signs or notation.decimal == notation.thousands:
        return plain, None
    groups = "|".join(rf"(?:{re.escape(sign)}\d{{3}})+" for sign in signs)
    return plain, re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{groups})(?:{mark}\d*)?{power}")


# in the order in which they are preferred where several read as much
NOTATIONS = tuple(
    Notation(decimal, thousands)
    for thousands in ("none", "comma", "point", "space", "apostrophe")
    for decimal in ("point", "comma")
    if decimal != thousands
)


@lru_cache(1 << 15)  # the same dates come again and again
def days(text: str) -> tuple[float | None, float | None]:
    """Days since 1970 of a date, if 3/5 is the fifth of March, and if it is the third of May.

    Both are the same where the order is clear, and None where it makes no date.
    """
    text = text.strip()
    if match := YEAR_FIRST.fullmatch(text):
        year, _, month, day, *time = match.groups()
        found = _days(year, month, day, time)
        return found, found
    if match := CHINESE.fullmatch(text):
        year, month, day = match.groups()
        found = _days(year, month, day or "1", ())
        return found, found
    if match := YEAR_LAST.fullmatch(text):
        first, sign, second, year, *time = match.groups()
        if len(year) == 2:
            year = f"{19 if int(year) > 68 else 20}{year}"
        day_first = _days(year, second, first, time)
        return day_first if sign == "." else _days(year, first, second, time), day_first
    return None, None


def _days(year: str, month: str, day: str, time: Sequence[str | None]) -> float | None:
    try:
        whole = date(int(year), int(month), int(day)).toordinal() - EPOCH
    except ValueError:
        return None
    hour, minute, second, zone = (*time, *[None] * 4)[:4]
    if hour is None:
        return float(whole)
    hours, minutes, seconds = int(hour), int(minute or 0), float(second or 0)
    if hours > 24 or minutes > 59 or seconds >= 61:
        return None
    if zone and zone != "Z":
        east = int(zone[1:3]) * 60 + int(zone[-2:])
        minutes -= east if zone[0] == "+" else -east
    return whole + (hours + (minutes + seconds / 60) / 60) / 24


class Days:
    """The days of a column's dates, in the order of day and month that fits all of them."""

    def __init__(self) -> None:
        self._month_first: list[Array] = []
        self._day_first: list[Array] = []
        self.month_fits = self.day_fits = True
        self.both_differ = False

    def add(self, cells: Sequence[str]) -> list[int]:
        """Read more cells, NaN where there are gaps; returns the places of what is no date."""
        found: list[tuple[float, float]] = []
        wrong = []
        for i, cell in enumerate(cells):
            month_first, day_first = days(cell)
            if month_first is None and day_first is None and not is_gap(cell):
                wrong.append(i)
            elif month_first is None and day_first is not None:
                self.month_fits = False
                if not self.day_fits:
                    wrong.append(i)
            elif day_first is None and month_first is not None:
                self.day_fits = False
                if not self.month_fits:
                    wrong.append(i)
            self.both_differ |= month_first != day_first
            found.append((_or_nan(month_first), _or_nan(day_first)))
        both = np.array(found, dtype=float).reshape(-1, 2)
        self._month_first.append(both[:, 0])
        self._day_first.append(both[:, 1])
        return wrong

    @property
    def ambiguous(self) -> bool:
        """Whether the dates could be read in both orders, and would be different ones."""
        return self.both_differ and self.month_fits and self.day_fits

    def values(self) -> Array:
        """All days, (N,) float64."""
        return np.concatenate(self._month_first if self.month_fits else self._day_first)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value
