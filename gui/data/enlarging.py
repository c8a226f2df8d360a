"""A chart of many small pictures, one of which can be shown large, by mouse or by keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from gui.data.chart import Chart
from gui.theme import colour

STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
AGREEMENT = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
ROOM = 8  # pixels around what is scrolled into sight


class Enlarging(Chart):
    """A click or Enter shows one large, a click or Esc all of them; arrows go to the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.large = -1  # the number of the one that is shown large
        self.current = -1  # of the one that the keys have come to
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.enlarge)

    @property
    def count(self) -> int:
        """How many small pictures there are."""
        raise NotImplementedError(type(self))

    def enlarge(self, key: int) -> None:
        """Show one large, or all of them again."""
        self.large = -1 if self.large >= 0 else key
        self.current = key if key >= 0 else self.current
        self.card.hide()
        self.fit()
        self.update()

    def keep_within(self) -> None:
        """Forget what is no longer there."""
        if self.large >= self.count:
            self.large = -1
        self.current = min(self.current, self.count - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.large >= 0:
            self.enlarge(-1)
        elif key in AGREEMENT and self.count:
            self.enlarge(max(self.current, 0))
        elif key in STEPS and self.count:
            self._go(STEPS[key])
        else:
            event.ignore()

    def _go(self, by: int) -> None:
        self.current = min(max(self.current + by, 0), self.count - 1)
        if self.large >= 0:
            self.large = self.current
            self.fit()
        area = self._area()
        viewport = self.parentWidget()
        scroll = viewport.parentWidget() if viewport is not None else None
        if isinstance(scroll, QScrollArea) and self.large < 0:
            middle = area.center().toPoint()
            scroll.ensureVisible(middle.x(), middle.y(), ROOM, round(area.height() / 2) + ROOM)
        self.update()

    def _area(self) -> QRectF:
        """Where the one is that the keys have come to."""
        found = QRectF()
        for spot in self.spots:
            if spot.key == self.current:
                found = found.united(spot.area)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.current >= 0 and self.large < 0 and self.shown is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.drawRoundedRect(self._area().adjusted(1, 1, -1, -1), 6, 6)
            painter.end()
