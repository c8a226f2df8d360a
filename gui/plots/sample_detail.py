"""One sample, large, with the probability that the network gives to each class."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gui.formats import percent
from gui.plots.answers import Answers
from gui.plots.pictures import draw_bar, sentence
from gui.plots.thumbnails import draw
from gui.plots.upkeep import keep_up
from gui.theme import FONT_POINTS, STEP, colour, font, icon
from gui.words import tr

MOST = 12  # classes shown; of more, the most probable
ROW = 19  # height of one class
BAR = 8
NAME_WIDTH = (20, 96)  # of the names of classes: at least, at most
NUMBER_WIDTH = 56
MARK = 14
SIDE = 168  # of the picture


class ProbabilityBars(QWidget):
    """A bar for each class: the true one has a check, the predicted one is coloured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes: list[tuple[int, str, float]] = []  # number, name, probability
        self.true = self.predicted = 0
        self.setMinimumWidth(200)

    def show_sample(self, answers: Answers, row: int) -> None:
        """Show the classes of one sample, in their own order."""
        found = sorted(answers.best(row, MOST))
        self.classes = [(index, answers.name(index), share) for index, share in found]
        self.true, self.predicted = int(answers.true[row]), int(answers.predicted[row])
        self.setAccessibleName(", ".join(f"{name}: {percent(p)}" for _, name, p in self.classes))
        self.setMinimumHeight(ROW * len(self.classes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, ROW * len(self.classes))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(FONT_POINTS - 1, bold=True))
        metrics = painter.fontMetrics()
        widest = max((metrics.horizontalAdvance(name) for _, name, _ in self.classes), default=0)
        names = min(max(widest + STEP, NAME_WIDTH[0]), NAME_WIDTH[1])
        for i, (index, name, share) in enumerate(self.classes):
            top = i * ROW
            if index == self.true:
                check = QRectF(0, top + (ROW - MARK) / 2, MARK, MARK).toRect()
                icon("mdi6.check", colour("good")).paint(painter, check)
            said = index == self.predicted
            right = self.true == self.predicted
            tint = colour(("good" if right else "error") if said else "faint")
            painter.setFont(font(FONT_POINTS - 1, bold=said))
            painter.setPen(colour("text"))
            place = QRectF(MARK + STEP, top, names, ROW)
            elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)
            left = place.right() + STEP
            width = self.width() - left - NUMBER_WIDTH
            draw_bar(painter, QRectF(left, top + (ROW - BAR) / 2, width, BAR), share, tint)
            painter.setPen(colour("text" if said else "faint"))
            number = QRectF(self.width() - NUMBER_WIDTH, top, NUMBER_WIDTH, ROW)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(number, flags, percent(share))
        painter.end()


class Picture(QWidget):
    """An image as large as its place allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self.setFixedSize(SIDE, SIDE)

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
        body = QHBoxLayout()
        body.setSpacing(4 * STEP)
        body.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        body.addWidget(self.bars, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 2 * STEP, 2 * STEP)
        column.addLayout(head)
        column.addLayout(body)
        column.addStretch()
        keep_up(self, self.retranslate, self.recolour)
        self.hide()

    def show_sample(self, answers: Answers, row: int, image: QImage | None) -> None:
        """Show one sample; `image` is None if it is not a picture."""
        self.title.setText(sentence(answers, row))
        self.picture.image = image
        self.picture.setVisible(image is not None)
        self.setFixedWidth(470 if image is not None else 300)
        self.picture.update()
        self.bars.show_sample(answers, row)
        self.show()

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.close_button.setToolTip(tr("plots.sample.close"))
        self.close_button.setAccessibleName(tr("plots.sample.close"))
        self.bars.setToolTip(tr("plots.sample.bars"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.close_button.setIcon(icon("mdi6.close"))
        self.bars.update()
