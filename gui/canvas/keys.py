"""The keys of the canvas, as one table. Words are `key.<id>`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.canvas import actions
from gui.canvas.joining import Joining
from gui.canvas.walking import WAYS, Walking

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

NUDGE = 8.0  # scene pixels by which an arrow key moves boxes
SCROLL = 48  # screen pixels by which it moves the paper, if nothing is selected
Standard = QKeySequence.StandardKey
Key = Qt.Key
Press = QKeySequence.StandardKey | Qt.Key | str  # of the system; alone, with or without Shift; both


@dataclass(frozen=True, slots=True)
class CanvasKey:
    """One thing that keys do, and the method of the canvas that does it.

    What has no method needs more than a call: `KeyActions` or the canvas itself sees to it.
    """

    id: str
    keys: tuple[Press, ...]
    act: str = ""

    def shown(self) -> tuple[str, ...]:
        """The keys as people read them, each once."""
        native = QKeySequence.SequenceFormat.NativeText
        names = [QKeySequence(key).toString(native) for key in self.keys]
        return tuple(dict.fromkeys(name for name in names if name))

    def means(self, event: QKeyEvent) -> bool:
        """Whether a press is one of these keys."""
        return any(_is(event, key) for key in self.keys)


TABLE = (
    CanvasKey("walk", ("Tab", "Shift+Tab")),
    CanvasKey("step", ("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down")),
    CanvasKey("edges", (Key.Key_BracketRight, Key.Key_BracketLeft)),
    CanvasKey("connect", ("Ctrl+Return", "Ctrl+Enter")),
    CanvasKey("select_all", (Standard.SelectAll,), "select_all"),
    CanvasKey("cancel", (Key.Key_Escape,), "let_go"),
    CanvasKey("move", (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)),
    CanvasKey("edit", (Key.Key_Return, Key.Key_Enter), "edit_options"),
    CanvasKey("join", (Key.Key_C,), "join_selected"),
    CanvasKey("delete", (Standard.Delete, Key.Key_Delete, Key.Key_Backspace), "delete_selected"),
    CanvasKey("duplicate", ("Ctrl+D",), "duplicate"),
    CanvasKey("copy", (Standard.Copy,), "copy"),
    CanvasKey("cut", (Standard.Cut,), "cut"),
    CanvasKey("paste", (Standard.Paste,), "paste"),
    CanvasKey("zoom_in", (Standard.ZoomIn, Key.Key_Plus, Key.Key_Equal), "zoom_in"),
    CanvasKey("zoom_out", (Standard.ZoomOut, Key.Key_Minus), "zoom_out"),
    CanvasKey("fit", (Key.Key_0,), "fit"),
    CanvasKey("zoom_actual", (Key.Key_1,), "zoom_actual"),
    CanvasKey("fit_selection", ("Shift+F",), "fit_selection"),
    CanvasKey("sample_back", (Key.Key_Comma,), "sample_back"),
    CanvasKey("sample_on", (Key.Key_Period,), "sample_on"),
    CanvasKey("pan", (Key.Key_Space,)),
)

BY_ID = {row.id: row for row in TABLE}


class KeyActions:
    """Knows what each key does to a canvas."""

    def __init__(self, view: CanvasView) -> None:
        self._view = view
        self.walking, self.joining = Walking(view), Joining(view)

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; whether it means anything here."""
        if self.joining.is_on:
            self.joining.press(event)
            return True
        if self._types(event):
            self._view.choose(event.text())
            return True
        for row in TABLE:
            if row.act and row.means(event):
                getattr(self._view, row.act)()
                if row.act == "delete_selected":
                    self.walking.come_home()
                return True
        if BY_ID["connect"].means(event):
            self.joining.begin()
            return True
        if BY_ID["step"].means(event):
            self.walking.step(*WAYS[event.key()])
            return True
        key = event.key()  # an int: keyboards have keys that Qt does not name
        if _has_modifier(event):
            return False
        if key in WAYS:
            self._arrow(*WAYS[key])
        elif BY_ID["edges"].means(event):
            self.walking.turn(key == Qt.Key.Key_BracketRight)
        elif key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._view.hold_space(True)
        else:
            return False
        return True

    def _types(self, event: QKeyEvent) -> bool:
        """Whether a letter begins the name of a layer, for behind the selected box or the first."""
        view, text = self._view, event.text()
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        has_place = bool(actions.last_chosen(view.store)) or not view.canvas.nodes
        return plain and has_place and view.gesture is None and len(text) == 1 and text.isalpha()

    def _arrow(self, x: int, y: int) -> None:
        notes = self._view.canvas.selected_notes
        if self._view.store.selection or notes:
            actions.move(self._view.store, notes, NUDGE * x, NUDGE * y)
        else:
            self._view.camera.pan(QPoint(-SCROLL * x, -SCROLL * y))


def _is(event: QKeyEvent, key: Press) -> bool:
    if isinstance(key, QKeySequence.StandardKey):
        return event.matches(key)
    if isinstance(key, Qt.Key):
        return event.key() == key and not _has_modifier(event)
    return QKeySequence(event.keyCombination()) == QKeySequence(key)


def _has_modifier(event: QKeyEvent) -> bool:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & held)
