"""The tree of the outline: keys that change the drawing, beside those that walk through it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from gui.outline.lines import COLUMNS
from gui.theme import STEP

WIDTHS = {"name": 132, "option": 84, "output": 76, "parameters": 78, "reads": 110, "problems": 220}
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {  # what is pressed in the tree, by the name of what it does
    (Qt.Key.Key_Insert, NONE): "add",
    (Qt.Key.Key_Return, CONTROL): "reads",
    (Qt.Key.Key_Enter, CONTROL): "reads",
    (Qt.Key.Key_Up, ALT): "up",
    (Qt.Key.Key_Down, ALT): "down",
    (Qt.Key.Key_Delete, NONE): "delete",
    (Qt.Key.Key_Backspace, NONE): "delete",
    (Qt.Key.Key_Return, NONE): "details",
    (Qt.Key.Key_Enter, NONE): "details",
}


class OutlineTree(QTreeView):
    """Rows are chosen as a whole; letters go to the row that begins with them."""

    pressed_key = Signal(str)  # a name from KEYS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outline")
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setRootIsDecorated(False)
        self.setIndentation(4 * STEP)
        self.setFrameShape(QTreeView.Shape.NoFrame)

    def dress_header(self) -> None:
        """Give the columns their widths, once there is a model."""
        header = self.header()
        header.setMinimumSectionSize(9 * STEP)
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section, column in enumerate(COLUMNS):
            self.setColumnWidth(section, WIDTHS[column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        name = KEYS.get((Qt.Key(event.key()), held)) if event.key() in _NAMED else None
        if name is None or self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        else:
            self.pressed_key.emit(name)


_NAMED = {key for key, _ in KEYS}  # keyboards have keys that Qt does not name
