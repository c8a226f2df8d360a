"""Names and values of measured quantities as people read them."""

from __future__ import annotations

import math

from gui.formats import number, percent
from gui.plots.curve_plot import SHARES
from gui.words import has, tr

NONE = "–"


def quantity_name(name: str) -> str:
    """The name of a quantity; one without words is named as the engine names it."""
    key = f"plots.quantity.{name}"
    return tr(key) if has(key) else name.replace("_", " ")


def value_text(name: str, value: float | None) -> str:
    """A value of a quantity: 0.1234, 97.2 %, or a dash if there is none."""
    if value is None:
        return NONE
    if math.isnan(value):
        return tr("plots.not_a_number")
    return percent(value) if name in SHARES and math.isfinite(value) else number(value)
