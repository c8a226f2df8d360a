"""The keys of the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.canvas import actions

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

NUDGE = 8.0  # scene pixels by which an arrow key moves boxes
SCROLL = 48  # screen pixels by which it moves the paper, if nothing is selected
ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class KeyActions:
    """Knows what each key does to a canvas."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        standard = QKeySequence.StandardKey
        self._sequences: tuple[tuple[QKeySequence.StandardKey, Callable[[], object]], ...] = (
            (standard.SelectAll, view.select_all),
            (standard.Copy, view.copy),
            (standard.Cut, view.cut),
            (standard.Paste, view.paste),
            (standard.Delete, view.delete_selected),
            (standard.ZoomIn, view.zoom_in),
            (standard.ZoomOut, view.zoom_out),
        )
        self._plain: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Backspace: view.delete_selected,
            Qt.Key.Key_Delete: view.delete_selected,
            Qt.Key.Key_Plus: view.zoom_in,
            Qt.Key.Key_Equal: view.zoom_in,
            Qt.Key.Key_Minus: view.zoom_out,
            Qt.Key.Key_0: view.fit,
            Qt.Key.Key_F: view.fit_selection,
            Qt.Key.Key_C: view.join_selected,
            Qt.Key.Key_Escape: self._escape,
        }

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; whether it means anything here."""
        key = event.key()  # an int: keyboards have keys that Qt does not name
        for sequence, act in self._sequences:
            if event.matches(sequence):
                act()
                return True
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and key == Qt.Key.Key_D:
            self._view.duplicate()
        elif control or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        elif key in ARROWS:
            self._arrow(*ARROWS[key])
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._view.hold_space(True)
        elif key in self._plain:
            self._plain[key]()
        else:
            return False
        return True

    def _arrow(self, x: int, y: int) -> None:
        if self._view.store.selection:
            actions.move(self._view.store, NUDGE * x, NUDGE * y)
        else:
            self._view.camera.pan(QPoint(-SCROLL * x, -SCROLL * y))

    def _escape(self) -> None:
        if not self._view.cancel_gesture():
            self._view.store.select(())
            self._view.canvas.select_edges(())
