"""Curves to take away: as a picture for a report, as tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from engine.spec.history import History
from gui.exporting import Cell, save_picture, save_table
from gui.words import tr


def epoch_rows(history: History) -> Iterator[list[Cell]]:
    """A heading and one row an epoch."""
    names = list(dict.fromkeys(name for record in history.epochs for name in record))
    yield ["epoch", *names]
    for number, record in enumerate(history.epochs, 1):
        yield [number, *(record.get(name, "") for name in names)]


def batch_rows(history: History) -> Iterator[list[Cell]]:
    """A heading and one row a batch."""
    names = list(history.steps)
    yield ["batch", "epoch", *names]
    for i in range(history.count):
        epoch = i // history.batches + 1 if history.batches else ""
        values = (history.steps[n][i] if i < len(history.steps[n]) else "" for n in names)
        yield [i + 1, epoch, *values]


def export(kind: str, history: History, panel: QWidget) -> None:
    """Ask for a file and write "picture", "epochs" or "batches" to it; say so if that fails."""
    title, proposal = tr(f"plots.export.{kind}"), tr("plots.file.proposal")
    if kind == "picture":
        save_picture(panel, title, proposal)
    else:
        rows = epoch_rows(history) if kind == "epochs" else batch_rows(history)
        save_table(panel, title, proposal, rows)
