"""The page that analyses a drawing: problems on top, then every box with its sizes and costs."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.analysis.model import LayerModel, Sorted
from gui.analysis.totals import Totals
from gui.formats import count, size
from gui.network_table import COLUMNS, Row, as_csv, as_markdown, columns_of, rows_of, total_cells
from gui.problems import ProblemStrip
from gui.store import DocumentStore
from gui.theme import STEP, icon, theme
from gui.words import on_language_change, tr

WIDTHS = {
    "number": 40,
    "name": 142,
    "category": 104,
    "group": 120,
    "output": 256,
    "sizes": 250,
    "parameters": 92,
    "how": 190,
    "multiplications": 108,
    "memory": 84,
}


class LayerTable(QTableView):
    """Rows are chosen as a whole; Ctrl+C copies them."""

    copied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)


class AnalysisPage(QWidget):
    """Follows the drawing while it is seen; hidden it costs nothing."""

    chosen = Signal()  # boxes were selected here

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.problems = ProblemStrip(store, follows=False)
        self.layers, self.table = LayerModel(self), LayerTable()
        self.sorted = Sorted(self.layers, self)
        self.about = QLabel()
        self.markdown, self.csv = QToolButton(), QToolButton()
        self._is_stale, self._is_choosing = True, False
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setObjectName("layers")
        table.setModel(self.sorted)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(7 * STEP)
        header.setHighlightSections(False)
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)
        for section, column in enumerate(COLUMNS):
            table.setColumnWidth(section, WIDTHS[column])
        header.setSectionResizeMode(COLUMNS.index("sizes"), QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(9 * STEP)
        self.totals = Totals(header)
        self.about.setObjectName("faint")
        self.about.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        bar.addWidget(self.about, 1)
        for button in (self.markdown, self.csv):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            bar.addWidget(button)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(0)
        above = QVBoxLayout()
        above.setContentsMargins(2 * STEP, STEP, 2 * STEP, 0)
        above.addWidget(self.problems)
        column_of.addLayout(above)
        column_of.addLayout(bar)
        column_of.addWidget(table, 1)
        column_of.addWidget(self.totals)

    def _connect(self) -> None:
        self.markdown.clicked.connect(self.copy_markdown)
        self.csv.clicked.connect(self.copy_csv)
        self.table.copied.connect(self.copy_markdown)
        self.table.selectionModel().selectionChanged.connect(self._rows_chosen)
        self.table.horizontalScrollBar().valueChanged.connect(self.totals.update)
        self.store.changed.connect(self._outdate)
        self.store.selection_changed.connect(self._boxes_chosen)
        theme.changed.connect(self._outdate)
        forget = on_language_change(self._outdate)
        self.destroyed.connect(lambda: forget())

    # following the drawing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _outdate(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the drawing as it is now."""
        self._is_stale = False
        document, analysis = self.store.document, self.store.analysis
        self._is_choosing = True  # a table that is filled anew chooses nothing by that
        self.layers.show(rows_of(document, analysis), analysis.problems)
        self._is_choosing = False
        self.problems.refresh()
        rows = self.layers.rows
        group = COLUMNS.index("group")
        self.table.setColumnHidden(group, "group" not in columns_of(rows))
        cells = total_cells(rows)
        memory = size(sum(row.memory or 0 for row in rows))
        about = tr(
            "analysis.about",
            boxes=count(len(rows)),
            parameters=count(analysis.parameters),
            multiplications=count(analysis.multiplications),
            memory=memory,
            batch=count(document.training.batch_size),
        )
        self.totals.show_cells(cells, about)
        self._boxes_chosen(self.store.selection)
        self._retranslate(about)

    def _retranslate(self, about: str) -> None:
        self.about.setText(about)
        self.about.setToolTip(tr("analysis.about.tip"))
        self.table.setAccessibleName(tr("tab.analysis"))
        several = bool(self.chosen_rows)
        for button, name, sign in (
            (self.markdown, "markdown", "mdi6.language-markdown-outline"),
            (self.csv, "csv", "mdi6.file-delimited-outline"),
        ):
            button.setIcon(icon(sign))
            button.setText(tr(f"analysis.copy.{name}"))
            number = count(len(self.chosen_rows))
            rows = tr("analysis.copy.rows", count=number) if several else tr("analysis.copy.all")
            button.setToolTip(rows)
            button.setAccessibleName(f"{button.text()}: {rows}")

    # selection

    @property
    def chosen_rows(self) -> list[Row]:
        """The rows that are selected, as they are sorted."""
        lines = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.sorted.row(line) for line in lines]

    def _rows_chosen(self) -> None:
        if not self._is_choosing:
            self._is_choosing = True
            self.store.select(tuple(row.id for row in self.chosen_rows))
            self._is_choosing = False
            self._retranslate(self.about.text())
            self.chosen.emit()

    def _boxes_chosen(self, ids: tuple[str, ...]) -> None:
        if self._is_choosing or not self.isVisible():
            self._is_stale = self._is_stale or not self.isVisible()
            return
        self._is_choosing = True
        chosen, last = QItemSelection(), len(COLUMNS) - 1
        lines = [i for i, row in enumerate(self.sorted.shown) if row.id in ids]
        for line in lines:
            chosen.select(self.sorted.index(line, 0), self.sorted.index(line, last))
        mode = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().select(chosen, mode)
        if lines:
            self.table.scrollTo(self.sorted.index(lines[0], 0))
        self._is_choosing = False
        self._retranslate(self.about.text())

    # taking away

    def copy_markdown(self) -> None:
        """Put the selected rows, or all, onto the clipboard as a table in Markdown."""
        QGuiApplication.clipboard().setText(as_markdown(self.chosen_rows or self.sorted.shown))

    def copy_csv(self) -> None:
        """Put the selected rows, or all, onto the clipboard for a spreadsheet."""
        QGuiApplication.clipboard().setText(as_csv(self.chosen_rows or self.sorted.shown))
