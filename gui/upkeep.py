"""What every live panel needs: new words when the language changes, and drawing that costs little.

Data may arrive far more often than an eye can follow, and for panels that nobody sees.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.theme import theme
from gui.words import on_language_change

INTERVAL_MS = 40  # at most 25 pictures a second


class Redraw(QObject):
    """Calls `draw` soon after `request`, at most once an interval, and only while `widget` is seen.

    What was asked for while the widget was hidden is drawn when it is shown.
    """

    def __init__(self, widget: QWidget, draw: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._draw = widget, draw
        self.is_due = False  # whether there is something new to draw
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.now)
        widget.installEventFilter(self)

    def request(self) -> None:
        """Draw soon."""
        self.is_due = True
        if self._widget.isVisible() and not self._timer.isActive():
            self._timer.start(INTERVAL_MS)

    def now(self) -> None:
        """Draw at once, if there is something to draw and someone to see it."""
        if self.is_due and self._widget.isVisible():
            self.is_due = False
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and self.is_due:
            self._timer.start(0)  # the layout comes first
        return False


def keep_up(widget: QWidget, translate: Callable[[], None], recolour: Callable[[], None]) -> None:
    """Give `widget` its words and colours now, and anew when language or theme change.

    Both are methods of `widget`, so that Qt forgets `recolour` together with it.
    """
    translate()
    recolour()
    theme.changed.connect(recolour)
    forget = on_language_change(translate)
    widget.destroyed.connect(lambda: forget())
