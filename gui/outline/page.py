"""The page with the outline: a filter, buttons, the rows, and what is wrong with the chosen one."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from engine.spec.document import Document
from engine.spec.groups import boxes_in
from engine.spec.notes import remove_notes
from gui.announcing import announce
from gui.canvas import actions
from gui.canvas.chooser import Chooser
from gui.describe import kind_name
from gui.empty import EmptyState
from gui.inspector.repair import ProblemList
from gui.outline import changes
from gui.outline.lines import BOX, COLUMNS, GROUP, NOTE, LineMaker, searched
from gui.outline.main_options import accepted
from gui.outline.model import OutlineModel
from gui.outline.reading import Reading
from gui.outline.tree import OutlineTree
from gui.store import DocumentStore
from gui.theme import STEP, icon, theme
from gui.words import on_language_change, tr

BUTTONS = {
    "add": "mdi6.plus",
    "reads": "mdi6.source-branch",
    "up": "mdi6.arrow-up",
    "down": "mdi6.arrow-down",
    "delete": "mdi6.delete-outline",
}
FLAGS = QItemSelectionModel.SelectionFlag


class Filtered(QSortFilterProxyModel):
    """The rows that have a text in them, with the rows that they lie in."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines, self.text = model, ""
        self.setSourceModel(model)
        self.setRecursiveFilteringEnabled(True)

    def search(self, text: str) -> None:
        """Show only what has `text` in it."""
        self.text = text.strip().casefold()
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:  # type: ignore[override]
        line = self.lines.line(self.lines.index(row, 0, parent))
        return not self.text or (line is not None and self.text in searched(line))


