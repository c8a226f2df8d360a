"""What a person changed while a run went on, in words."""

from __future__ import annotations

from collections.abc import Sequence

from engine.spec.history import Mark
from engine.spec.options import Value, options_of
from engine.spec.training import TrainingOptions
from gui.hover_card import Row
from gui.option_words import TRAINING, option_name, shown_value
from gui.theme import colour
from gui.words import tr

OPTIONS = options_of(TrainingOptions)


def change_rows(marks: Sequence[Mark], batch: int, near: float) -> list[Row]:
    """The changes within `near` batches of one; options of a later version are left out."""
    return [
        (colour("accent").name(), option_name(TRAINING, name), change_text(name, *both))
        for mark in marks
        if abs(mark.step - batch) <= near
        for name, both in mark.changes.items()
        if name in OPTIONS
    ]


def change_text(name: str, before: Value, after: Value) -> str:
    """Before and after: 0.001 → 0.0001."""
    option = OPTIONS[name]
    values = {"before": shown_value(option, before), "after": shown_value(option, after)}
    return tr("plots.mark", **values)
