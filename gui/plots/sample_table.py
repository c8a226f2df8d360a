"""Validation samples that are rows of numbers, as a table; wrong rows are marked."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.class_names import feature_name, tokens_text
from gui.formats import percent
from gui.plots.answers import Answers
from gui.plots.pictures import BEST, NOWHERE, Index, sentence
from gui.theme import STEP, colour, icon
from gui.words import tr

MOST_FEATURES = 12
ROOMY = 6  # so many features have headings of two lines; more have narrow columns
PLACES = 2  # behind the point, of every feature
TAIL = ("true", "predicted", "confidence")  # columns behind the features
WASH = 36  # opacity of the colour behind wrong rows


class SampleModel(QAbstractTableModel):
    """A mark, the features as the network receives them, and what it made of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: Answers | None = None
        self.rows: list[int] = []
        self.is_standardised = False  # whether the features are brought to mean 0, deviation 1

    @property
    def features(self) -> int:
        """Number of columns for the features; tokens, which are words, have one together."""
        if self.answers is None or self.answers.inputs.ndim != 2:
            return 0
        if self.has_tokens:
            return 1
        return min(int(self.answers.inputs.shape[1]), MOST_FEATURES)

    @property
    def has_tokens(self) -> bool:
        """Whether samples are sequences of whole numbers that name something."""
        return self.answers is not None and np.issubdtype(self.answers.inputs.dtype, np.integer)

    def show(self, answers: Answers, rows: list[int]) -> None:
        """Show these samples; rows and columns change only if they must."""
        before = len(self.rows), self.features
        self.answers, new = answers, rows
        if before == (len(new), self.features):
            self.rows = new
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(new) - 1, self.columnCount() - 1)
            )
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        else:
            self.beginResetModel()
            self.rows = new
            self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 1 + self.features + len(TAIL)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        if self.answers is None or not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        wrong = bool(self.answers.wrong[row])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(self.answers, row, column)
            case Qt.ItemDataRole.DecorationRole if column == 0:
                tint = colour("error" if wrong else "good")
                return icon("mdi6.close-thick" if wrong else "mdi6.check", tint)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ForegroundRole if wrong and column > self.features:
                return colour("error")
            case Qt.ItemDataRole.BackgroundRole if wrong:
                wash = colour("error")
                wash.setAlpha(WASH)
                return wash
            case Qt.ItemDataRole.ToolTipRole:
                return self.answers.best_text(row, BEST)
            case Qt.ItemDataRole.AccessibleTextRole if column == 0:
                return sentence(self.answers, row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def _text(self, answers: Answers, row: int, column: int) -> str:
        if column == 0:
            return ""
        if column <= self.features and self.has_tokens:
            return tokens_text(answers.dataset, answers.inputs[row].tolist())
        if column <= self.features:
            return f"{answers.inputs[row, column - 1]:.{PLACES}f}".replace("-", "−")
        match TAIL[column - self.features - 1]:
            case "true":
                return answers.name(answers.true[row])
            case "predicted":
                return answers.name(answers.predicted[row])
        return percent(float(answers.confidence[row]))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # as Qt has it
        if orientation != Qt.Orientation.Horizontal or self.answers is None:
            return None
        is_feature = 1 <= section <= self.features
        if role == Qt.ItemDataRole.DisplayRole:
            if section == 0:
                return ""
            if is_feature and self.has_tokens:
                return tr("plots.column.tokens")
            if is_feature:
                name = feature_name(self.answers.dataset, section - 1)
                is_told = self._is_scaled(section - 1) and self.features <= ROOMY
                return tr("plots.column.scaled", name=name) if is_told else name
            return tr(f"plots.column.{TAIL[section - self.features - 1]}")
        if role == Qt.ItemDataRole.ToolTipRole and is_feature and not self.has_tokens:
            name = feature_name(self.answers.dataset, section - 1)
            help = tr("plots.column.feature.help")
            return f"{name}\n{help}" if self._is_scaled(section - 1) else name
        return None

    def _is_scaled(self, feature: int) -> bool:
        """Whether a feature is standardised; one that is only 0 or 1 names a category."""
        if self.answers is None or not self.is_standardised:
            return False
        return not np.isin(self.answers.inputs[:, feature], (0, 1)).all()


class SampleTable(QTableView):
    """The table; rows are chosen as a whole."""

    chosen = Signal(int)  # number of a sample in the answers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = SampleModel(self)
        self.setModel(self.samples)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(6 * STEP)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setMinimumSectionSize(8 * STEP)
        self.samples.modelReset.connect(self._fit_mark)
        self.selectionModel().currentRowChanged.connect(self._choose)
        self.clicked.connect(self._choose)

    def recolour(self) -> None:
        """Take the colours of the theme in use: a chosen row stays readable."""
        ground, text = colour("hover").name(), colour("text").name()
        self.setStyleSheet(
            f"selection-background-color: {ground}; selection-color: {text}; outline: 0;"
        )

    def _fit_mark(self) -> None:
        if self.samples.columnCount():
            header = self.horizontalHeader()
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(0, 8 * STEP)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))

    def select(self, row: int | None) -> None:
        """Mark a sample, by its number in the answers; None marks nothing."""
        model = self.selectionModel()
        if row is None or row not in self.samples.rows:
            model.clear()
        else:
            index = self.samples.index(self.samples.rows.index(row), 0)
            flags = model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows
            model.setCurrentIndex(index, flags)
