"""Validation pictures in a grid, each with what the network says; wrong ones stand out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.formats import percent
from gui.plots.answers import Answers
from gui.sizes import enlarged
from gui.theme import FONT_POINTS, STEP, colour, font, icon, px, theme
from gui.thumbnails import draw, to_bytes, to_image
from gui.words import tr

ROOM = 64  # of a picture, pixels
TEXT = 20  # height of the line below
BAR = 4  # height of the bar of confidence
CELL = QSize(ROOM + 5 * STEP, ROOM + TEXT + BAR + 4 * STEP)
MARK = 14  # side of the check or cross
BEST = 3  # classes named in the hover text
NOWHERE = QModelIndex()

Index = QModelIndex | QPersistentModelIndex


class PictureModel(QAbstractListModel):
    """The samples shown, in order; the view asks it for texts, the delegate for pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: Answers | None = None
        self.rows: list[int] = []
        self._images: dict[int, QImage] = {}

    def show(self, answers: Answers, rows: list[int]) -> None:
        """Show these samples; the number of items changes only if it must."""
        if answers is not self.answers:
            self.answers, self._images = answers, {}
            self._bytes = to_bytes(answers.inputs)
        if len(rows) == len(self.rows):
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def image(self, row: int) -> QImage:
        """The picture of a sample, by its number in the answers."""
        if row not in self._images:
            self._images[row] = to_image(self._bytes[row])
        return self._images[row]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # as Qt has it
        if self.answers is None or not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return caption(self.answers, row)
            case Qt.ItemDataRole.ToolTipRole:
                return self.answers.best_text(row, BEST)
            case Qt.ItemDataRole.AccessibleTextRole:
                return sentence(self.answers, row)
            case Qt.ItemDataRole.UserRole:
                return row
        return None


def caption(answers: Answers, row: int) -> str:
    """The predicted class; of a wrong one also the true class: 7 → 1."""
    said = answers.name(answers.predicted[row])
    return f"{answers.name(answers.true[row])} → {said}" if answers.wrong[row] else said


def sentence(answers: Answers, row: int) -> str:
    """True class, predicted class and confidence in words."""
    key = "plots.sample.wrong" if answers.wrong[row] else "plots.sample.right"
    true, said = answers.name(answers.true[row]), answers.name(answers.predicted[row])
    sure = percent(float(answers.confidence[row]))
    return tr(key, true=true, predicted=said, confidence=sure)


class PictureDelegate(QStyledItemDelegate):
    """Draws one cell: picture, mark and caption, bar of confidence."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(CELL.width()), px(CELL.height()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, PictureModel) and model.answers is not None
        row = model.rows[index.row()]
        with enlarged(painter, option.rect) as rect:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            cell = QRectF(rect).adjusted(2, 2, -2, -2)
            self._draw_ground(painter, option, cell)
            self._draw_sample(painter, cell, model, row)

    def _draw_sample(self, painter: QPainter, cell: QRectF, model: PictureModel, row: int) -> None:
        answers = model.answers
        assert answers is not None
        wrong = bool(answers.wrong[row])
        tint = colour("error" if wrong else "good")
        room = QRectF(cell.left(), cell.top() + STEP, cell.width(), ROOM)
        shown = draw(painter, model.image(row), room)
        if wrong:
            painter.setPen(QPen(tint, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(shown.adjusted(-1, -1, 1, 1))
        line = QRectF(cell.left(), room.bottom() + 2, cell.width(), TEXT)
        _draw_caption(painter, line, caption(answers, row), wrong)
        bar = QRectF(cell.left() + 2 * STEP, line.bottom() + 2, cell.width() - 4 * STEP, BAR)
        draw_bar(painter, bar, float(answers.confidence[row]), tint)

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRectF) -> None:
        state = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colour("accent"), 1.5) if is_chosen else Qt.PenStyle.NoPen)
            painter.setBrush(colour("hover"))
            painter.drawRoundedRect(cell, 6, 6)


def _draw_caption(painter: QPainter, line: QRectF, text: str, wrong: bool) -> None:
    painter.setFont(font(FONT_POINTS, bold=wrong))
    width = painter.fontMetrics().horizontalAdvance(text)
    width = min(width, int(line.width()) - MARK - STEP)
    left = line.center().x() - (width + MARK + STEP / 2) / 2
    mark = QRect(int(left), int(line.center().y() - MARK / 2), MARK, MARK)
    tint = colour("error" if wrong else "good")
    icon("mdi6.close-thick" if wrong else "mdi6.check", tint).paint(painter, mark)
    painter.setPen(tint if wrong else colour("text"))
    place = QRectF(mark.right() + STEP / 2, line.top(), width + STEP, line.height())
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width + STEP)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)


def draw_bar(painter: QPainter, rect: QRectF, share: float, tint: QColor) -> None:
    """A thin bar, filled from the left by a share between 0 and 1."""
    radius = rect.height() / 2
    shape = QPainterPath()
    shape.addRoundedRect(rect, radius, radius)
    painter.fillPath(shape, colour("border"))
    full = QPainterPath()
    full.addRect(QRectF(rect.topLeft(), QSizeF(share * rect.width(), rect.height())))
    painter.fillPath(shape.intersected(full), tint)


class PictureView(QListView):
    """The grid; scrolls, and can be walked through with the arrow keys."""

    chosen = Signal(int)  # number of a sample in the answers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples = PictureModel(self)
        self.setModel(self.samples)
        self.setItemDelegate(PictureDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self._resize()
        theme.resized.connect(self._resize)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.selectionModel().currentChanged.connect(self._choose)
        self.clicked.connect(lambda index: self._choose(index))

    def _resize(self) -> None:
        """Take on the present size of everything."""
        self.setGridSize(QSize(px(CELL.width()), px(CELL.height())))
        self.verticalScrollBar().setSingleStep(px(CELL.height()) // 3)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(Qt.ItemDataRole.UserRole))

    def select(self, row: int | None) -> None:
        """Mark a sample, by its number in the answers; None marks nothing."""
        model = self.selectionModel()
        if row is None or row not in self.samples.rows:
            model.clear()
        else:
            index = self.samples.index(self.samples.rows.index(row))
            model.setCurrentIndex(index, model.SelectionFlag.ClearAndSelect)
