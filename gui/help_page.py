"""Which page of the help belongs to what a person is doing: panels and windows name their own."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

PROPERTY = "help_page"


def has_page(widget: QWidget, page: str) -> None:
    """F1 within `widget` opens this page."""
    widget.setProperty(PROPERTY, page)


def page_here() -> str:
    """The page of the panel or window in which keys are typed; empty if it has none."""
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    while widget is not None:
        if page := widget.property(PROPERTY):
            return str(page)
        widget = widget.parentWidget()
    return ""
