"""Tokens as chips in lines, the way a text is cut into them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.theme import STEP, class_colour, colour, font
from gui.words import tr

HEIGHT, GAP = 22, 3
MOST = 600
SIGNS = {" ": "␣", "\n": "↵", "\t": "⇥", "\r": "↵"}


class TokenChips(QWidget):
    """As high as its tokens need at its width. Equal tokens have equal colours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: tuple[str, ...] = ()
        self._kinds: dict[str, int] = {}
        self._places: list[QRect] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_tokens(self, tokens: Sequence[str]) -> None:
        """Show other tokens."""
        self._tokens = tuple(tokens[:MOST])
        self._kinds = {}
        for token in self._tokens:
            self._kinds.setdefault(token, len(self._kinds))
        self.setAccessibleDescription(" | ".join(self._tokens[:100]))
        self._arrange()

    def _arrange(self) -> None:
        metrics = QFontMetrics(font())
        x = y = 0
        self._places = []
        for token in self._tokens:
            width = metrics.horizontalAdvance(_shown(token)) + 2 * STEP
            if x and x + width > self.width():
                x, y = 0, y + HEIGHT + GAP
            self._places.append(QRect(x, y, width, HEIGHT))
            x += width + GAP
        self.setMinimumHeight(y + HEIGHT)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(300, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font())
        for token, place in zip(self._tokens, self._places, strict=True):
            if not place.intersects(event.rect()):
                continue
            tint = class_colour(self._kinds[token])
            tint.setAlpha(52)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(place, 5, 5)
            painter.setPen(colour("text" if token.strip() else "faint"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _shown(token))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            for token, place in zip(self._tokens, self._places, strict=True):
                if place.contains(event.pos()):
                    times = self._tokens.count(token)
                    text = tr("import.token", token=_shown(token), count=times)
                    QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def _shown(token: str) -> str:
    return "".join(SIGNS.get(sign, sign) for sign in token)
