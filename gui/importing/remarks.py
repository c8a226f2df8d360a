"""What a person should know about files that can be read, one sentence a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.theme import STEP, colour, icon

SIDE = 18
MOST = 4  # lines; the others are in the hover text


class Remarks(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._is_error = False
        self.mark, self.label = QLabel(), QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)  # names of files may look like markup
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * STEP, STEP, 2 * STEP, STEP)
        row.setSpacing(2 * STEP)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.hide()

    def say(self, sentences: Sequence[str], is_error: bool = False) -> None:
        """Show sentences, or nothing."""
        self._is_error = is_error
        shown = list(sentences[:MOST])
        if len(sentences) > MOST:
            shown[-1] += " …"
        self.label.setText("\n".join(shown))
        self.label.setToolTip("\n".join(sentences) if len(sentences) > MOST else "")
        self.setVisible(bool(shown))
        self.recolour()

    def recolour(self) -> None:
        """Colours of the theme in use."""
        tint = colour("error" if self._is_error else "warning")
        name = "mdi6.alert-circle-outline" if self._is_error else "mdi6.information-outline"
        self.mark.setPixmap(icon(name, tint).pixmap(SIDE, SIDE))
        self.setStyleSheet(
            f"QFrame#notice {{ background: {colour('card').name()};"
            f" border-left: 4px solid {tint.name()}; }}"
        )
