"""The steps that can be undone and done again, as a list: a click goes back or forward to one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.store import DocumentStore
from gui.theme import STEP, colour, icon, theme
from gui.words import on_language_change, tr


class History(QDialog):
    """A small window beside the drawing. The line that is marked is the drawing as it is."""

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list, self.hint, self.forget = QListWidget(), QLabel(), QPushButton()
        self.list.setObjectName("contents")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint.setObjectName("faint")
        self.forget.setAutoDefault(False)  # Enter closes
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.addWidget(self.list, 1)
        column.addWidget(self.hint)
        column.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
        self.resize(300, 380)
        self.list.currentRowChanged.connect(self._go)
        self.forget.clicked.connect(store.forget_past)
        store.undo_stack.indexChanged.connect(self._changed)
        store.replaced.connect(self._changed)
        store.destroyed.connect(self.hide)  # a stack that goes says that it became empty
        theme.changed.connect(self._changed)
        forget = on_language_change(self._changed)
        self.destroyed.connect(lambda: forget())
        self.refresh()

    def open_beside(self, place: QPoint) -> None:
        """Show the list with its left top corner at a place on the screen."""
        self.refresh()
        if not self.isVisible():
            self.move(place)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the steps as they are now, in the language of the moment."""
        self.setWindowTitle(tr("history.title"))
        self.list.setAccessibleName(tr("history.title"))
        self.list.setToolTip(tr("history.tip"))
        self.hint.setText(tr("history.hint"))
        self.forget.setText(tr("history.forget"))
        self.forget.setToolTip(tr("history.forget.tip"))
        stack = self.store.undo_stack
        self.forget.setEnabled(stack.count() > 0)
        names = [tr("history.start"), *self.store.step_names(tr("history.step"))]
        self.list.blockSignals(True)
        while self.list.count() > len(names):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(names):
            QListWidgetItem(self.list)
        for row, name in enumerate(names):
            item = self.list.item(row)
            is_undone = row > stack.index()
            item.setText(name)
            item.setForeground(colour("faint" if is_undone else "text"))
            sign = "mdi6.redo" if is_undone else "mdi6.circle-small"
            sign = "mdi6.flag-outline" if row == 0 else sign
            item.setIcon(icon(sign, colour("faint")))
            state = tr("history.undone") if is_undone else ""
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, state)
        self.list.setCurrentRow(stack.index())
        self.list.scrollToItem(self.list.item(stack.index()))
        self.list.blockSignals(False)

    def _go(self, row: int) -> None:
        if row >= 0:
            self.store.undo_stack.setIndex(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)
