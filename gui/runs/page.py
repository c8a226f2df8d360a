"""The page of all runs of the document: compare, draw beside each other, bring back, forget."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.empty import EmptyState
from gui.runs.book import RunsBook
from gui.runs.curve import CurveDelegate
from gui.runs.model import COLUMNS, CURVE, STAR, RunsModel
from gui.theme import STEP, px, theme
from gui.words import on_language_change, tr

WIDTHS = {
    "star": 30,
    "shown": 30,
    "name": 190,
    "curve": 110,
    "result": 140,
    "best": 175,
    "epochs": 70,
    "time": 70,
    "changes": 250,
}
BUTTONS = ("restore", "compare", "forget")


class RunsTable(QTableView):
    """Rows are chosen as a whole; Delete forgets one."""

    forgotten = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)


class RunsPage(QWidget):
    """Asks for what needs more than the book: `restore_wanted`, `compare_wanted`, `forget_wanted`
    carry the number of a run."""

    restore_wanted = Signal(int)
    compare_wanted = Signal(int)
    forget_wanted = Signal(int)

    def __init__(self, book: RunsBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model, self.table = RunsModel(book, self), RunsTable()
        self.about = QLabel()
        self.about.setObjectName("faint")
        self.buttons = {name: QPushButton() for name in BUTTONS}
        self.empty = EmptyState("mdi6.history", "runs.empty", "runs.empty.line")
        self._lay_out()
        self.table.clicked.connect(self._clicked)
        self.table.forgotten.connect(lambda: self._want("forget"))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self._want(name))
        for signal in (book.changed, book.overlaid_changed, book.run.history_replaced):
            signal.connect(self.refresh)
        book.run.status_changed.connect(self._status_changed)
        book.run.points_added.connect(self._points_added)
        theme.changed.connect(self.dress)
        theme.resized.connect(self.dress)
        self._epochs, self._status = -1, ""
        forget = on_language_change(self.dress)
        self.destroyed.connect(lambda: forget())
        self.dress()

    def _lay_out(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegateForColumn(CURVE, CurveDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        row = QHBoxLayout()
        row.addWidget(self.about, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addLayout(row)
        column.addWidget(table, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def dress(self) -> None:
        """Words, colours and sizes anew."""
        for name, button in self.buttons.items():
            button.setText(tr(f"runs.{name}"))
            button.setToolTip(tr(f"runs.{name}.tip"))
        self.table.setAccessibleName(tr("runs.title"))
        self.table.setToolTip(tr("runs.title.tip"))
        for i, name in enumerate(COLUMNS):
            if name in WIDTHS:
                self.table.setColumnWidth(i, px(WIDTHS[name]))
        self.table.verticalHeader().setDefaultSectionSize(px(30))
        self.about.setText(tr("runs.about"))
        self.empty.retranslate()
        self.model.retell()
        self._enable()

    def refresh(self) -> None:
        """Show the runs as they are now, if anybody sees them."""
        if not self.isVisible():
            return
        self.model.refresh()
        self.pages.setCurrentIndex(1 if self.model.rows else 0)
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _points_added(self) -> None:
        """The row of the present run changes with its epochs."""
        count = len(self.book.run.history.epochs)
        if count != self._epochs or not self.model.rows:
            self._epochs = count
            self.refresh()

    def _status_changed(self) -> None:
        if self.book.run.status != self._status:
            self._status = self.book.run.status
            self.refresh()

    @property
    def chosen(self) -> int:
        """The number of the selected earlier run; 0 if there is none."""
        rows = self.table.selectionModel().selectedRows()
        row = self.model.rows[rows[0].row()] if rows else None
        return row.number if row is not None and not row.is_present else 0

    def _enable(self) -> None:
        for name, button in self.buttons.items():
            button.setEnabled(bool(self.chosen))
            tip = tr(f"runs.{name}.tip") if self.chosen else tr("runs.choose_first")
            button.setToolTip(tip)

    def _want(self, name: str) -> None:
        if self.chosen:
            getattr(self, f"{name}_wanted").emit(self.chosen)

    def _clicked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if index.column() == STAR and not row.is_present:
            self.book.star(row.number)
