"""One sample, large, with the probability that the network gives to each class."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.formats import percent
from gui.plots.answers import Answers
from gui.plots.pictures import draw_bar, sentence
from gui.sizes import fixed, least, most
from gui.theme import FONT_POINTS, STEP, colour, font, icon, px
from gui.thumbnails import draw
from gui.upkeep import keep_up
from gui.words import tr

MOST = 12  # classes shown; of more, the most probable
ROW = (13, 19)  # height of one class: at least, at most
BAR = 8
LEAST_POINTS = 7.0  # of the letters in the lowest rows
NAME_WIDTH = (20, 96)  # of the names of classes: at least, at most
NUMBER_WIDTH = 56
MARK = 14
SIDE = (56, 168)  # of the picture: at least, at most


class ProbabilityBars(QWidget):
    """A bar for each class: the true one has a check, the predicted one is coloured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes: list[tuple[int, str, float]] = []  # number, name, probability
        self.true = self.predicted = 0
        least(self, 200)

    def show_sample(self, answers: Answers, row: int) -> None:
        """Show the classes of one sample, in their own order."""
        found = sorted(answers.best(row, MOST))
        self.classes = [(index, answers.name(index), share) for index, share in found]
        self.true, self.predicted = int(answers.true[row]), int(answers.predicted[row])
        self.setAccessibleName(", ".join(f"{name}: {percent(p)}" for _, name, p in self.classes))
        least(self, height=ROW[0] * len(self.classes))
        most(self, height=ROW[1] * len(self.classes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(ROW[1] * len(self.classes)))

    @property
    def row_height(self) -> int:
        """Height of one class, pixels: all of them fit."""
        return min(max(self.height() // max(len(self.classes), 1), ROW[0]), ROW[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font(bold=True))
        metrics = painter.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for _, name, _ in self.classes), default=0)
        names = min(max(widest + STEP, NAME_WIDTH[0]), NAME_WIDTH[1])
        for i in range(len(self.classes)):
            self._paint_class(painter, i, names)
        painter.end()

    def _font(self, bold: bool) -> QFont:
        missing = (ROW[1] - self.row_height) / (ROW[1] - ROW[0])
        points = FONT_POINTS - 1
        return font(points - missing * (points - LEAST_POINTS), bold=bold)

    def _paint_class(self, painter: QPainter, place: int, names: int) -> None:
        """One line: check, name (`names` pixels wide), bar and percentage."""
        index, name, share = self.classes[place]
        row = self.row_height
        top = place * row
        mark = min(MARK, row)
        if index == self.true:
            check = QRectF(0, top + (row - mark) / 2, mark, mark).toRect()
            icon("mdi6.check", colour("good")).paint(painter, check)
        said = index == self.predicted
        right = self.true == self.predicted
        tint = colour(("good" if right else "error") if said else "faint")
        painter.setFont(self._font(bold=said))
        painter.setPen(colour("text"))
        room = QRectF(MARK + STEP, top, names, row)
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, names)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
        left = room.right() + STEP
        width = self.width() - left - NUMBER_WIDTH
        bar = min(BAR, row - STEP)
        draw_bar(painter, QRectF(left, top + (row - bar) / 2, width, bar), share, tint)
        painter.setPen(colour("text" if said else "faint"))
        number = QRectF(self.width() - NUMBER_WIDTH, top, NUMBER_WIDTH, row)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(number, flags, percent(share))


class Picture(QWidget):
    """An image as large as its place allows, and always whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        fixed(self, SIDE[1])
        least(self, height=SIDE[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image is not None:
            painter = QPainter(self)
            draw(painter, self.image, QRectF(self.rect()))
            painter.end()


class SampleDetail(QFrame):
    """A card at the side; hidden until a sample is chosen."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.title, self.close_button = QLabel(self), QToolButton(self)
        self.title.setObjectName("heading")
        self.title.setWordWrap(True)
        self.picture, self.bars = Picture(self), ProbabilityBars(self)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.room = QScrollArea(self)  # where even the smallest rows are too many
        self.room.setWidget(self.bars)
        self.room.setWidgetResizable(True)
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.viewport().setAutoFillBackground(False)
        self.bars.setAutoFillBackground(False)
        column = QVBoxLayout()  # beside the picture, so that both have more height
        column.setSpacing(STEP)
        column.addLayout(head)
        column.addWidget(self.room, 1)
        body = QHBoxLayout(self)
        body.setContentsMargins(2 * STEP, STEP, STEP, STEP)
        body.setSpacing(3 * STEP)
        body.addWidget(self.picture)
        body.addLayout(column, 1)
        keep_up(self, self.retranslate, self.recolour)
        self.hide()

    def show_sample(self, answers: Answers, row: int, image: QImage | None) -> None:
        """Show one sample; `image` is None if it is not a picture."""
        self.title.setText(sentence(answers, row))
        self.picture.image = image
        self.picture.setVisible(image is not None)
        fixed(self, 510 if image is not None else 300)
        self._fit_picture()
        self.picture.update()
        self.bars.show_sample(answers, row)
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_picture()

    def _fit_picture(self) -> None:
        """As broad as it is high, so that no room is left empty beside it."""
        side = min(max(self.height() - 2 * STEP, SIDE[0]), SIDE[1])
        self.picture.setFixedWidth(side)

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.close_button.setToolTip(tr("plots.sample.close"))
        self.close_button.setAccessibleName(tr("plots.sample.close"))
        self.bars.setToolTip(tr("plots.sample.bars"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.close_button.setIcon(icon("mdi6.close"))
        self.bars.update()
