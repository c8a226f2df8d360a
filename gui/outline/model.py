"""The rows of the outline as Qt sees them: only what an edit changed is told, so nothing jumps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.layers import CATALOGUE
from engine.spec.problems import ERROR
from gui.box import UNKNOWN_ICON
from gui.outline.lines import COLUMNS, GROUP, NOTE, NUMBERS, Line
from gui.theme import category_colour, colour, icon
from gui.words import tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NOWHERE = QModelIndex()
FEW = 12  # rows that change places one by one
ID = Role.UserRole
NOTHING = "–"  # an empty cell, for ears
NOTE_ICON, GROUP_ICON = "mdi6.comment-text-outline", "mdi6.group"


class Row:
    """One line in its place. `number` is how Qt's indices name it: a number is never used twice."""

    __slots__ = ("line", "number", "parent", "rows")

    def __init__(self, line: Line, number: int, parent: Row | None) -> None:
        self.line, self.number, self.parent = line, number, parent
        self.rows: list[Row] = []


class OutlineModel(QAbstractItemModel):
    """A tree of lines. Texts typed into an option or the name of a group go out as `typed`."""

    typed = Signal(str, str)  # id of a row, the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._root = Row(Line("", "", ""), 0, None)
        self._by_number = {0: self._root}
        self._by_id: dict[str, Row] = {}
        self._next = 1

    # what the page calls

    def show(self, lines: Iterable[Line]) -> None:
        """Show other lines: rows that stay keep their places, their selection and their fold."""
        wanted: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            wanted[line.parent].append(line)
        self._sync(self._root, wanted)

    def retell(self) -> None:
        """Say everything anew: the language or the theme is another one."""
        for row in self._by_number.values():
            self._tell_row(row)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def line(self, index: Index) -> Line | None:
        """The line of a row."""
        row = self._by_number.get(index.internalId()) if index.isValid() else None
        return row.line if row is not None else None

    def index_of(self, id: str, column: int = 0) -> QModelIndex:
        """The place of a line; an invalid one if it is not there."""
        row = self._by_id.get(id)
        return self._index(row, column) if row is not None else QModelIndex()

    # keeping in step

    def _sync(self, parent: Row, wanted: dict[str, list[Line]]) -> None:
        lines = wanted.get(parent.line.id, []) if parent.line.id or parent is self._root else []
        kept = {line.id for line in lines}
        for place in reversed(range(len(parent.rows))):
            if parent.rows[place].line.id not in kept:
                self._remove(parent, place)
        present = {row.line.id for row in parent.rows}
        self._reorder(parent, [line.id for line in lines if line.id in present])
        for place, line in enumerate(lines):
            here = parent.rows[place].line.id if place < len(parent.rows) else ""
            if here != line.id and line.id in present:
                self._move(parent, line.id, place)
            elif here != line.id:
                self._insert(parent, place, line)
            row = parent.rows[place]
            if row.line != line:
                row.line = line
                self._tell_row(row)
            self._sync(row, wanted)

    def _reorder(self, parent: Row, ids: list[str]) -> None:
        """Put rows that stay into another order at once, if more than a few change places."""
        rows = {row.line.id: row for row in parent.rows}
        order = [rows[id] for id in ids]
        if sum(a is not b for a, b in zip(order, parent.rows, strict=True)) <= FEW:
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        named = [(self._by_number[index.internalId()], index.column()) for index in old]
        parent.rows = order
        self.changePersistentIndexList(old, [self._index(row, column) for row, column in named])
        self.layoutChanged.emit()

    def _remove(self, parent: Row, place: int) -> None:
        self.beginRemoveRows(self._index(parent), place, place)
        self._forget(parent.rows.pop(place))
        self.endRemoveRows()

    def _forget(self, row: Row) -> None:
        for inner in row.rows:
            self._forget(inner)
        del self._by_number[row.number]
        if self._by_id.get(row.line.id) is row:  # not one that has come in its stead
            del self._by_id[row.line.id]

    def _move(self, parent: Row, id: str, place: int) -> None:
        old = next(i for i, row in enumerate(parent.rows) if row.line.id == id)
        at = self._index(parent)
        self.beginMoveRows(at, old, old, at, place)
        parent.rows.insert(place, parent.rows.pop(old))
        self.endMoveRows()

    def _insert(self, parent: Row, place: int, line: Line) -> None:
        self.beginInsertRows(self._index(parent), place, place)
        row = Row(line, self._next, parent)
        self._next += 1
        parent.rows.insert(place, row)
        self._by_number[row.number] = self._by_id[line.id] = row
        self.endInsertRows()

    def _tell_row(self, row: Row) -> None:
        if row is not self._root:
            self.dataChanged.emit(self._index(row), self._index(row, len(COLUMNS) - 1))

    def _index(self, row: Row, column: int = 0) -> QModelIndex:
        if row.parent is None:
            return QModelIndex()
        return self.createIndex(row.parent.rows.index(row), column, row.number)

    # Qt's side

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        above = self._at(parent)
        if above is None or not 0 <= row < len(above.rows) or not 0 <= column < len(COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, above.rows[row].number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        row = self._at(index)
        above = row.parent if row is not None else None
        return self._index(above) if above is not None else QModelIndex()

    def _at(self, index: Index) -> Row | None:
        return self._by_number.get(index.internalId()) if index.isValid() else self._root

    def rowCount(self, parent: Index = NOWHERE) -> int:
        row = self._at(parent) if parent.column() <= 0 else None
        return len(row.rows) if row is not None else 0

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsEditable if self._is_open(index) else found

    def _is_open(self, index: Index) -> bool:
        """Whether a cell can be written in: the options of a box, the name of a group."""
        line = self.line(index)
        if line is None:
            return False
        column = COLUMNS[index.column()]
        return (column == "option" and bool(line.named)) or (
            column == "name" and line.sort == GROUP
        )

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        line = self.line(index)
        if line is None or role != Role.EditRole or not self._is_open(index):
            return False
        if str(value).strip() != line.text(COLUMNS[index.column()]):
            self.typed.emit(line.id, str(value))
        return True

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        column = COLUMNS[index.column()]
        match role:
            case Role.DisplayRole | Role.EditRole:
                return line.text(column)
            case Role.AccessibleTextRole:
                return line.text(column) or NOTHING
            case Role.ToolTipRole:
                return self._tip(line, column)
            case Role.AccessibleDescriptionRole:
                return line.spoken if column == "name" else tr(f"outline.{column}")
            case Role.TextAlignmentRole if column in NUMBERS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Role.DecorationRole if column == "name":
                return _sign(line)
            case Role.ForegroundRole if column in ("name", "problems") and line.severity:
                return colour("error" if line.severity == ERROR else "warning")
            case Role.ForegroundRole if line.sort == NOTE:
                return colour("faint")
            case Role.UserRole:
                return line.id
        return None

    def _tip(self, line: Line, column: str) -> str:
        if column == "option" and line.named:
            return f"{line.named}\n{tr('outline.option.edit')}"
        text = line.text(column)
        return f"{text}\n{line.problems}".strip() if column == "name" else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Role.DisplayRole:
            return tr(f"outline.{column}")
        if role == Role.ToolTipRole:
            return tr(f"outline.{column}.tip")
        if role == Role.TextAlignmentRole and column in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None


def _sign(line: Line) -> Any:
    """The icon of a row: doubles the colour of a problem, or shows the layer type."""
    if line.severity:
        is_error = line.severity == ERROR
        sign = "mdi6.alert-circle" if is_error else "mdi6.alert"
        return icon(sign, colour("error" if is_error else "warning"))
    if line.sort in (NOTE, GROUP):
        return icon(NOTE_ICON if line.sort == NOTE else GROUP_ICON, colour("faint"))
    layer = CATALOGUE.get(line.kind)
    tint = category_colour(layer.category if layer else "")
    return icon(layer.icon if layer else UNKNOWN_ICON, tint)
