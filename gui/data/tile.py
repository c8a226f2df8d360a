"""One bundled data set on the shelf: its picture, its name, and its facts in two short lines."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from engine.spec.datasets import CARDS
from engine.spec.painting import PAINTED
from gui import set_words
from gui.dragging import data_drag, run_drag
from gui.help_page import has_page
from gui.specimen_painter import paint_specimen
from gui.specimens import specimens
from gui.theme import RADIUS, STEP, colour, font, icon, px
from gui.words import tr

PICTURE = 0.68  # height of the picture as a share of its width
NAME, FACTS = 9.5, 8.5  # font sizes
BETWEEN = 15  # from one line of facts to the next, pixels


class Tile(QAbstractButton):
    """A click selects it, a double click or Enter uses it, and it can be dragged."""

    used = Signal(str)
    entered = Signal(str)
    left = Signal(str)

    def __init__(self, dataset: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dataset = dataset
        self.run_drag: Callable[[QDrag], None] = run_drag
        self._pressed_at: QPoint | None = None
        self._was_dragged = False  # since the button was pressed
        self.setCheckable(True)
        has_page(self, f"dataset/{dataset}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say()

    def say(self) -> None:
        """Words anew; the whole card is shown while the pointer rests, so there is no tip."""
        card = CARDS[self.dataset]
        self.setText(set_words.name(self.dataset))
        facts = f"{set_words.amount(card)}, {set_words.shape(card)}, {set_words.answer(card)}"
        self.setAccessibleName(f"{self.text()}, {facts}")
        self.setAccessibleDescription(tr("shelf.tile_tip"))
        self.searched = set_words.searched(self.dataset)
        self.update()

    def height_for(self, width: int) -> int:
        """How high the tile is when it is so wide: a name may take three lines."""
        return round(PICTURE * width) + self._name_height(width) + px(2 * BETWEEN + 3 * STEP + 2)

    def _name_height(self, width: int) -> int:
        metrics = QFontMetrics(font(NAME, bold=True))
        area = QRect(0, 0, width - 2, 4 * metrics.height())
        lines = metrics.boundingRect(area, Qt.TextFlag.TextWordWrap, self.text()).height()
        return min(lines, 3 * metrics.lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(px(112), self.height_for(px(112)))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width()
        frame = QRectF(1.0, 1.0, width - 2.0, round(PICTURE * width) - 2.0)
        is_lit = self.isChecked() or self.hasFocus() or self.underMouse()
        tint = colour("accent") if self.isChecked() or self.hasFocus() else colour("faint")
        painter.setPen(QPen(tint if is_lit else colour("border"), 2.0 if self.isChecked() else 1.0))
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        self._paint_picture(painter, frame.adjusted(1.0, 1.0, -1.0, -1.0))
        top, between = round(PICTURE * width) + px(STEP), px(BETWEEN)
        height = self._name_height(width)
        painter.setFont(font(NAME, bold=True))
        painter.setPen(colour("accent" if self.isChecked() else "text"))
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip | Qt.AlignmentFlag.AlignTop
        painter.drawText(QRect(1, top, width - 2, height), int(flags), self.text())
        card = CARDS[self.dataset]
        first = f"{set_words.short_amount(card)} · {set_words.short_shape(card)}"
        letters = font(FACTS)
        painter.setFont(letters)
        painter.setPen(colour("faint"))
        metrics = QFontMetrics(letters)
        for i, line in enumerate((first, set_words.answer(card))):
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width - 2)
            place = QRect(1, top + height + 3 + i * between, width - 2, between + 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_picture(self, painter: QPainter, room: QRectF) -> None:
        paint_specimen(painter, room, specimens()[self.dataset])
        if self.dataset == PAINTED:
            sign = QRectF(room.right() - 26.0, room.bottom() - 26.0, 20.0, 20.0)
            icon("mdi6.brush", colour("accent")).paint(painter, sign.toRect())

    # mouse and keys

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit(self.dataset)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit(self.dataset)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._was_dragged = event.position().toPoint(), False
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed_at
        if self._was_dragged:
            return
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        way = (event.position().toPoint() - start).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._was_dragged = True
            self.setDown(False)
            self.left.emit(self.dataset)
            self.run_drag(data_drag(self, self.dataset))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        if not self._was_dragged:  # otherwise it was no click
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        self.used.emit(self.dataset)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.used.emit(self.dataset)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the gallery goes from tile to tile
        else:
            super().keyPressEvent(event)
