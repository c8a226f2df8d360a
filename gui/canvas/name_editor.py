"""Writing the name of a group, in its place on the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.spec.groups import LONGEST
from gui.words import tr

LEAST_WIDE = 150  # screen pixels
Take = Callable[[str], object]


class NameEditor(QLineEdit):
    """Lies over the name. Enter or leaving it keeps the text, Escape does not."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._take: Take | None = None
        self.setMaxLength(LONGEST)
        self.hide()

    def write(self, name: str, place: QRect, take: Take) -> None:
        """Open at a place of the window; `take` is called with the name in the end."""
        self._take = take
        self.setAccessibleName(tr("group.name"))
        self.setToolTip(tr("group.name.tip"))
        wide, high = (
            max(place.width() + 30, LEAST_WIDE),
            max(place.height(), self.sizeHint().height()),
        )
        room = self._window.rect()
        x = min(max(place.x() - 6, 0), max(room.width() - wide, 0))
        y = min(max(place.center().y() - high // 2, 0), max(room.height() - high, 0))
        self.setGeometry(x, y, wide, high)
        self.setText(name)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def finish(self, keep: bool = True) -> None:
        """Close; the name is handed on, unless it is not to be kept."""
        take, self._take = self._take, None
        if take is None:
            return
        if self.hasFocus():  # first, or else the canvas would take it for Tab
            self._window.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        if keep:
            take(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu of Copy and Paste
            self.finish()
