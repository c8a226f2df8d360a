"""The table of runs: the present one first, then the earlier ones, the newest first."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.spec.runs import Record
from gui.runs.book import RunsBook
from gui.runs.telling import Told, told
from gui.theme import colour, font, icon, tag_colour
from gui.words import tr

COLUMNS = ("star", "shown", "name", "curve", "result", "best", "epochs", "time", "changes", "note")
STAR, SHOWN, CURVE, NOTE = (COLUMNS.index(name) for name in ("star", "shown", "curve", "note"))
COLOURS = ("orange", "green", "purple", "red", "sky", "yellow")  # of curves, in turn
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


def curve_colour(number: int) -> str:
    """The colour in which a run's curves are drawn."""
    return COLOURS[(number - 1) % len(COLOURS)]


class RunsModel(QAbstractTableModel):
    """Follows the book while it is asked to."""

    def __init__(self, book: RunsBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.rows: list[Told] = []
        self._known: list[tuple[Record, Record | None, Told]] = []  # of the earlier runs

    def refresh(self) -> None:
        """Show the runs as they are now."""
        rows = self._told()
        if [row.number for row in rows] == [row.number for row in self.rows]:
            self.rows = rows
            last = self.index(len(rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def retell(self) -> None:
        """Say everything anew, in another language."""
        self._known.clear()
        self.refresh()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def _told(self) -> list[Told]:
        present, before = self.book.present(), None
        known = {record.number: (record, earlier, row) for record, earlier, row in self._known}
        self._known = []
        for record in self.book.records:
            was = known.get(record.number)
            is_same = was is not None and was[0] is record and was[1] is before
            row = was[2] if was is not None and is_same else told(record, before)
            self._known.append((record, before, row))
            before = record
        rows = [row for _, _, row in self._known]
        if present is not None:
            rows.append(told(present, before, is_present=True))
        return rows[::-1]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal:
            return None
        name = COLUMNS[section]
        if role == Role.DisplayRole:
            return "" if name in ("star", "shown") else tr(f"runs.column.{name}")
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return tr(f"runs.column.{name}.tip")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        kinds = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.rows[index.row()].is_present:
            if index.column() == NOTE:
                kinds |= Qt.ItemFlag.ItemIsEditable
            if index.column() == SHOWN:
                kinds |= Qt.ItemFlag.ItemIsUserCheckable
        return kinds

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, name = self.rows[index.row()], COLUMNS[index.column()]
        match role:
            case Role.DisplayRole | Role.EditRole if name not in ("star", "shown", "curve"):
                return getattr(row, name)
            case Role.UserRole if name == "curve":
                return row.curve
            case Role.CheckStateRole if name == "shown" and not row.is_present:
                is_on = row.number in self.book.overlaid
                return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
            case Role.DecorationRole if name == "star" and not row.is_present:
                tone = colour("accent") if row.is_starred else colour("faint")
                return icon("mdi6.star" if row.is_starred else "mdi6.star-outline", tone)
            case Role.DecorationRole if name == "name":
                return self._sign(row)
            case Role.FontRole if row.is_present:
                return font(bold=True)
            case Role.ToolTipRole:
                return self._tip(row, name)
            case Role.AccessibleTextRole if name in ("star", "shown", "curve"):
                return self._tip(row, name)
            case Role.AccessibleTextRole:
                return getattr(row, name) or "–"  # an empty cell, for ears
        return None

    def _sign(self, row: Told) -> Any:
        if row.is_present:
            return icon("mdi6.play-circle-outline", colour("training"))
        if row.number in self.book.overlaid:
            return icon("mdi6.chart-line-variant", tag_colour(curve_colour(row.number)))
        return icon("mdi6.history", colour("faint"))

    def _tip(self, row: Told, name: str) -> str:
        match name:
            case "star":
                return tr("runs.star.off" if row.is_starred else "runs.star.on")
            case "shown":
                return tr("runs.shown.tip")
            case "curve":
                return tr("runs.column.curve.tip")
            case "note":
                return row.note or tr("runs.column.note.tip")
            case "name":
                return tr("runs.weights" if row.has_weights else "runs.no_weights")
        return str(getattr(row, name))

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        row = self.rows[index.row()]
        if role == Role.CheckStateRole and index.column() == SHOWN:
            self.book.overlay(row.number, Qt.CheckState(value) == Qt.CheckState.Checked)
            return True
        if role == Role.EditRole and index.column() == NOTE:
            self.book.write_note(row.number, str(value))
            return True
        return False
