"""Plots and tables to take away: as a picture for a report, as rows for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.words import tr

Cell = str | int | float


def write_table(path: Path, rows: Iterable[list[Cell]]) -> None:
    """Write rows as comma-separated values. OSError if the file cannot be written."""
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def save_picture(panel: QWidget, title: str, proposal: str) -> None:
    """Ask for a file and write what a panel shows; say so if that fails."""
    path = _ask(panel, title, proposal, ".png", "plots.file.png")
    if path is not None:
        _attempt(panel, path, lambda: _write_picture(panel, path))


def save_vector(panel: QWidget, title: str, proposal: str) -> None:
    """Ask for a file and write what a panel shows, in lines and letters; say so if that fails."""
    path = _ask(panel, title, proposal, ".svg", "plots.file.svg")
    if path is not None:
        _attempt(panel, path, lambda: _write_vector(panel, path))


def save_table(panel: QWidget, title: str, proposal: str, rows: Iterable[list[Cell]]) -> None:
    """Ask for a file and write rows; say so if that fails."""
    path = _ask(panel, title, proposal, ".csv", "plots.file.csv")
    if path is not None:
        _attempt(panel, path, lambda: write_table(path, rows))


def _ask(panel: QWidget, title: str, proposal: str, ending: str, words: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(panel, title, proposal + ending, tr(words))
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(ending)


def _write_picture(panel: QWidget, path: Path) -> None:
    if not panel.grab().save(str(path), "PNG"):
        raise OSError(tr("plots.export.refused"))


def _write_vector(panel: QWidget, path: Path) -> None:
    path.write_bytes(b"")  # OSError here, because the generator would only say a warning
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(panel.size())
    generator.setViewBox(panel.rect())
    panel.render(generator, QPoint())


def _attempt(panel: QWidget, path: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as error:
        reason = error.strerror or str(error)
        text = tr("plots.export.failed", file=path.name, reason=reason)
        QMessageBox.warning(panel, tr("plots.export"), text)
