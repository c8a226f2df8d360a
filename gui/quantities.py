"""Names and values of measured quantities as people read them."""

from __future__ import annotations

import math

from gui.formats import number, percent
from gui.words import has, tr

NONE = "–"
SHARES = ("accuracy", "top_5_accuracy")  # quantities between 0 and 1, shown in percent
VALIDATION = "validation_"
PAIRS = (("loss", "accuracy"), ("mean_squared_error", "mean_absolute_error"))  # shown together


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
