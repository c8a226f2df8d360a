"""What a panel shows before there is anything to show: what it is for, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.sizes import letters
from gui.theme import FONT_POINTS, STEP, colour, icon, px
from gui.upkeep import keep_up
from gui.words import tr

SIDE = 40  # of the icon, pixels


class EmptyState(QWidget):
    """An icon, a sentence that says what to do, and a line that says what will be seen."""

    def __init__(self, symbol: str, words: str, line: str, parent: QWidget | None = None) -> None:
        """`symbol` is the name of an icon; `words` and `line` are keys of words."""
        super().__init__(parent)
        self._symbol, self._words, self._line = symbol, words, line
        self.picture, self.heading, self.detail = (QLabel(self) for _ in range(3))
        self.heading.setObjectName("heading")
        self.detail.setObjectName("faint")
        for label in (self.heading, self.detail):
            label.setWordWrap(True)  # a long line must not make its panel broad
        column = QVBoxLayout(self)
        column.setSpacing(2 * STEP)
        column.addStretch()
        for label in (self.picture, self.heading, self.detail):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(label)
        column.addStretch()
        letters(self.heading, FONT_POINTS + 3, bold=True)
        keep_up(self, self.retranslate, self.recolour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the sentence alone is shown."""
        super().resizeEvent(event)
        row = self.fontMetrics().height()
        self.picture.setVisible(self.height() > px(SIDE) + 6 * row)
        self.detail.setVisible(self.height() > 4 * row)

    def say(self, words: str) -> None:
        """Show another sentence; `words` is its key."""
        if words != self._words:
            self._words = words
            self.retranslate()

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.heading.setText(tr(self._words))
        self.detail.setText(tr(self._line))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.picture.setPixmap(icon(self._symbol, colour("faint")).pixmap(px(SIDE), px(SIDE)))
