"""A click elsewhere ends typing, even on something that does not take the keys.

Buttons of the toolbar and the empty parts of panels leave the keys where they are, so that a field
would never hear that a person has gone on.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class Elsewhere(QObject):
    """Watches for a click outside a field, only while something typed there waits."""

    def __init__(self, field: QWidget, ended: Callable[[], None]) -> None:
        super().__init__(field)
        self.field, self._ended, self._watches = field, ended, False

    def watch(self) -> None:
        """Something was typed."""
        application = QApplication.instance()
        if application is not None and not self._watches:
            self._watches = True
            application.installEventFilter(self)

    def stop(self) -> None:
        """Nothing waits any more."""
        application = QApplication.instance()
        if application is not None and self._watches:
            self._watches = False
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            is_inside = watched is self.field or self.field.isAncestorOf(watched)
            if not is_inside:
                self.stop()
                self._ended()
        return False
