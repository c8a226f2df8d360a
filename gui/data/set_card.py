"""The card of a bundled data set, which appears beside the shelf: everything known about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec.datasets import CARDS
from engine.spec.painting import PAINTED
from gui import set_words
from gui.help_page import has_page
from gui.sizes import fixed, letters
from gui.specimen_painter import paint_specimen
from gui.specimens import specimens
from gui.theme import RADIUS, STEP, colour, icon, px, theme
from gui.words import tr

WIDE, PICTURE = 336, 132  # pixels


class Poster(QWidget):
    """The picture of a set, large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dataset = ""
        fixed(self, height=PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colour("border"), 1.0))
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        paint_specimen(painter, frame.adjusted(2.0, 2.0, -2.0, -2.0), specimens()[self.dataset])


class SetCard(QFrame):
    """Floats over the canvas. Buttons: use it, and its help page."""

    used = Signal(str)
    help_asked = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dataset = ""
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        fixed(self, WIDE)
        self.poster, self.title, self.line = Poster(), QLabel(), QLabel()
        self.caution, self.sign = QLabel(), QLabel()
        self.use, self.help = QPushButton(), QToolButton()
        self.use.setObjectName("primary")
        self.facts = QGridLayout()
        self._rows = [(QLabel(), QLabel()) for _ in range(4)]
        self._lay_out()
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28.0)
        shadow.setOffset(0.0, 6.0)
        self.setGraphicsEffect(shadow)
        self.use.clicked.connect(lambda: self.used.emit(self.dataset))
        self.help.clicked.connect(lambda: self.help_asked.emit(self.dataset))
        theme.changed.connect(self.refresh)
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(self.poster)
        column.addWidget(self.title)
        column.addWidget(self.line)
        self.facts.setHorizontalSpacing(3 * STEP)
        self.facts.setVerticalSpacing(STEP)
        self.facts.setColumnStretch(1, 1)
        for i, (label, value) in enumerate(self._rows):
            label.setObjectName("faint")
            self.facts.addWidget(label, i, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(value, i, 1)
        column.addLayout(self.facts)
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.caution, 1)
        column.addLayout(row)
        ends = QHBoxLayout()
        ends.addWidget(self.use, 1)
        ends.addWidget(self.help)
        column.addLayout(ends)
        letters(self.title, 12.0, bold=True)
        for label in (self.title, self.line, self.caution, *(v for _, v in self._rows)):
            label.setWordWrap(True)

    def show_set(self, dataset: str) -> None:
        """Show another set."""
        self.dataset = self.poster.dataset = dataset
        has_page(self, f"dataset/{dataset}")
        self.refresh()

    def refresh(self) -> None:
        """Words and colours anew."""
        if not self.dataset:
            return
        card = CARDS[self.dataset]
        self.title.setText(set_words.name(self.dataset))
        self.line.setText(tr(f"dataset.{self.dataset}.line"))
        size = f"{set_words.amount(card)} · {set_words.shape(card)} · {set_words.answer(card)}"
        texts = (
            (tr("shelf.size"), size),
            (tr("shelf.good"), set_words.good_for(card)),
            (tr("inspector.origin"), tr(f"dataset.{self.dataset}.source")),
            (tr("inspector.licence"), tr(f"dataset.{self.dataset}.licence")),
        )
        for (label, value), (name, text) in zip(self._rows, texts, strict=True):
            label.setText(name)
            value.setText(text)
        self.caution.setText(tr(f"dataset.{self.dataset}.caution"))
        self.sign.setPixmap(icon("mdi6.alert-outline", colour("warning")).pixmap(px(16), px(16)))
        self.sign.setAccessibleName(tr("inspector.caution"))
        is_painted = self.dataset == PAINTED
        self.use.setText(tr("paint.open" if is_painted else "shelf.use"))
        self.use.setToolTip(tr("paint.open.tip" if is_painted else "shelf.use_tip"))
        self.help.setIcon(icon("mdi6.help-circle-outline"))
        self.help.setToolTip(tr("shelf.help_tip"))
        self.help.setAccessibleName(tr("shelf.help_tip"))
        self.setAccessibleName(set_words.name(self.dataset))
        self.poster.update()

    def appear(self, beside: QWidget) -> None:
        """Show the card to the right of a tile, wholly within the window."""
        parent = self.parentWidget()
        assert parent is not None
        self.show()
        self._fit()
        QTimer.singleShot(0, self, self._fit)  # once the style has come to the words
        at = beside.mapTo(parent, QPoint(beside.width() + 2 * STEP, -2 * STEP))
        lowest = max(2 * STEP, parent.height() - self.height() - 2 * STEP)
        self.move(self._left(beside, parent), min(max(at.y(), 2 * STEP), lowest))
        self.raise_()

    def _fit(self) -> None:
        """Be as high as the words need."""
        layout = self.layout()
        assert layout is not None
        for label in self.findChildren(QLabel):
            label.ensurePolished()
            label.updateGeometry()  # or the layout goes by the words before these
        layout.activate()
        self.setFixedHeight(self.heightForWidth(px(WIDE)))

    def event(self, event: QEvent) -> bool:
        """Fit whenever words or their fonts have changed, which a style may do late."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit()
        return handled

    def _left(self, beside: QWidget, parent: QWidget) -> int:
        """Beside the whole shelf, so that it hides no other tile."""
        shelf = beside
        while (above := shelf.parentWidget()) is not None and above.objectName() != "shelf":
            shelf = above
        edge = (above or beside).mapTo(parent, QPoint((above or beside).width() + 2 * STEP, 0)).x()
        return min(edge, parent.width() - px(WIDE) - 2 * STEP)

    def sizeHint(self) -> QSize:
        return QSize(px(WIDE), self.heightForWidth(px(WIDE)))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().leaveEvent(event)
