"""The confusion matrix: a square for each true class and each class named."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QEvent,
    QMargins,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.protocol import Cell
from gui.formats import count, percent, short
from gui.hover_card import HoverCard
from gui.results.scores import COUNTS, Naming, Whole, rates
from gui.theme import FONT_POINTS, STEP, class_colour, colour, font, px
from gui.upkeep import keep_up
from gui.words import tr

LOW, HIGH = 12, 40  # height of a square, pixels: at least, at most
NARROW, WIDE = 22, 72  # its width
SEEN = (420, 120)  # where the names of the axes are, even if there is more to scroll
NAMES = 90  # room for names of classes, at most
RIGHT, WRONG = 0, 1  # colours of classes that mean right and wrong here: blue and orange
WRITTEN = 20  # squares narrower than this have no number written into them
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Matrix(QWidget):
    """Walked through with the arrow keys; a click or Enter chooses a square, Escape none."""

    chosen = Signal(object)  # Cell, or None

    def __init__(self, room: QWidget) -> None:
        """`room` is where the card beside the mouse may lie."""
        super().__init__(room)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.counts: Whole = np.zeros((0, 0), int)
        self.mode = COUNTS
        self.at: Cell = (0, 0)  # where the keys are
        self.cell: Cell | None = None  # chosen
        self.name: Naming = str
        self.corner, self.side = QPointF(), QSizeF()  # of the squares, while they are painted
        self.card = HoverCard(room)
        keep_up(self, self.retranslate, self.update)

    def show_counts(self, counts: Whole, name: Naming) -> None:
        """Show (K, K) counts; `name` tells what a class is called."""
        self.counts, self.name = counts, name
        last = max(len(counts) - 1, 0)
        self.at = min(self.at[0], last), min(self.at[1], last)
        self.setMinimumSize(self._least())
        self.retranslate()
        self.update()

    def show_mode(self, mode: str) -> None:
        """Tell counts, or shares of rows or columns."""
        self.mode = mode
        self.retranslate()
        self.update()

    def mark(self, cell: Cell | None) -> None:
        """Frame the square whose samples are shown."""
        self.cell = cell
        self.update()

    # places

    def _room(self) -> tuple[int, int]:
        """Left of the squares, and above them: the axes' names and those of the classes."""
        metrics = self.fontMetrics()
        names = (metrics.horizontalAdvance(self.name(k)) for k in range(len(self.counts)))
        widest = min(max(names, default=0), px(NAMES))
        return widest + metrics.height() + px(3 * STEP), 2 * metrics.height() + px(STEP)

    def _least(self) -> QSize:
        left, above = self._room()
        classes = len(self.counts)
        return QSize(left + classes * px(NARROW), above + classes * px(LOW)).grownBy(
            QMargins(0, 0, px(STEP), px(STEP))
        )

    def _side(self) -> tuple[float, float]:
        """Width and height of a square."""
        left, above = self._room()
        classes = max(len(self.counts), 1)
        wide = (self.width() - left - px(STEP)) / classes
        high = (self.height() - above - px(STEP)) / classes
        high = min(max(high, px(LOW)), px(HIGH))
        return min(max(wide, px(NARROW)), px(WIDE), 2.5 * high), high

    def rect_of(self, cell: Cell) -> QRectF:
        """Where a square is."""
        left, above = self._room()
        wide, high = self._side()
        return QRectF(left + cell[1] * wide, above + cell[0] * high, wide, high)

    def cell_at(self, place: QPointF) -> Cell | None:
        """The square at a place, if there is one."""
        left, above = self._room()
        wide, high = self._side()
        row, column = int((place.y() - above) // high), int((place.x() - left) // wide)
        inside = 0 <= row < len(self.counts) and 0 <= column < len(self.counts)
        return (row, column) if inside else None

    # words

    def sentence(self, cell: Cell) -> str:
        """A square in words: true class, class named, how often."""
        true, named = self.name(cell[0]), self.name(cell[1])
        number = count(int(self.counts[cell]))
        if cell[0] == cell[1]:
            return tr("results.cell.right", true=true, count=number)
        return tr("results.cell.wrong", true=true, named=named, count=number)

    def _tell(self, cell: Cell, near: QPoint) -> None:
        by_true, by_named = (float(rates(self.counts, mode)[cell]) for mode in ("true", "named"))
        rows = [
            ("", tr("results.mode.counts"), count(int(self.counts[cell]))),
            ("", tr("results.mode.true"), percent(by_true)),
            ("", tr("results.mode.named"), percent(by_named)),
        ]
        self.card.tell(self.sentence(cell), rows, self.mapTo(self.card.room, near))

    def retranslate(self) -> None:
        """Say in words where the keys are."""
        self.setAccessibleName(tr("results.matrix"))
        self.setAccessibleDescription(self.sentence(self.at) if len(self.counts) else "")

    # events

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if cell is not None else Qt.CursorShape.ArrowCursor
        )
        if cell is None:
            self.card.hide()
        else:
            self._tell(cell, event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.card.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None:
            self._go(cell)
            self._choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        last = len(self.counts) - 1
        if key in MOVES and last >= 0:
            row, column = (a + b for a, b in zip(self.at, MOVES[key], strict=True))
            self._go((min(max(row, 0), last), min(max(column, 0), last)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and last >= 0:
            self._choose(self.at)
        elif key == Qt.Key.Key_Escape and self.cell is not None:
            self.chosen.emit(None)
        else:
            super().keyPressEvent(event)

    def _go(self, cell: Cell) -> None:
        self.at = cell
        self.retranslate()
        self.update()

    def _choose(self, cell: Cell) -> None:
        self.chosen.emit(None if cell == self.cell else cell)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._draw(painter, event.rect())

    def _seen(self, area: QRect) -> tuple[range, range]:
        """Rows and columns of the squares in an area."""
        left, above = self._room()
        wide, high = self._side()
        ranges = []
        for begin, end, side in (
            (area.top() - above, area.bottom() - above, high),
            (area.left() - left, area.right() - left, wide),
        ):
            first, last = int(max(begin, 0) // side), int(max(end, 0) // side) + 1
            ranges.append(range(first, min(last, len(self.counts))))
        return ranges[0], ranges[1]

    def _draw(self, painter: QPainter, area: QRect) -> None:
        self._draw_names(painter)
        values = rates(self.counts, self.mode)
        most = float(values.max(initial=0.0)) if self.mode == COUNTS else 1.0
        is_low = self._side()[1] < self.fontMetrics().height()
        painter.setFont(font(FONT_POINTS - (2 if is_low else 1)))
        rows, columns = self._seen(area)
        self.corner, self.side = QPointF(*self._room()), QSizeF(*self._side())
        for row in rows:
            for column in columns:
                share = values[row, column] / most if most else 0.0
                self._draw_square(painter, (row, column), float(values[row, column]), share)
        if self.cell is not None and len(self.counts):
            self._frame(painter, self.cell, QPen(colour("text"), px(2)))
        if self.hasFocus() and len(self.counts):
            self._frame(painter, self.at, QPen(colour("accent"), px(2)))

    def _frame(self, painter: QPainter, cell: Cell, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect_of(cell).adjusted(1, 1, -1, -1))

    def _draw_square(self, painter: QPainter, cell: Cell, value: float, share: float) -> None:
        rect = QRectF(
            self.corner.x() + cell[1] * self.side.width(),
            self.corner.y() + cell[0] * self.side.height(),
            self.side.width(),
            self.side.height(),
        )
        ink = class_colour(RIGHT if cell[0] == cell[1] else WRONG)
        # the root lets few mistakes be seen beside many right answers
        ground = mixed(colour("card"), ink, 0.9 * float(np.sqrt(share)))
        painter.setPen(QPen(colour("border"), 1))
        painter.setBrush(ground)
        painter.drawRect(rect)
        if rect.width() >= px(WRITTEN) and value > 0:
            painter.setPen(readable(ground))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.written(value))

    def written(self, value: float) -> str:
        """What a square says: a count, or a share as a whole percentage."""
        if self.mode == COUNTS:
            return short(value)
        return "<1" if value < 0.005 else f"{100 * value:.0f}"

    def _draw_names(self, painter: QPainter) -> None:
        left, above = self._room()
        wide, high = self._side()
        metrics, gap, classes = self.fontMetrics(), px(STEP), len(self.counts)
        line = metrics.height()
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(colour("text"))
        for k in range(classes):
            name = self.name(k)
            row = QRectF(line + gap, above + k * high, left - line - 2 * gap, high)
            column = QRectF(left + k * wide, above - line - gap, wide, line + gap)
            for rect, side in (
                (row, Qt.AlignmentFlag.AlignRight),
                (column, Qt.AlignmentFlag.AlignHCenter),
            ):
                text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(rect.width()))
                painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(colour("faint"))
        top = QRectF(left, 0, min(max(classes * wide, px(NAMES)), px(SEEN[0])), line + gap)
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, tr("results.axis.named"))
        painter.save()
        length = min(classes * high, px(SEEN[1]))
        painter.translate(0, above + length)
        painter.rotate(-90)
        beside = QRectF(0, 0, length, line + gap)
        painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, tr("results.axis.true"))
        painter.restore()


def mixed(paper: QColor, ink: QColor, share: float) -> QColor:
    """A colour between two others."""
    pairs = zip(
        (paper.red(), paper.green(), paper.blue()),
        (ink.red(), ink.green(), ink.blue()),
        strict=True,
    )
    return QColor(*(round(a + (b - a) * share) for a, b in pairs))


def readable(ground: QColor) -> QColor:
    """Black or white, whichever stands out from a ground."""
    light = 0.299 * ground.red() + 0.587 * ground.green() + 0.114 * ground.blue()
    return QColor("#101418" if light > 125 else "#ffffff")
