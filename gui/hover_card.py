"""The small card beside the mouse that tells every value at one batch."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.sizes import letters
from gui.theme import FONT_POINTS, STEP, colour, theme

GAP = 16  # pixels between mouse and card

Row = tuple[str, str, str]  # colour as #rrggbb (or ""), words, value


class HoverCard(QLabel):
    """Floats over its parent; never takes the mouse itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.room = parent
        self.setObjectName("hoverCard")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.RichText)
        letters(self, FONT_POINTS - 1)
        theme.changed.connect(self.recolour)
        self.recolour()
        self.hide()

    def tell(self, heading: str, rows: list[Row], near: QPoint) -> None:
        """Show rows at a place of the parent, on the side where there is room."""
        self.setText(_table(heading, rows))
        self.adjustSize()
        room = self.room.rect()
        x = near.x() + GAP
        if x + self.width() > room.right():
            x = near.x() - GAP - self.width()
        y = min(max(near.y() - self.height() // 2, 0), room.bottom() - self.height())
        self.move(max(x, 0), max(y, 0))
        self.show()
        self.raise_()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.setStyleSheet(
            f"QLabel#hoverCard {{ background: {colour('card').name()};"
            f" color: {colour('text').name()}; border: 1px solid {colour('border').name()};"
            f" border-radius: 6px; padding: {STEP}px {2 * STEP}px; }}"
        )


def _table(heading: str, rows: list[Row]) -> str:
    lines = "".join(
        f"<tr><td>{_dot(tint)}</td><td>{words}&nbsp;&nbsp;&nbsp;</td>"
        f'<td align="right"><b>{value}</b></td></tr>'
        for tint, words, value in rows
    )
    return f"<b>{heading}</b><table cellspacing='0' cellpadding='1'>{lines}</table>"


def _dot(tint: str) -> str:
    return f'<span style="color:{tint}">●&nbsp;</span>' if tint else ""
