"""Where things stand: a new window on the screen, and a page in a panel that is lower than it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scrolled(widget: QWidget) -> QScrollArea:
    """A page that scrolls where the window is low, with the margins of a panel."""
    inner, area = QWidget(), QScrollArea()
    inner.setObjectName("panel")
    column = QVBoxLayout(inner)
    column.setContentsMargins(12, 12, 12, 12)
    column.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are for what is in it
    area.setWidget(inner)
    return area


def centre(window: QWidget) -> None:
    """Put a new window into the middle of the screen, no larger than it."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    size = window.size().boundedTo(screen.size())
    window.resize(size)
    window.move(screen.center() - window.rect().center())
