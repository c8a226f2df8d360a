"""Numbers as people read them: 121,930; 4.1k; 0:41; 97.2 %; 0.1500; 5.3×10⁻⁵."""

from __future__ import annotations

import math

PLACES = ((1.0, 4), (10.0, 3), (100.0, 2), (1000.0, 1))  # below a limit, digits behind the point
SMALL, LARGE = 1e-4, 999_999.5  # below and from here on, numbers are written with powers of ten
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def count(value: int) -> str:
    """A whole number with separators: 121,930."""
    return f"{value:,}"


def short(value: float) -> str:
    """A rate or size at a glance: 950, 4,120, 12.3k, 2.5M."""
    for limit, divisor, letter in ((999.95e6, 1e9, "G"), (999.95e3, 1e6, "M"), (1e4, 1e3, "k")):
        if abs(value) >= limit:
            return f"{value / divisor:.1f}{letter}"
    return f"{value:,.0f}"


def size(count: int) -> str:
    """An amount of memory: 950 B, 12.3 KiB, 152 MiB, 1.5 GiB."""
    value, unit = float(count), "B"
    for larger in ("KiB", "MiB", "GiB"):
        if value < 1000:
            break
        value, unit = value / 1024, larger
    return f"{count} B" if unit == "B" else f"{value:.{0 if value >= 100 else 1}f} {unit}"


def short_time(seconds: float) -> str:
    """Seconds with two decimals; what took time is never 0.00."""
    return f"{seconds:.2f}" if seconds >= 0.005 else "< 0.01"


def duration(seconds: float) -> str:
    """A duration: 0:41, 12:03, 2:05:00."""
    if not math.isfinite(seconds):
        return "–"
    whole = round(max(seconds, 0.0))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def percent(share: float) -> str:
    """A share as percentage: 97.2 %."""
    return f"{100 * share:.1f} %"


def share(part: float) -> str:
    """A part of a whole at a glance: 64 %, 3 %, < 1 %; what is there is never 0 %."""
    return "< 1 %" if 0.0 < part < 0.01 else f"{100 * part:.0f} %"


def number(value: float) -> str:
    """A measured value: 0.1500, 2.303, 0.00053, 5.3×10⁻⁵, −12.35.

    Numbers of like size have as many digits behind the point, so that they can be compared one
    below the other.
    """
    if math.isnan(value):
        return "NaN"
    size = abs(value)
    sign = "−" if value < 0 else ""
    if math.isinf(value):
        return sign + "∞"
    if value == 0:
        return "0"
    if size < SMALL or size >= LARGE:
        return sign + power_of_ten(size, 1)
    if size < 10 * SMALL:
        return f"{sign}{size:.5f}"
    digits = next((digits for limit, digits in PLACES if round(size, digits) < limit), 0)
    return f"{sign}{size:,.{digits}f}"


def power_of_ten(value: float, digits: int) -> str:
    """A positive number with a power of ten: 5.3×10⁻⁵; just 10⁻⁵ where nothing is lost by it."""
    front, _, exponent = f"{value:.{digits}e}".partition("e")
    power = "10" + str(int(exponent)).translate(RAISED)
    return power if float(front) == 1.0 and digits == 0 else f"{front}×{power}"
