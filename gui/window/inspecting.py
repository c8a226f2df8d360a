"""Enter leads from a box to its options, Escape from there back to the drawing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from gui.canvas.view import CanvasView
from gui.inspector.inspector import Inspector


def join_keys(canvas: CanvasView, inspector: Inspector, bring: Callable[[str], None]) -> None:
    """Let the keys go between a drawing and the panel about its selection, which `bring` shows."""

    def to_options() -> None:
        bring("box")
        inspector.begin()

    canvas.options_wanted.connect(to_options)
    inspector.left.connect(lambda: canvas.setFocus(Qt.FocusReason.OtherFocusReason))