class OutlinePage(QWidget):
    """Follows the drawing while it is seen, and changes it; hidden it costs nothing."""

    chosen = Signal()  # boxes were selected here
    note_chosen = Signal(str)  # a comment was selected here
    details_wanted = Signal(str)  # id of a box whose options a person wants to see
    note_wanted = Signal(str)  # id of a comment that a person wants to write in

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search, self.message = QLineEdit(), QLabel()
        self.buttons = {name: QToolButton() for name in BUTTONS}
        self.model, self.tree, self.maker = OutlineModel(self), OutlineTree(), LineMaker()
        self.shown = Filtered(self.model, self)
        self.problems = ProblemList(store)
        self.empty = EmptyState("mdi6.file-tree-outline", "outline.empty", "outline.empty.line")
        self.nothing = QLabel()
        self._is_stale, self._is_choosing = True, False
        self._lay_out()
        self.chooser = Chooser(self)
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self.search.setClearButtonEnabled(True)
        self.tree.setModel(self.shown)
        self.tree.dress_header()
        self.message.setWordWrap(True)
        self.message.hide()
        self.nothing.setObjectName("faint")
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setMargin(3 * STEP)
        bar = QHBoxLayout()
        bar.setSpacing(STEP)
        for button in self.buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            bar.addWidget(button)
        bar.addStretch(1)
        above, below = QVBoxLayout(), QVBoxLayout()
        above.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 0)
        below.setContentsMargins(2 * STEP, 0, 2 * STEP, 2 * STEP)
        above.addWidget(self.search)
        above.addLayout(bar)
        below.addWidget(self.message)
        below.addWidget(self.problems)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addLayout(above)
        for widget in (self.tree, self.empty, self.nothing):
            column.addWidget(widget, 1)
        column.addLayout(below)
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.do(name))
        self.tree.pressed_key.connect(self.do)
        self.tree.doubleClicked.connect(lambda index: self._double(index))
        self.tree.selectionModel().selectionChanged.connect(self._rows_chosen)
        self.model.typed.connect(self._typed)
        self.shown.rowsInserted.connect(self._unfold)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.tree.setFocus)
        self.store.changed.connect(self._document_changed)
        self.store.selection_changed.connect(self._boxes_chosen)
        theme.changed.connect(self._redress)
        forget = on_language_change(self._redress)
        self.destroyed.connect(lambda: forget())

    # following the drawing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _document_changed(self, old: Document, new: Document) -> None:
        if (old.network, old.notes, old.groups) != (new.network, new.notes, new.groups):
            self.message.hide()
            self._outdate()

    def _redress(self) -> None:
        self.model.retell()
        self._outdate()
        self._retranslate()

    def _outdate(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the drawing as it is now."""
        self._is_stale = False
        self._is_choosing = True  # rows that come or go choose nothing by that
        self.model.show(self.maker.lines_of(self.store.document, self.store.analysis))
        self._is_choosing = False
        self._boxes_chosen(self.store.selection)
        self.tree.setRootIsDecorated(bool(self.store.document.groups))
        self._show_pages()

    def _show_pages(self) -> None:
        has_any, has_shown = bool(self.model.rowCount()), bool(self.shown.rowCount())
        self.empty.setVisible(not has_any)
        self.tree.setVisible(has_shown)
        self.nothing.setVisible(has_any and not has_shown)
        self.nothing.setText(tr("outline.nothing", text=self.search.text()))

    def _filter(self, text: str) -> None:
        self._is_choosing = True
        self.shown.search(text)
        self._is_choosing = False
        self._show_pages()
        self._boxes_chosen(self.store.selection)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("outline.title"))
        self.tree.setAccessibleName(tr("outline.title"))
        self.tree.setAccessibleDescription(tr("outline.about"))
        self.search.setPlaceholderText(tr("outline.search"))
        self.search.setAccessibleName(tr("outline.search"))
        self.search.setToolTip(tr("outline.search.tip"))
        for name, button in self.buttons.items():
            button.setIcon(icon(BUTTONS[name]))
            button.setText(tr(f"outline.{name}"))
            button.setAccessibleName(tr(f"outline.{name}"))
            button.setToolTip(tr(f"outline.{name}.tip"))
        self._enable()

    def _enable(self) -> None:
        """A button that can do nothing here is grey, and its hover text stays."""
        one = self.store.selection[0] if len(self.store.selection) == 1 else ""
        document = self.store.document
        known = bool(one) and document.network.has(one)
        allowed = {
            "add": len(self.store.selection) <= 1,
            "reads": known,
            "up": known and changes.before(document, one) is not None,
            "down": known and changes.follower(document, one) is not None,
            "delete": bool(self.store.selection or self.ids(NOTE)),
        }
        for name, button in self.buttons.items():
            button.setEnabled(allowed[name])
        analysis = self.store.analysis
        loose = tuple(p for p in analysis.problems if not p.nodes) if document.network.nodes else ()
        self.problems.show_problems(analysis.problems_of(one) if one else loose)

    def _unfold(self, parent: QModelIndex, first: int, last: int) -> None:
        """A group that comes shows its boxes; what a person folds stays folded."""
        for row in range(first, last + 1):
            self.tree.expand(self.shown.index(row, 0, parent))
        if self.shown.rowCount(parent) == last - first + 1:  # the first that come into a group
            self.tree.expand(parent)

    # selection

    def ids(self, sort: str) -> tuple[str, ...]:
        """The ids of the chosen rows of a sort."""
        rows = self.tree.selectionModel().selectedRows()
        lines = (self.model.line(self.shown.mapToSource(index)) for index in rows)
        return tuple(line.id for line in lines if line is not None and line.sort == sort)

    def _meant(self) -> tuple[str, ...]:
        """The boxes of the chosen rows, those in chosen groups too."""
        document, rows = self.store.document, set(self.ids(GROUP))
        groups = (group.id for group in document.groups if group.id in rows)
        inside = (id for group in groups for id in boxes_in(document, group))
        return (*self.ids(BOX), *inside)

    def _rows_chosen(self) -> None:
        if self._is_choosing:
            return
        self._is_choosing = True
        self.store.select(self._meant())
        notes = self.ids(NOTE)
        if notes:
            self.note_chosen.emit(notes[0])
        self._is_choosing = False
        self._enable()
        if self.store.selection:
            self.chosen.emit()

    def _boxes_chosen(self, ids: tuple[str, ...]) -> None:
        if self._is_choosing:
            return
        if not self.isVisible():
            self._is_stale = True
            return
        if ids and set(self._meant()) == set(ids):  # said already, perhaps by a row of a group
            self._enable()
            return
        self._is_choosing = True
        wanted, last = QItemSelection(), len(COLUMNS) - 1
        notes = self.ids(NOTE) if not ids else ()
        places = [self.shown.mapFromSource(self.model.index_of(id)) for id in (*ids, *notes)]
        places = [place for place in places if place.isValid()]
        for place in places:
            wanted.select(place, place.siblingAtColumn(last))
        selection = self.tree.selectionModel()
        selection.select(wanted, FLAGS.ClearAndSelect)
        if places and selection.currentIndex().siblingAtColumn(0) not in places:
            selection.setCurrentIndex(places[-1], FLAGS.NoUpdate)
        if places:
            self.tree.scrollTo(places[-1])
        self._is_choosing = False
        self._enable()

    # what buttons and keys do

    def do(self, name: str) -> None:
        """Do what a button or a key is named for, if it can be done here."""
        if name in self.buttons and not self.buttons[name].isEnabled():
            announce(self, tr("outline.cannot", action=tr(f"outline.{name}")))
            return
        getattr(self, f"_{name}")()

    def take_keys(self) -> None:
        """Put the keys into the rows, or where the first one is made."""
        first = self.tree if self.shown.rowCount() else self.buttons["add"]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.shown.rowCount() and not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.shown.index(0, 0))

    def _add(self) -> None:
        at = QPoint(0, self.tree.y())
        self.chooser.offer(changes.offered(self.store), self._put, at)

    def _put(self, kind: str) -> None:
        changes.add(self.store, kind)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reads(self) -> None:
        self.reading = Reading(self.store, self.store.selection[0], self)
        self.reading.open()

    def _up(self) -> None:
        changes.move(self.store, self.store.selection[0], down=False)

    def _down(self) -> None:
        changes.move(self.store, self.store.selection[0], down=True)

    def _delete(self) -> None:
        boxes, notes = self.store.selection, self.ids(NOTE)
        row = self.tree.currentIndex().row()
        if boxes:
            actions.delete(self.store, boxes, (), notes, tr("edit.delete"))
        else:
            self.store.edit(tr("edit.delete_note"), lambda d: remove_notes(d, notes))
        near = self.shown.index(min(row, self.shown.rowCount() - 1), 0)
        if near.isValid():  # the keys stay where they were
            self.tree.setCurrentIndex(near)
        self._enable()

    def _details(self) -> None:
        notes = self.ids(NOTE)
        if notes and not self.store.selection:
            self.note_wanted.emit(notes[0])
        elif self.store.selection:
            self.details_wanted.emit(self.store.selection[-1])

    def _double(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.tree.edit(index)
        else:
            self._details()

    def _typed(self, id: str, text: str) -> None:
        if any(group.id == id for group in self.store.document.groups):
            changes.rename_group(self.store, id, text)
            return
        if changes.set_main(self.store, id, text):
            return
        node = self.store.document.network.node(id)
        words = tr(
            "outline.refused", given=text, name=kind_name(node.kind), accepted=accepted(node)
        )
        self.message.setStyleSheet(f"color: {theme.colours.error};")
        self.message.setText(words)
        self.message.show()
        announce(self, words)
