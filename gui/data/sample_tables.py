"""Rows of a table as they stand in the file and as the network receives them, side by side."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import Array, Shown
from gui.class_names import DataName, feature_name, target_name
from gui.column_names import categories_of, column_title
from gui.data.stages import stage_name, target_text
from gui.exporting import Cell
from gui.formats import count, number
from gui.theme import STEP, colour
from gui.words import tr

MOST = 60  # columns
NOWHERE = QModelIndex()
ROUNDING = 1e-9  # smaller numbers are what scaling leaves of 0
NARROWEST = 64  # pixels of a column
Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Cells of numbers, with texts instead where numbers stand for categories."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_raw = False
        self.values: Array = np.zeros((0, 0))
        self.names: list[str] = []
        self.categories: list[tuple[str, ...]] = []
        self.targets: list[str] = []
        self.rows: list[int] = []

    def show(
        self,
        values: Array,
        names: list[str],
        categories: list[tuple[str, ...]],
        targets: list[str],
        rows: list[int],
    ) -> None:
        """Show other rows; the target, if there is one, is the last column."""
        self.beginResetModel()
        self.values, self.names, self.categories = values[:, :MOST], names, categories
        self.targets, self.rows = targets, rows
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.values)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.names)

    @property
    def shown(self) -> int:
        """Columns of values; the one behind them is the target."""
        return int(self.values.shape[1])

    def text(self, row: int, column: int) -> str:
        """What a cell shows: a number, the text it stands for, or a dash where it is empty."""
        if column >= self.shown:
            return self.targets[row]
        value = float(self.values[row, column])
        if math.isnan(value):
            return "–"
        categories = self.categories[column] if column < len(self.categories) else ()
        if categories and value.is_integer() and 0 <= value < len(categories):
            return categories[int(value)]
        return cell_text(value, self.is_raw)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        is_empty = column < self.shown and math.isnan(float(self.values[row, column]))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                words = tr("shown.cell.empty") if is_empty else self.text(row, column)
                return f"{self.names[column]}: {words}"
            case Qt.ItemDataRole.ForegroundRole if is_empty:
                return colour("error")
            case Qt.ItemDataRole.ForegroundRole if column >= self.shown:
                return colour("accent")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # as Qt has it
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Vertical:
                return count(self.rows[section] + 1)
            return self.names[section]
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self.names[section]
        return None


def cell_text(value: float, is_raw: bool) -> str:
    """A number in a table; one that was read as short as it was written."""
    if value.is_integer() and abs(value) < 1e6:
        return f"{int(value):,}".replace("-", "−")
    if is_raw:
        return f"{value:.6g}".replace("-", "−")
    return number(0.0 if abs(value) < ROUNDING else value)


class Rows(QTableView):
    """One of the two tables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_of_rows = RowsModel(self)
        self.setModel(self.model_of_rows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(6 * STEP)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(NARROWEST)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )

    def fit(self) -> None:
        """Columns as broad as their content, or the whole room if there are few."""
        header = self.horizontalHeader()
        few = self.model_of_rows.columnCount() * 1.3 * NARROWEST <= self.width()
        modes = QHeaderView.ResizeMode
        header.setSectionResizeMode(modes.Stretch if few else modes.ResizeToContents)

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        ground, text = colour("hover").name(), colour("text").name()
        self.setStyleSheet(
            f"selection-background-color: {ground}; selection-color: {text}; outline: 0;"
        )


class SampleTables(QWidget):
    """The rows before and after preparing; both scroll and are chosen together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.raw, self.prepared = Rows(self), Rows(self)
        self.raw.model_of_rows.is_raw = True
        self.titles = {"raw": QLabel(self), "prepared": QLabel(self)}
        self.sides = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, 0, 2 * STEP, STEP)
        row.setSpacing(3 * STEP)
        for name, table in (("raw", self.raw), ("prepared", self.prepared)):
            side, title = QWidget(self), self.titles[name]
            title.setObjectName("faint")
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(STEP)
            column.addWidget(title)
            column.addWidget(table, 1)
            row.addWidget(side, 1)
            self.sides[name] = side
        one, other = self.raw.verticalScrollBar(), self.prepared.verticalScrollBar()
        one.valueChanged.connect(other.setValue)
        other.valueChanged.connect(one.setValue)
        for table, twin in ((self.raw, self.prepared), (self.prepared, self.raw)):
            table.clicked.connect(lambda index, twin=twin: twin.selectRow(index.row()))

    def show_data(self, shown: Shown, dataset: DataName, stage: str) -> None:
        """Show other rows; `stage` says which of the two tables."""
        views = shown.samples
        places = [int(row) for row in views.rows]
        targets = [target_text(shown, dataset, i) for i in range(len(places))]
        last = tr("shown.class.column") if shown.classes else target_name(dataset)
        raw = views.raw.reshape(len(places), -1)
        names = [column_title(view, i, dataset) for i, view in enumerate(shown.columns)]
        names = names if len(names) >= min(raw.shape[1], MOST) else _numbered(raw, dataset)
        kinds = [categories_of(view, dataset) for view in shown.columns]
        self.raw.model_of_rows.show(
            raw, [*names[: min(raw.shape[1], MOST)], last], kinds, targets, places
        )
        flat = views.prepared.reshape(len(places), -1)
        after = [*_numbered(flat, dataset)[:MOST], last]
        targets = [target_text(shown, dataset, i, is_scaled=True) for i in range(len(places))]
        self.prepared.model_of_rows.show(flat, after, [], targets, places)
        for name, side in self.sides.items():
            side.setVisible(stage in ("both", name))
            self.titles[name].setText(stage_name(name))
        for table in (self.raw, self.prepared):
            table.fit()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.raw.recolour()
        self.prepared.recolour()

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        """Both tables, the prepared columns behind the raw ones."""
        raw, after = self.raw.model_of_rows, self.prepared.model_of_rows
        yield ["sample", *raw.names[:-1], *(f"→ {name}" for name in after.names)]
        for i, place in enumerate(raw.rows):
            texts = [raw.text(i, j) for j in range(raw.shown)]
            yield [place + 1, *texts, *after.values[i].tolist(), after.targets[i]]


def _numbered(values: Array, dataset: DataName) -> list[str]:
    return [feature_name(dataset, i) for i in range(values.shape[1])]
