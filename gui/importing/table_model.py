"""The first rows of a table, for a view: cells as they stand in the file, wrong ones marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.data_protocol import TableGlimpse
from engine.spec.options import NO_OPTIONS
from gui.describe import value_text
from gui.formats import count
from gui.importing.columns import Columns
from gui.option_words import hover, option_name
from gui.theme import colour
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
NOTHING = TableGlimpse(NO_OPTIONS, (), frozenset(), (), (), 0, True)
WRONG_ALPHA = 56


class TableModel(QAbstractTableModel):
    """A glimpse of a table, and what its columns are for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.glimpse, self.columns = NOTHING, ()

    columns: Columns

    def show(self, glimpse: TableGlimpse, columns: Columns) -> None:
        """Show another glimpse; one of the same size keeps what is selected."""
        before = self.rowCount(), self.columnCount()
        alike = before == (len(glimpse.cells), len(columns)) and before[0] > 0
        if not alike:
            self.beginResetModel()
        self.glimpse, self.columns = glimpse, columns
        if not alike:
            self.endResetModel()
            return
        self.dataChanged.emit(self.index(0, 0), self.index(before[0] - 1, before[1] - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, before[1] - 1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.glimpse.cells)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; a row may be shorter than others."""
        cells = self.glimpse.cells[row]
        return cells[column] if column < len(cells) else ""

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, place = index.row(), index.column()
        text, column = self.cell(row, place), self.columns[place]
        is_wrong = (row, place) in self.glimpse.wrong
        match role:
            case Role.DisplayRole:
                return text or "–"
            case Role.ForegroundRole:
                is_faint = not text or column.role == "ignored"
                return colour("error" if is_wrong else "faint" if is_faint else "text")
            case Role.BackgroundRole if is_wrong:
                tint = colour("error")
                tint.setAlpha(WRONG_ALPHA)
                return tint
            case Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.type == "number" else 0
                return int(Qt.AlignmentFlag.AlignVCenter | (side or Qt.AlignmentFlag.AlignLeft))
            case Role.ToolTipRole | Role.AccessibleDescriptionRole if is_wrong or not text:
                return self._remark(text, place)
        return None

    def _remark(self, text: str, place: int) -> str:
        """What is odd about a cell, and what becomes of it."""
        column = self.columns[place]
        gaps = tr("import.cell.gap", gaps=value_text("gaps", column.gaps))
        if not text:
            return hover(tr("import.cell.empty"), gaps)
        expected = tr("import.cell.expected", cell=text, type=value_text("type", column.type))
        return hover(tr("import.cell.wrong"), expected, gaps)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return count(section + 1) if role == Role.DisplayRole else None
        if section >= len(self.columns):
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.columns[section].name
        if role in (Role.ToolTipRole, Role.AccessibleDescriptionRole):
            return self._about(section)
        return None

    def _about(self, place: int) -> str:
        """All about a column, for its hover text."""
        column = self.columns[place]
        lines = [
            f"{option_name('column', 'role')}: {value_text('role', column.role)}",
            f"{option_name('column', 'type')}: {value_text('type', column.type)}",
        ]
        if column.type == "category":
            lines.append(tr("import.categories", count=count(self.categories(place))))
        if gaps := self.gaps(place):
            lines.append(tr("import.gaps", count=count(gaps), gaps=value_text("gaps", column.gaps)))
        return hover(column.name, *lines, tr("import.column.hint"))

    def gaps(self, place: int) -> int:
        """How many cells of a column are empty."""
        return self.glimpse.gaps[place] if place < len(self.glimpse.gaps) else 0

    def categories(self, place: int) -> int:
        """How many different texts a column holds."""
        found = self.glimpse.categories
        return found[place] if place < len(found) else 0
