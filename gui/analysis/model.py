"""The rows of the analysis as a table that can be sorted."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QWidget

from engine.layers import CATALOGUE
from engine.spec.problems import ERROR, Problem
from gui.box import UNKNOWN_ICON
from gui.network_table import COLUMNS, NUMBERS, Row, headings
from gui.theme import category_colour, colour, icon
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SORT = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LayerModel(QAbstractTableModel):
    """One row a box; `rows` are in the order of computing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.marks: dict[str, str] = {}  # severity of the worst problem, by box

    def show(self, rows: list[Row], problems: tuple[Problem, ...]) -> None:
        """Show other rows; the same boxes keep their places and their selection."""
        self.marks = {}
        for problem in problems:
            if problem.nodes and self.marks.get(problem.nodes[0]) != ERROR:
                self.marks[problem.nodes[0]] = problem.severity
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = rows
            last = self.index(len(rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.text(column) or "–"  # an empty cell, for ears
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column in NUMBERS else LEFT
            case Qt.ItemDataRole.UserRole:
                value = getattr(row, column)
                return -1 if value is None else value
            case Qt.ItemDataRole.DecorationRole if column == "name":
                layer = CATALOGUE.get(row.kind)
                tint = category_colour(layer.category if layer else "")
                return icon(layer.icon if layer else UNKNOWN_ICON, tint)
            case Qt.ItemDataRole.ForegroundRole if column == "number":
                return colour("faint")
            case Qt.ItemDataRole.ForegroundRole if row.id in self.marks and column == "name":
                return colour("error" if self.marks[row.id] == ERROR else "warning")
        return None

    def _tip(self, row: Row, column: str) -> str:
        """What does not fit into a cell: each sum on a line of its own."""
        if column == "memory" and row.memory_how:
            return tr("analysis.memory.how", sum=row.memory_how)
        return row.text(column).replace("; ", "\n")

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # as Qt has it
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return headings()[section]
            case Qt.ItemDataRole.ToolTipRole:
                return tr(f"analysis.{column}.tip")
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column in NUMBERS else LEFT
        return None


class Sorted(QSortFilterProxyModel):
    """The rows sorted by a column, or in the order of computing."""

    def __init__(self, model: LayerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers = model
        self.setSourceModel(model)
        self.setSortRole(SORT)
        self.setSortLocaleAware(True)

    def row(self, line: int) -> Row:
        """The row that stands in a line."""
        return self.layers.rows[self.mapToSource(self.index(line, 0)).row()]

    @property
    def shown(self) -> list[Row]:
        """All rows as they are sorted."""
        return [self.row(line) for line in range(self.rowCount())]
