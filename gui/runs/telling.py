"""What a run came to, in numbers and words: for the table of runs and for its copy as text."""

from __future__ import annotations

from dataclasses import dataclass

from engine.layers import CATALOGUE
from engine.spec.difference import difference
from engine.spec.history import History, best
from engine.spec.runs import Record
from gui import formats
from gui.difference_words import Teller
from gui.quantities import PAIRS, SHARES, VALIDATION, quantity_name, value_text
from gui.words import tr

MOST_CHANGES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One run as people read it. `curve` is what the small picture shows, epoch by epoch."""

    number: int
    name: str
    curve: tuple[float, ...]
    result: str  # the last validation value
    best: str  # the best one, and its epoch
    epochs: str
    time: str
    changes: str  # from the run before
    note: str
    is_starred: bool = False
    is_present: bool = False
    has_weights: bool = False


def told(record: Record, before: Record | None, is_present: bool = False) -> Told:
    """One run, and what is different from the run before it."""
    history = History.from_json(record.history)
    name = main_quantity(history)
    key = VALIDATION + name
    values = tuple(epoch.get(key, epoch.get(name, float("nan"))) for epoch in history.epochs)
    found = best(history.epochs, key, largest=name in SHARES)
    seconds = sum(epoch.get("seconds", 0.0) for epoch in history.epochs)
    quantity = quantity_name(name)
    last = value_text(name, values[-1]) if values else ""
    return Told(
        record.number,
        _name(record, is_present),
        values,
        tr("runs.value", quantity=quantity, value=last) if values else "",
        tr("runs.best", value=value_text(name, found[1]), epoch=found[0] + 1) if found else "",
        formats.count(len(history.epochs)),
        formats.duration(seconds),
        changes_text(before, record),
        record.note,
        record.is_starred,
        is_present,
        record.weights is not None,
    )


def main_quantity(history: History) -> str:
    """What the run is judged by: accuracy where there is one, or else its loss."""
    names = {*history.steps, *(name for epoch in history.epochs[-1:] for name in epoch)}
    for _, measure in PAIRS:
        if measure in names:
            return measure
    return "loss"


def _name(record: Record, is_present: bool) -> str:
    if is_present:
        return tr("runs.present", number=record.number)
    when = record.began.replace("T", " ")[5:]  # month and day, hours and minutes
    return tr("runs.name", number=record.number, when=when).strip()


def changes_text(before: Record | None, record: Record) -> str:
    """What was changed since the run before; the first has nothing to be compared with."""
    if before is None:
        return ""
    found = difference(before.document, record.document, CATALOGUE.get)
    lines = [line.text for line in Teller(before.document, record.document, found).lines()]
    if not lines:
        return tr("runs.same")
    more = len(lines) - MOST_CHANGES
    shown = lines[:MOST_CHANGES] + ([tr("runs.more", count=more)] if more > 0 else [])
    return "; ".join(shown)
