"""How many there are of each class, or of each token, as bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.formats import count
from gui.theme import STEP, class_colour, colour, font
from gui.words import tr

ROW = 22
NAME = 0.42  # share of the width
NUMBER = 52


class CountBars(QWidget):
    """Rows of name, bar and number, in the order given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, rows: Sequence[tuple[str, int]]) -> None:
        """Show other names and numbers."""
        self._rows = tuple(rows)
        self.setFixedHeight(max(len(self._rows), 1) * ROW)
        told = "; ".join(f"{name}: {count(number)}" for name, number in self._rows)
        self.setAccessibleDescription(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, max(len(self._rows), 1) * ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(9))
        most = max((number for _, number in self._rows), default=1) or 1
        name_width = int(self.width() * NAME)
        room = self.width() - name_width - NUMBER - 2 * STEP
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        seen = event.rect()
        for row, (name, number) in enumerate(self._rows):
            top = row * ROW
            if top > seen.bottom() or top + ROW < seen.top():
                continue
            elided = painter.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideMiddle, name_width - STEP
            )
            painter.setPen(colour("text"))
            painter.drawText(QRectF(0, top, name_width, ROW), left, elided)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(class_colour(row))
            long = max(room * number / most, 2.0)
            painter.drawRoundedRect(QRectF(name_width, top + 5, long, ROW - 10), 3, 3)
            painter.setPen(colour("faint"))
            place = QRectF(name_width + long + STEP, top, NUMBER, ROW)
            painter.drawText(place, left, count(number))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            row = event.pos().y() // ROW
            if 0 <= row < len(self._rows):
                name, number = self._rows[row]
                text = tr("import.count", name=name, count=count(number))
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
