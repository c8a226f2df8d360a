"""A window of its own for panels, for a second screen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gui.panels.side import Side


class Floating(QWidget):
    """Holds a side; closing it gives its panels back. Keys of the main window work here, too."""

    closed = Signal(str)

    def __init__(self, place: str, window: QMainWindow) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side = Side(place)
        self.addActions(window.actions())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.side)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit(self.side.place)
