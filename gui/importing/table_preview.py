"""A table as it will be read: the first rows, and above each column what it is and is for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QVBoxLayout, QWidget

from engine.data_protocol import TableGlimpse
from engine.spec.options import Value
from gui.describe import value_text
from gui.importing.column_bar import ColumnBar, choices
from gui.importing.column_header import ROLE_ICONS, TYPE_ICONS, ColumnHeader, role_colour
from gui.importing.columns import Columns, as_value, with_option
from gui.importing.table_model import NOTHING, TableModel
from gui.option_words import option_name
from gui.theme import STEP, colour, font, icon
from gui.words import tr

NARROW, WIDE = 112, 240  # pixels
ROWS_MEASURED = 12
ROLE_KEYS = {
    Qt.Key.Key_I: "input",
    Qt.Key.Key_T: "target",
    Qt.Key.Key_G: "group",
    Qt.Key.Key_X: "ignored",
}


class Cells(QTableView):
    """The table itself: whole columns are selected, with the mouse or the arrow keys."""

    role_typed = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: TableModel) -> None:
        super().__init__()
        self.setObjectName("cells")
        self.verticalHeader().setObjectName("rows")
        self.verticalHeader().setHighlightSections(False)
        self.header = ColumnHeader(self, model)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.verticalHeader().setDefaultSectionSize(24)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        role = ROLE_KEYS.get(Qt.Key(event.key()))
        if role is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.role_typed.emit(role)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        self.menu_wanted.emit(place)


class TablePreview(QWidget):
    """The bar, the table, and the menus; `columns_changed` carries the columns a person wants."""

    columns_changed = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TableModel(self)
        self.bar, self.cells = ColumnBar(), Cells(self.model)
        self.setFocusProxy(self.cells)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(self.bar)
        column.addWidget(self.cells, 1)
        header = self.cells.header
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.asked.connect(self._ask)
        self.cells.menu_wanted.connect(self._full_menu)
        self.cells.role_typed.connect(lambda role: self.change("role", role))
        self.cells.selectionModel().selectionChanged.connect(self._show_bar)
        self.bar.edited.connect(self.change)
        self.retranslate()

    @property
    def selected(self) -> list[int]:
        """The columns that are selected, from left to right."""
        # whole columns are selected, so that their ranges say it all: asking cell by cell is slow
        ranges = self.cells.selectionModel().selection().toList()
        return sorted({c for area in ranges for c in range(area.left(), area.right() + 1)})

    def show_table(self, glimpse: TableGlimpse, columns: Columns) -> None:
        """Show what was found, with columns as they are wanted."""
        is_new = self.model.glimpse is NOTHING or len(columns) != len(self.model.columns)
        before = [column.name for column in self.model.columns]
        self.model.show(glimpse, columns)
        if is_new or before != [column.name for column in columns]:
            self._fit_columns()
        self._show_bar()
        self.cells.header.viewport().update()

    def _fit_columns(self) -> None:
        """Columns as broad as their names and first cells, within limits."""
        plain = QFontMetrics(font())
        rows = range(min(ROWS_MEASURED, self.model.rowCount()))
        for place in range(len(self.model.columns)):
            longest = max((self.model.cell(row, place) for row in rows), key=len, default="")
            cells = plain.horizontalAdvance(longest) + 6 * STEP
            width = max(cells, self.cells.header.natural_width(place), NARROW)
            self.cells.setColumnWidth(place, min(width, WIDE))

    def _show_bar(self) -> None:
        self.bar.show_columns(self.model.columns, self.selected)

    def change(self, name: str, value: Value) -> None:
        """Give an option of the selected columns a value."""
        if self.selected:
            columns = with_option(self.model.columns, self.selected, name, value)
            self.columns_changed.emit(as_value(columns))

    # menus

    def _ask(self, column: int, name: str, place: QPoint) -> None:
        """A menu for one option of the column that was clicked."""
        if column not in self.selected:
            self.cells.selectColumn(column)
        menu = self._menu()
        self._fill(menu, name)
        menu.popup(place)

    def _header_menu(self, at: QPoint) -> None:
        column = self.cells.header.logicalIndexAt(at)
        if column >= 0 and column not in self.selected:
            self.cells.selectColumn(column)
        self._full_menu(self.cells.header.viewport().mapToGlobal(at))

    def _full_menu(self, place: QPoint) -> None:
        """Everything that can be done with the selected columns."""
        if not self.selected:
            return
        menu = self._menu()
        self._fill(menu, "role")
        menu.addSeparator()
        for name in ("type", "gaps"):
            self._fill(menu.addMenu(option_name("column", name)), name)
        menu.popup(place)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _fill(self, menu: QMenu, name: str) -> None:
        menu.setToolTipsVisible(True)
        keys = {role: key for key, role in ROLE_KEYS.items()}
        columns = [self.model.columns[i] for i in self.selected]
        for value in choices(name):
            action = menu.addAction(value_text(name, value))
            action.setObjectName(f"{name}.{value}")
            action.setCheckable(True)
            action.setChecked(all(getattr(column, name) == value for column in columns))
            action.setToolTip(tr(f"import.{name}.{value}.tip"))
            action.triggered.connect(partial(self._chosen, name, value))
            if name == "role":
                action.setIcon(icon(ROLE_ICONS[str(value)], role_colour(str(value))))
                action.setText(f"{action.text()}\t{keys[str(value)].name.removeprefix('Key_')}")
            elif name == "type":
                action.setIcon(icon(TYPE_ICONS[str(value)], colour("faint")))

    def _chosen(self, name: str, value: Value) -> None:
        self.change(name, value)

    def retranslate(self) -> None:
        """Words of the present language."""
        self.cells.setAccessibleName(tr("import.table.name"))
        self.cells.setToolTip("")
        self.bar.retranslate()
        if self.model.columns:
            self.model.show(self.model.glimpse, self.model.columns)
