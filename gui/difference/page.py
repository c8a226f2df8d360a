"""The page that compares two documents: both drawings side by side, the changes in words beside."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QMetaObject, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.layers import CATALOGUE
from engine.spec import edits
from engine.spec.difference import Change, Difference, EdgeAdded, EdgeRemoved, difference
from engine.spec.document import Document
from engine.spec.taking import take
from gui.canvas.placing import free_place
from gui.difference.changes import ChangeList
from gui.difference.pane import Pane
from gui.difference.side import Side
from gui.difference_words import ADDED, REMOVED, Line, Teller, as_markdown, as_text
from gui.formats import count
from gui.sizes import least
from gui.store import DocumentStore
from gui.theme import STEP, icon
from gui.upkeep import keep_up
from gui.words import tr

NOTHING = Difference({}, (), frozenset(), frozenset())


class DifferencePage(QWidget):
    """Follows both documents while it is seen."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nothing = Side(str, DocumentStore(parent=self), True)
        self.first = self.second = self._nothing
        self._links: list[QMetaObject.Connection] = []
        self.found, self.lines, self.totals = NOTHING, list[Line](), list[str]()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back, self.swapping, self.fitting = QToolButton(), QToolButton(), QToolButton()
        self.text, self.markdown = QToolButton(), QToolButton()
        self.title, self.about, self.sums = QLabel(), QLabel(), QLabel()
        self.names = QLabel(), QLabel()
        self.panes = Pane(), Pane()
        self.list = ChangeList()
        self.to_first, self.to_second = QPushButton(), QPushButton()
        self._timer = QTimer(self)  # many edits in a row are compared once
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._is_following = False
        self._lay_out()
        self._connect()
        keep_up(self, self.retranslate, self.recolour)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        self.title.setObjectName("heading")
        bar.addWidget(self.back)
        bar.addWidget(self.title, 1)
        for button in (self.swapping, self.fitting, self.text, self.markdown):
            bar.addWidget(button)
        for button in (self.back, self.swapping, self.fitting, self.text, self.markdown):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setChildrenCollapsible(False)
        across.setHandleWidth(1)
        for name, pane in zip(self.names, self.panes, strict=True):
            half = QWidget()
            column = QVBoxLayout(half)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            name.setContentsMargins(3 * STEP, STEP, 3 * STEP, STEP)
            column.addWidget(name)
            column.addWidget(pane, 1)
            across.addWidget(half)
        across.addWidget(self._told())
        for i, factor in enumerate((1, 1, 0)):
            across.setStretchFactor(i, factor)
        across.setSizes([480, 480, 320])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(across, 1)

    def _told(self) -> QWidget:
        """The list of changes with what can be done with them."""
        told = QWidget()
        least(told, width=280)
        for label in (self.about, self.sums):
            label.setWordWrap(True)
        self.sums.setObjectName("faint")
        column = QVBoxLayout(told)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 3 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        for widget in (self.sums, self.to_first, self.to_second):
            column.addWidget(widget)
        return told

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.swapping.clicked.connect(self.swap)
        self.fitting.clicked.connect(self.fit)
        self.text.clicked.connect(self.copy_text)
        self.markdown.clicked.connect(self.copy_markdown)
        self.list.itemSelectionChanged.connect(self._rows_chosen)
        self.to_first.clicked.connect(lambda: self.take_over(to_first=True))
        self.to_second.clicked.connect(lambda: self.take_over(to_first=False))
        for i, pane in enumerate(self.panes):
            pane.camera.moved.connect(self._follow_first if i == 0 else self._follow_second)
            pane.chosen.connect(partial(self.list.choose_box, "second" if i else "first"))

    # what is compared

    def compare(self, first: Side, second: Side) -> None:
        """Show two documents; they are followed from now on."""
        for link in self._links:
            QObject.disconnect(link)
        for side in {self.first, self.second} - {first, second}:
            if not side.is_open:
                side.store.deleteLater()
        self.first, self.second = first, second
        self._links = [
            link
            for side in (first, second)
            if side.is_open
            for link in (
                side.store.changed.connect(self._outdate),
                side.store.destroyed.connect(self.give_up),
            )
        ]
        self.refresh()
        self.fit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def give_up(self) -> None:
        """One of the documents was closed."""
        self._links = []
        self.first = self.second = self._nothing
        self.closed.emit()

    def swap(self) -> None:
        """Let the second document be the first."""
        self.compare(self.second, self.first)

    def _outdate(self) -> None:
        if self.isVisible():  # else when it is shown
            self._timer.start(0)

    def refresh(self) -> None:
        """Compare the documents as they are now."""
        first, second = self.first.store.document, self.second.store.document
        self.found = difference(first, second, CATALOGUE.get)
        teller = Teller(first, second, self.found)
        self.lines, self.totals = teller.lines(), teller.totals()
        boxes: tuple[dict[str, str], dict[str, str]] = ({}, {})
        for line in self.lines:
            if isinstance(line.change, EdgeAdded | EdgeRemoved):
                continue  # the connection is marked, not its boxes
            for shown, id in zip(boxes, (line.first, line.second), strict=True):
                if id:
                    shown[id] = line.sign
        gone = dict.fromkeys(self.found.removed, REMOVED)
        new = dict.fromkeys(self.found.added, ADDED)
        self.panes[0].show_document(first, boxes[0], gone)
        self.panes[1].show_document(second, boxes[1], new)
        self.list.show_lines(self.lines)
        self._say()

    # choosing

    def _rows_chosen(self) -> None:
        lines = self.list.chosen_lines()
        edges = [c.edge for line in lines if isinstance(c := line.change, EdgeAdded | EdgeRemoved)]
        for pane, ids in zip(
            self.panes, ([w.first for w in lines], [w.second for w in lines]), strict=True
        ):
            pane.emphasise([id for id in ids if id], edges)
        if len(lines) == 1:
            line = lines[0]
            if line.first:
                self.panes[0].look_at(line.first)
            elif line.second:
                self.panes[1].look_at(line.second)
        self._allow()

    # looking

    def fit(self) -> None:
        """Show all of both, in the same size."""
        both = (
            self.panes[0]
            .canvas.bounds()
            .united(self.panes[1].canvas.bounds().translated(-self._offset()))
        )
        self._is_following = True
        self.panes[0].camera.fit(both)
        self.panes[1].follow(self.panes[0], self._offset())
        self._is_following = False

    def _offset(self) -> QPointF:
        """From the place of a box in the first drawing to that of its partner in the second."""
        for one, other in self.found.pairs.items():
            mine, theirs = self.panes[0].canvas.nodes[one], self.panes[1].canvas.nodes[other]
            return theirs.pos() - mine.pos()
        return QPointF()

    def _follow_first(self) -> None:
        if not self._is_following:
            self.panes[1].follow(self.panes[0], self._offset())

    def _follow_second(self) -> None:
        if not self._is_following:
            self.panes[0].follow(self.panes[1], -self._offset())

    # taking over and taking away

    def _allow(self) -> None:
        some = bool(self.list.selectedItems()) or not self.lines
        for button, side, key in (
            (self.to_first, self.first, "to_first"),
            (self.to_second, self.second, "to_second"),
        ):
            button.setEnabled(side.is_open and bool(self.lines))
            tip = f"difference.{key}.tip" if side.is_open else "difference.not_open"
            button.setText(tr(f"difference.{key}{'' if some else '_all'}"))
            button.setToolTip(tr(tip, name=side.name()))
        for copying in (self.text, self.markdown):
            copying.setEnabled(bool(self.lines))

    def take_over(self, to_first: bool) -> None:
        """Take the selected changes, or all, over into one of the documents; one step of undo."""
        lines = self.list.chosen_lines() or self.lines
        changes: list[Change] = [line.change for line in lines]
        found, into, other = self.found, self.first, self.second
        if not to_first:
            found, into, other = found.mirrored(), other, into
            kept = Difference({}, tuple(changes), frozenset(), frozenset()).mirrored()
            changes = list(kept.changes)
        if not into.is_open or not changes:
            return
        before = into.store.document
        after = take(before, other.store.document, found, changes)
        into.store.edit(tr("edit.take_over"), _tidied(before, after))
        self.refresh()

    def copy_text(self) -> None:
        """Put the list onto the clipboard as text."""
        QGuiApplication.clipboard().setText(as_text(self.lines, self.totals))

    def copy_markdown(self) -> None:
        """Put the list onto the clipboard as Markdown."""
        words = as_markdown(self.lines, self.totals, self._title())
        QGuiApplication.clipboard().setText(words)

    # words, colours, keys

    def _title(self) -> str:
        return tr("difference.title", first=self.first.name(), second=self.second.name())

    def _say(self) -> None:
        self.title.setText(self._title())
        for label, side in zip(self.names, (self.first, self.second), strict=True):
            label.setText(side.name())
        number = len(self.lines)
        key = "none" if not number else "one" if number == 1 else "several"
        self.about.setText(
            tr(f"difference.{key}", **({"count": count(number)} if number > 1 else {}))
        )
        self.sums.setText("\n".join(self.totals))
        self.sums.setVisible(bool(self.totals))
        self._allow()

    def retranslate(self) -> None:
        """Say everything anew."""
        for button, name in (
            (self.back, "back"),
            (self.swapping, "swap"),
            (self.fitting, "fit"),
            (self.text, "text"),
            (self.markdown, "markdown"),
        ):
            button.setText(tr(f"difference.{name}"))
            button.setToolTip(tr(f"difference.{name}.tip"))
        self.list.setAccessibleName(tr("difference.list"))
        for pane, key in zip(self.panes, ("first", "second"), strict=True):
            pane.setAccessibleName(tr(f"difference.{key}"))
        if self.isVisible():
            self.refresh()
        self._say()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.back.setIcon(icon("mdi6.arrow-left"))
        self.swapping.setIcon(icon("mdi6.swap-horizontal"))
        self.fitting.setIcon(icon("mdi6.fit-to-page-outline"))
        self.text.setIcon(icon("mdi6.content-copy"))
        self.markdown.setIcon(icon("mdi6.language-markdown-outline"))
        self.list.show_lines(self.lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        QTimer.singleShot(0, self, self.fit)  # the layout comes first

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.panes[0].camera.follows:
            QTimer.singleShot(0, self, self.fit)


def _tidied(before: Document, after: Document) -> Document:
    """With new boxes where no other stands."""
    known = {node.id for node in before.network.nodes}
    for node in after.network.nodes:
        if node.id not in known:
            others = edits.remove_nodes(after, (node.id,))
            place = free_place(replace(others, notes=()), node.x, node.y)
            after = edits.move_nodes(after, {node.id: place})
    return after
