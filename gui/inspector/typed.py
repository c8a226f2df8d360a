"""Numbers as people type them: decimal comma, full-width digits, and steps by round factors."""

from __future__ import annotations

import math
import re
import unicodedata

BEGUN = re.compile(r"[-+]?\d*\.?\d*([eE][-+]?\d*)?")  # what may yet become a number
GROUPED = re.compile(r"\d{1,3}(,\d{3})+")  # 121,930
WHOLE = re.compile(r"[-+]?\d{1,12}")


def whole_number(text: str) -> int | None:
    """The whole number that a text means, or None."""
    clean = unicodedata.normalize("NFKC", text).replace(" ", "")
    if GROUPED.fullmatch(clean):
        clean = clean.replace(",", "")
    return int(clean) if WHOLE.fullmatch(clean) else None


def real_number(text: str) -> float | None:
    """The finite number that a text means, or None."""
    try:
        found = float(plain(text))
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def may_become_number(text: str) -> bool:
    """Whether more typing can turn a text into a number."""
    return BEGUN.fullmatch(plain(text)) is not None


def neighbour(value: float, up: bool) -> float:
    """The next of … 0.1, 0.2, 0.5, 1, 2, 5, 10 … above or below a positive value."""
    power = math.floor(math.log10(value))
    ladder = [float(f"{factor}e{power + shift}") for shift in (-1, 0, 1) for factor in (1, 2, 5)]
    if up:
        return next(step for step in ladder if step > value * (1 + 1e-9))
    return next(step for step in reversed(ladder) if step < value * (1 - 1e-9))


def plain(text: str) -> str:
    """A typed number as Python writes it: 0,001 and ０。００１ become 0.001."""
    normal = unicodedata.normalize("NFKC", text).replace("。", ".").replace(" ", "")
    return normal.replace(",", ".") if normal.count(",") == 1 and "." not in normal else normal
