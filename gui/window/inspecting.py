"""Enter leads from a box to its options, Escape from there back to the drawing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from gui.canvas.view import CanvasView
from gui.inspector.inspector import Inspector


def join_keys(canvas: CanvasView, inspector: Inspector, tabs: QTabWidget) -> None:
    """Let the keys go between a drawing and the panel in `tabs` about what is selected in it."""

    def to_options() -> None:
        tabs.setCurrentWidget(inspector)
        inspector.begin()

    canvas.options_wanted.connect(to_options)
    inspector.left.connect(lambda: canvas.setFocus(Qt.FocusReason.OtherFocusReason))
