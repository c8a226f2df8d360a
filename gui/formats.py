"""Numbers as people read them: 121,930; 4.1k; 0:41; 97.2 %."""

from __future__ import annotations

import math


def count(value: int) -> str:
    """A whole number with separators: 121,930."""
    return f"{value:,}"


def short(value: float) -> str:
    """A rate or size at a glance: 950, 4.1k, 2.5M."""
    for limit, divisor, letter in ((1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if abs(value) >= limit:
            return f"{value / divisor:.1f}{letter}"
    return f"{value:,.0f}"


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


def number(value: float) -> str:
    """A measured value with four significant digits."""
    return f"{value:.4g}"
