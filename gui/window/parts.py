"""Going from part to part of the window with the keys: Ctrl+F6 round it, Escape to the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.announcing import announce

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

TAB = Qt.FocusPolicy.TabFocus


class Parts(QObject):
    """The canvas and the panels in front around it, in the order of the sides."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions call, by id."""
        return {"next_part": lambda: self.go(1), "previous_part": lambda: self.go(-1)}

    def begin(self) -> None:
        """Let Escape lead back from now on, where nothing else has a use for it."""
        self.window.room.installEventFilter(self)

    def go(self, by: int) -> None:
        """Put the keys into the next part that can take them."""
        self.window.ring.by_keys = True
        parts = self._parts()
        here = QApplication.focusWidget()
        at = next((i for i, p in enumerate(parts) if p is here or _holds(p, here)), 0)
        for step in range(1, len(parts) + 1):
            part = parts[(at + by * step) % len(parts)]
            if self._enter(part):
                return

    def _parts(self) -> list[QWidget]:
        sides = (side.currentWidget() for side in self.window.room.sides.values())
        shown = (page for page in sides if page is not None and page.isVisible())
        return [self.window.canvas, *shown]

    def _enter(self, part: QWidget) -> bool:
        """Put the keys into a part; whether anything in it takes them."""
        if part is self.window.canvas:
            self.to_canvas()
            return True
        field = _first(part)
        if field is None:
            return False
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(field, part.accessibleName())
        return True

    def to_canvas(self) -> None:
        """Put the keys into the drawing."""
        self.window.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        announce(self.window.canvas, self.window.canvas.accessibleDescription())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape that came up to the room had no meaning on its way."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.window.ring.by_keys = True
            self.to_canvas()
            return True
        return super().eventFilter(watched, event)


def _holds(part: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and part.isAncestorOf(widget)


def _first(part: QWidget) -> QWidget | None:
    """The first thing in a panel that Tab would reach; none where there is only something to see.

    A panel that names its own entrance has it as focus proxy.
    """
    proxy = part.focusProxy()
    if proxy is not None and proxy.isVisible():
        return proxy
    field = part.nextInFocusChain()
    while field is not None and field is not part:
        usable = field.isVisible() and field.isEnabled() and bool(field.focusPolicy() & TAB)
        if usable and part.isAncestorOf(field):
            return field
        field = field.nextInFocusChain()
    return None
