"""A text as it will be read: its beginning, its tokens, and which are the most frequent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import TextGlimpse
from gui.importing.count_bars import CountBars
from gui.importing.token_chips import SIGNS, TokenChips
from gui.theme import STEP
from gui.words import tr

BESIDE = 220


class TextPreview(QWidget):
    """Above the text, below it its tokens, beside them the vocabulary."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.chips, self.bars = QPlainTextEdit(), TokenChips(), CountBars()
        self.text.setReadOnly(True)
        self.setFocusProxy(self.text)
        self.text.setTabChangesFocus(True)
        self.headings = [QLabel() for _ in range(3)]
        for heading in self.headings:
            heading.setObjectName("heading")
        down = QSplitter(Qt.Orientation.Vertical)
        down.addWidget(_titled(self.headings[0], self.text))
        down.addWidget(_titled(self.headings[1], _scrolled(self.chips)))
        down.setChildrenCollapsible(False)
        down.setSizes([200, 200])
        beside = _titled(self.headings[2], _scrolled(self.bars))
        beside.setFixedWidth(BESIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * STEP)
        row.addWidget(down, 1)
        row.addWidget(beside)

    def show_text(self, glimpse: TextGlimpse) -> None:
        """Show what was found."""
        keys = ("import.text", "import.tokens.heading", "import.frequent")
        for heading, widget, key in zip(
            self.headings, (self.text, self.chips, self.bars), keys, strict=True
        ):
            heading.setText(tr(key))
            widget.setAccessibleName(tr(key))
        if self.text.toPlainText() != glimpse.text:
            self.text.setPlainText(glimpse.text)
        self.chips.show_tokens(glimpse.tokens)
        self.bars.show_counts([(SIGNS.get(t, t), number) for t, number in glimpse.vocabulary])


def _titled(heading: QLabel, widget: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, STEP, 0, STEP)
    column.setSpacing(STEP)
    column.addWidget(heading)
    column.addWidget(widget, 1)
    return box


def _scrolled(widget: QWidget) -> QScrollArea:
    inner, area = QWidget(), QScrollArea()
    inner.setObjectName("panel")
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, STEP, 0)
    column.addWidget(widget)
    column.addStretch(1)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    return area
