"""The options that several layer types have in common, as far as one editor fits them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.layers.base import CATALOGUE
from engine.spec.options import Choice, Option, Real, Record, Whole, options_of

# options of the same name that mean another thing in these layer types
OTHERWISE = {("groups", "group_norm"), ("noise", "augment"), ("initial_value", "prelu")}


def common_options(kinds: Sequence[str]) -> dict[str, Option]:
    """What all `kinds` accept, by name, in the order of the first; each with the first's default.

    Numbers have the bounds that suit all of them, choices what can be chosen in all.
    """
    different = list(dict.fromkeys(kinds))
    first, *rest = [options_of(CATALOGUE[k]) if k in CATALOGUE else {} for k in different]
    for kind, table in zip(different[1:], rest, strict=True):
        found = {}
        for name, option in first.items():
            alike = name in table and _means_the_same(name, different[0], kind)
            both = shared(option, table[name]) if alike else None
            if both is not None:
                found[name] = both
        first = found
    return {name: option for name, option in first.items() if not isinstance(option, Record)}


def _means_the_same(name: str, one: str, other: str) -> bool:
    return ((name, one) in OTHERWISE) == ((name, other) in OTHERWISE)


def shared(one: Option, other: Option) -> Option | None:
    """An option that accepts what both accept; None if there is none, or another editor fits."""
    if one == other:
        return one
    if type(one) is not type(other):
        return None
    is_advanced = one.advanced and other.advanced
    shown = one.shown_when if one.shown_when == other.shown_when else None
    one = replace(one, advanced=is_advanced, shown_when=shown)
    if isinstance(one, Choice) and isinstance(other, Choice):
        both = tuple(c for c in one.choices if c in other.choices)
        return replace(one, choices=both) if both else None
    unit = one.unit if one.unit == other.unit else ""
    if isinstance(one, Whole) and isinstance(other, Whole):
        low, high = max(one.low, other.low), min(one.high, other.high)
        return replace(one, low=low, high=high, unit=unit) if low < high else None
    if isinstance(one, Real) and isinstance(other, Real):
        least, most = max(one.low, other.low), min(one.high, other.high)
        factors = one.logarithmic and other.logarithmic
        if least >= most:
            return None
        return replace(one, low=least, high=most, unit=unit, logarithmic=factors)
    return one
