"""Writing in a comment, in its place on the canvas."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.canvas.note_item import TEXT, paper
from gui.theme import colour
from gui.words import tr

LEAST_WIDE, LEAST_HIGH = 170, 70  # screen pixels
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Take = Callable[[str], object]


class NoteEditor(QPlainTextEdit):
    """Lies over the comment. Leaving it keeps the text, Escape does not."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._take: Take | None = None
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.hide()

    def write(self, text: str, place: QRect, scale: float, take: Take) -> None:
        """Open at a place of the window; `take` is called with the text in the end."""
        self._take = take
        self.setAccessibleName(tr("note.editor"))
        self.setPlaceholderText(tr("note.placeholder"))
        self.setToolTip(tr("note.editor.tip"))
        size = max(round(TEXT * scale), TEXT)
        self.setStyleSheet(
            f"QPlainTextEdit {{ background: {paper().name()}; color: {colour('text').name()};"
            f" border: 2px solid {colour('accent').name()}; border-radius: 6px;"
            f" font-size: {size}px; }}"
        )
        room = self._window.rect()
        wide = min(max(place.width(), LEAST_WIDE), room.width())
        high = min(max(place.height() + 2 * size, LEAST_HIGH), room.height())
        x = min(max(place.x(), 0), room.width() - wide)
        y = min(max(place.y(), 0), room.height() - high)
        self.setGeometry(x, y, wide, high)
        self.setPlainText(text)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def finish(self, keep: bool = True) -> None:
        """Close; the text is handed on, unless it is not to be kept."""
        take, self._take = self._take, None
        if take is None:
            return
        if self.hasFocus():  # first, or else the canvas would take it for Tab
            self._window.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()
        if keep:
            take(self.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        elif control and event.key() in ENTER:
            self.finish()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own menu of Copy and Paste
            self.finish()
