"""Curves to take away: as a picture for a report, as tables for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.spec.history import History
from gui.words import tr

Cell = str | int | float


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


def write_table(path: Path, rows: Iterator[list[Cell]]) -> None:
    """Write rows as comma-separated values. OSError if the file cannot be written."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def export(kind: str, history: History, panel: QWidget) -> None:
    """Ask for a file and write "picture", "epochs" or "batches" to it; say so if that fails."""
    ending, words = (".png", "plots.file.png") if kind == "picture" else (".csv", "plots.file.csv")
    proposal = tr("plots.file.proposal") + ending
    title = tr(f"plots.export.{kind}")
    chosen, _ = QFileDialog.getSaveFileName(panel, title, proposal, tr(words))
    if not chosen:
        return
    path = Path(chosen)
    path = path if path.suffix else path.with_suffix(ending)
    try:
        if kind == "picture":
            if not panel.grab().save(str(path), "PNG"):
                raise OSError(tr("plots.export.refused"))
        else:
            write_table(path, epoch_rows(history) if kind == "epochs" else batch_rows(history))
    except OSError as error:
        reason = error.strerror or str(error)
        text = tr("plots.export.failed", file=path.name, reason=reason)
        QMessageBox.warning(panel, tr("plots.export"), text)
