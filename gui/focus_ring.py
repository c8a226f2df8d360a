"""A line around whatever has the keys, for those who go through the window with them.

Qt's own marks are faint or missing on trees, plots, tabs and flat buttons. Who uses the mouse alone
never sees the line: it comes with Tab and the other keys that move the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from shiboken6 import isValid

from gui.theme import colour

TAB = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
MARKED = (QLineEdit, QAbstractSpinBox, QComboBox)  # they have an edge that changes its colour
WIDTH, ROUND = 2.0, 5.0


class FocusRing(QWidget):
    """One for all windows; it lies over the one that has the keys and takes no events."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._home = window
        self.by_keys = False  # whether the focus is moved with keys at present
        self._watched: list[QWidget] = []  # what has the focus, and what meets the mouse in it
        self.target: QWidget | None = None  # what the line is around
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        self.leave()
        for part in self._watched:
            if isValid(part):
                part.removeEventFilter(self)
        # asked like this, because a window may be a page among several and no window of its own
        # that may be going just now
        is_here = new is not None and isValid(self._home) and self._home.isAncestorOf(new)
        self._watched = _parts(new) if new is not None and is_here else []
        for part in self._watched:
            part.installEventFilter(self)
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.by_keys = False
        if self.by_keys and self._watched and not isinstance(new, MARKED):
            self.target = new
            self.follow()
            self.show()
            self.raise_()

    def leave(self) -> None:
        """Show nothing."""
        self.target = None
        self.hide()

    def follow(self) -> None:
        """Lie where the target is."""
        if self.target is not None:
            corner = self.target.mapTo(self._home, QPoint(0, 0))
            self.setGeometry(QRect(corner, self.target.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target, and go when it goes or is used with the mouse."""
        match event.type():
            case QEvent.Type.Move | QEvent.Type.Resize:
                self.follow()
            case QEvent.Type.MouseButtonPress:
                self.by_keys = False
                self.leave()
            case QEvent.Type.Hide:
                self.leave()
            case QEvent.Type.KeyPress if isinstance(event, QKeyEvent) and event.key() in TAB:
                self.by_keys = True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent"), WIDTH))
        inside = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
        painter.drawRoundedRect(inside, ROUND, ROUND)
        painter.end()


def _parts(widget: QWidget) -> list[QWidget]:
    """A widget, and the surface that meets the mouse in it."""
    return [widget, widget.viewport()] if isinstance(widget, QAbstractScrollArea) else [widget]
