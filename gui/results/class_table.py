"""Precision, recall, F1 and support of each class, with the means below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.formats import count, percent
from gui.results.scores import ClassScores, Naming
from gui.sizes import least
from gui.theme import STEP, colour, font, px, theme
from gui.words import tr

COLUMNS = ("class", "precision", "recall", "f1", "support")
MEANS = ("macro", "weighted")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW, NAME, NUMBER = 24, 96, 66  # pixels


class ClassModel(QAbstractTableModel):
    """One row a class, and two of means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[list[str]] = []
        self.classes = 0

    def show(self, scores: ClassScores, name: Naming) -> None:
        """Show other numbers; rows keep their places where they can."""
        columns = zip(scores.precision, scores.recall, scores.f1, scores.support, strict=True)
        rows = [
            [name(k), *(percent(float(share)) for share in row[:3]), count(int(row[3]))]
            for k, row in enumerate(columns)
        ]
        total = count(int(scores.support.sum()))
        for key, mean in zip(MEANS, (scores.macro, scores.weighted), strict=True):
            rows.append([tr(f"results.mean.{key}"), *map(percent, mean), total])
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        self.classes = len(scores.support)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # as Qt has it
        is_mean = index.row() >= self.classes
        match role:
            case Role.DisplayRole:
                return self.rows[index.row()][index.column()]
            case Role.TextAlignmentRole if index.column():
                return RIGHT
            case Role.FontRole if is_mean:
                return font(bold=True)
            case Role.ForegroundRole if is_mean:
                return colour("faint")
            case Role.ToolTipRole if is_mean:
                return tr(f"results.mean.{MEANS[index.row() - self.classes]}.tip")
            case Role.ToolTipRole:
                return tr(f"results.column.{COLUMNS[index.column()]}.tip")
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal:
            return None
        match role:
            case Role.DisplayRole:
                return tr(f"results.column.{COLUMNS[section]}")
            case Role.ToolTipRole:
                return tr(f"results.column.{COLUMNS[section]}.tip")
            case Role.TextAlignmentRole if section:
                return RIGHT
        return None


class ClassTable(QTableView):
    """Rows are chosen as a whole: `picked` tells the class."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scores = ClassModel(self)
        self.setModel(self.scores)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._pick)
        least(self, NAME + 4 * NUMBER + 3 * STEP)
        theme.resized.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Sizes and words anew."""
        self.verticalHeader().setDefaultSectionSize(px(ROW))
        for column in range(1, len(COLUMNS)):
            self.setColumnWidth(column, px(NUMBER))
        self.horizontalHeader().setMinimumSectionSize(px(NUMBER) // 2)
        self.setAccessibleName(tr("results.classes"))
        self.scores.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def _pick(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < self.scores.classes:
            self.picked.emit(index.row())
