"""Classical methods and the network in one table: is the network worth its trouble?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import MethodScores, Shown
from engine.spec.options import NO_OPTIONS
from gui.class_names import DataName
from gui.data.comparison import Comparison, Scores, scores_of
from gui.exporting import Cell
from gui.file_words import refusal_text
from gui.formats import count, number, percent, short_time
from gui.run import Run
from gui.sizes import fixed
from gui.theme import FONT_POINTS, STEP, font
from gui.words import tr

PARTS = ("training", "validation", "test")
FIGURES = ("accuracy", "r2", "mean_absolute_error", "mean_squared_error")
ROW = 21
UNKNOWN = "–"


class CompareView(QWidget):
    """A button that starts it, how far it is, and the table, with the network in the last row."""

    def __init__(self, comparison: Comparison, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comparison, self.run = comparison, run
        self.box = NO_OPTIONS  # of the data box
        self.start, self.cancel = QPushButton(self), QPushButton(self)
        self.figure, self.progress = QComboBox(self), QProgressBar(self)
        self.line = QLabel(self)
        self.table = QTableWidget(self)
        self._set_up()
        self._lay_out()
        comparison.changed.connect(self.refresh)
        run.points_added.connect(self._follow)
        run.history_replaced.connect(self._follow)
        run.status_changed.connect(self._follow)

    def _set_up(self) -> None:
        self.line.setWordWrap(True)
        self.line.setObjectName("faint")
        self.progress.setTextVisible(False)
        fixed(self.progress, 40 * STEP)
        self.start.clicked.connect(lambda: self.comparison.begin(self.box))
        self.cancel.clicked.connect(self.comparison.cancel)
        self.figure.activated.connect(lambda _: self.refresh())
        table = self.table
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.setColumnCount(2 + len(PARTS))
        table.horizontalHeader().setHighlightSections(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        for widget in (self.start, self.figure, self.progress, self.cancel):
            row.addWidget(widget)
        row.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        column.setSpacing(STEP)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_data(self, shown: Shown, dataset: DataName, stage: str) -> None:
        """Follow the data box, the language and the colours."""
        self.refresh()

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show what is known now."""
        rows = self.comparison.rows(self.box)
        is_busy = bool(self.comparison.task) and self.comparison.is_about(self.box)
        refused = self.comparison.refused if self.comparison.is_about(self.box) else None
        self.start.setVisible(not is_busy)
        self.start.setText(tr("shown.compare.again" if rows else "shown.compare.start"))
        self.start.setToolTip(tr("shown.compare.start.tip"))
        self.cancel.setVisible(is_busy)
        self.cancel.setText(tr("shown.cancel"))
        self.cancel.setToolTip(tr("shown.compare.cancel.tip"))
        self.progress.setVisible(is_busy)
        self.progress.setRange(0, self.comparison.total)
        self.progress.setValue(self.comparison.done)
        self.line.setText(refusal_text(refused.code, refused.numbers) if refused else self._words())
        self.table.setVisible(bool(rows))
        self._offer_figures(rows)
        if rows:
            self._fill(rows)

    def _offer_figures(self, rows: tuple[MethodScores, ...]) -> None:
        there = rows[0].scores.get("training", {}) if rows else {}
        figures = [name for name in FIGURES if name in there]
        chosen = self.figure.currentData()
        self.figure.clear()
        for name in figures:
            self.figure.addItem(tr(f"metric.{name}"), name)
        self.figure.setCurrentIndex(max(self.figure.findData(chosen), 0))
        self.figure.setVisible(len(figures) > 1)
        self.figure.setToolTip(tr("shown.compare.figure.tip"))

    def lines(self, rows: tuple[MethodScores, ...]) -> list[list[str]]:
        """The table's texts: methods, then the network."""
        figure = str(self.figure.currentData())
        found = [
            [
                tr(f"baseline.{row.method}"),
                *_texts(row.scores, figure),
                short_time(row.seconds),
            ]
            for row in rows
        ]
        own = _texts(scores_of(self.run), figure)
        return [*found, [tr("baseline.network"), *own, self._seconds()]]

    def _seconds(self) -> str:
        """How long the network has been trained."""
        epochs = self.run.history.epochs if self.run.fits else []
        seconds = [record["seconds"] for record in epochs if "seconds" in record]
        return short_time(sum(seconds)) if seconds else UNKNOWN

    def _fill(self, rows: tuple[MethodScores, ...]) -> None:
        heads = [tr("baseline.method"), *(tr(f"train.part.{part}") for part in PARTS)]
        heads.append(tr("baseline.seconds"))
        self.table.setHorizontalHeaderLabels(heads)
        first = self.table.horizontalHeaderItem(0)
        if first is not None:  # as the names below it
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        lines = self.lines(rows)
        self.table.setRowCount(len(lines))
        for i, line in enumerate(lines):
            for j, text in enumerate(line):
                item = QTableWidgetItem(text)
                if j:
                    item.setTextAlignment(
                        Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    )
                if i == len(lines) - 1:
                    item.setFont(font(FONT_POINTS, bold=True))
                self.table.setItem(i, j, item)

    def _words(self) -> str:
        """What is going on, or what is to be known about the table."""
        if self.comparison.task and self.comparison.is_about(self.box):
            return tr("shown.compare.busy")
        rows = self.comparison.rows(self.box)
        parts = [
            tr(
                "baseline.rows",
                method=tr(f"baseline.{row.method}"),
                count=count(row.rows),
                total=count(row.available),
            )
            for row in rows
            if row.rows < row.available
        ]
        if rows and not scores_of(self.run):
            parts.append(tr("shown.compare.untrained"))
        return "  ".join(parts or [tr("shown.compare.line")])

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        """The table as it is seen."""
        yield ["method", *PARTS, "seconds"]
        for line in self.lines(self.comparison.rows(self.box)):
            yield [*line]


def _texts(scores: Scores, figure: str) -> list[str]:
    """One figure on each part."""
    return [_text(figure, scores.get(part, {}).get(figure, math.nan)) for part in PARTS]


def _text(figure: str, value: float) -> str:
    if math.isnan(value):
        return UNKNOWN
    return percent(value) if figure == "accuracy" else number(value)
