"""What is told of the chosen example: a larger picture, its words and facts, and the way in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui import set_words
from gui.example_files import path_of, read_example
from gui.gallery import facts as words
from gui.gallery.facts import Facts
from gui.gallery.pictures import Pictures
from gui.sizes import enlarged, fixed, letters
from gui.theme import RADIUS, STEP, colour, theme
from gui.words import tr

WIDE = 332
POSTER = QSize(WIDE - 6 * STEP, 212)


class Poster(QWidget):
    """The larger picture."""

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.facts: Facts | None = None
        fixed(self, POSTER.width(), POSTER.height())
        pictures.made.connect(self._picture_made)

    def _picture_made(self, stamp: str) -> None:
        if self.facts is not None and self.facts.stamp == stamp:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        with enlarged(painter, self.rect()) as area:
            painter.setPen(QPen(colour("border"), 1.0))
            painter.setBrush(colour("canvas"))
            frame = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, RADIUS, RADIUS)
            found = self._picture(area.size() - QSize(2 * STEP, 2 * STEP))
            if found is not None:
                painter.drawPixmap(STEP, STEP, found)

    def _picture(self, size: QSize) -> QPixmap | None:
        if self.facts is None:
            return None
        path, ratio = path_of(self.facts.name), self.devicePixelRatioF() * theme.factor
        return self.pictures.get(self.facts.stamp, partial(read_example, path), size, ratio)


class SideCard(QFrame):
    """Shows one example at a time."""

    opened = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        fixed(self, WIDE)
        self.facts: Facts | None = None
        self.poster = Poster(pictures)
        self.name, self.line, self.watch, self.promise = (QLabel() for _ in range(4))
        letters(self.name, 12.0, bold=True)
        self.table = QGridLayout()
        self.rows = [(QLabel(), QLabel()) for _ in range(6)]
        self.open = QPushButton()
        self.open.setObjectName("primary")
        self.open.setAutoDefault(False)
        self.open.clicked.connect(self._open)
        self._lay_out()

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(self.poster)
        for label in (self.name, self.line, self.watch):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.table.setHorizontalSpacing(3 * STEP)
        self.table.setVerticalSpacing(STEP)
        self.table.setColumnStretch(1, 1)
        for i, (label, value) in enumerate(self.rows):
            label.setObjectName("faint")
            value.setWordWrap(True)
            self.table.addWidget(label, i, 0, Qt.AlignmentFlag.AlignTop)
            self.table.addWidget(value, i, 1)
        column.addSpacing(STEP)
        column.addLayout(self.table)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        whole.setSpacing(2 * STEP)
        whole.addWidget(area, 1)
        whole.addWidget(self.open)

    def tell(self, facts: Facts | None) -> None:
        """Show an example, or none."""
        self.facts = self.poster.facts = facts
        self.retranslate()
        self.poster.update()

    def retranslate(self) -> None:
        """Words of the present language."""
        self.open.setText(tr("gallery.open"))
        self.open.setToolTip(tr("gallery.open.tip"))
        self.open.setEnabled(self.facts is not None)
        facts = self.facts
        if facts is None:
            return
        self.name.setText(words.name_of(facts.name))
        self.line.setText(tr(f"example.{facts.name}.line"))
        self.watch.setText(tr("gallery.watch", what=tr(f"example.{facts.name}.watch")))
        reached = words.promise_words(facts)
        time = words.time_words(facts)
        marks = "\n".join(f"{each} {words.system_words(each)}" for each in facts.systems)
        texts = (
            (tr("gallery.task"), words.task_words(facts)),
            (tr("gallery.data"), set_words.name(facts.dataset)),
            (tr("gallery.network"), words.kind_words(facts.kind)),
            (tr("gallery.size"), words.sizes_words(facts)),
            (tr("gallery.training"), f"{time}\n{reached}" if reached else time),
            (tr("gallery.shows"), marks),
        )
        for (label, value), (name, text) in zip(self.rows, texts, strict=True):
            label.setText(name)
            value.setText(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))
        self.poster.setAccessibleName(tr("gallery.picture", name=self.name.text()))

    def _open(self) -> None:
        if self.facts is not None:
            self.opened.emit(self.facts.name)
