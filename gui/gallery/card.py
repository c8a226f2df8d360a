"""One drawing as a card: its picture, its name, a line, and a few facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from engine.spec.document import Document
from gui.gallery.pictures import Pictures
from gui.sizes import enlarged
from gui.theme import RADIUS, STEP, colour, font, icon, px, theme

PICTURE = 0.54  # height of the picture as a share of its width
NAME, LINE = 9.5, 8.5  # font sizes
NAME_STEP, LINE_STEP = 17, 15  # from one line to the next, pixels at 100 %
RIM = 3 * STEP  # around picture and words
WAITING = "mdi6.image-outline"
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card shows. `load` reads the document that `stamp` tells from all others."""

    key: str
    name: str
    line: str
    facts: str
    marks: tuple[str, ...]
    stamp: str
    load: Callable[[], Document]


class Card(QAbstractButton):
    """A click chooses it, a double click or Enter opens it."""

    opened = Signal(str)

    def __init__(self, shown: Shown, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.name_lines, self.lines = 1, 2  # at most, of the name and of the sentence
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.tell(shown)

    def tell(self, shown: Shown) -> None:
        """Show something else, or the same in another language."""
        self.shown = shown
        self.setText(shown.name)
        self.setAccessibleName(f"{shown.name}, {shown.facts}" if shown.facts else shown.name)
        self.setAccessibleDescription(shown.line)
        self.setToolTip(shown.line)
        self.update()

    # sizes

    def height_for(self, width: int) -> int:
        """How high the card is when it is so wide."""
        words = self.name_lines * NAME_STEP + self.lines * LINE_STEP + 3 * STEP
        words += LINE_STEP + 2 * STEP if self.shown.facts else 0
        return round(PICTURE * width) + px(words)

    def sizeHint(self) -> QSize:
        return QSize(px(220), self.height_for(px(220)))

    # painting: in the pixels of 100 %

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        with enlarged(painter, self.rect()) as area:
            is_chosen = self.isChecked() or self.hasFocus()
            tint = colour("accent" if is_chosen else "faint" if self.underMouse() else "border")
            painter.setPen(QPen(tint, 2.0 if is_chosen else 1.0))
            painter.setBrush(colour("card"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            high = round(PICTURE * area.width())
            self._paint_picture(painter, QRect(2, 2, area.width() - 4, high - 2))
            self._paint_words(painter, area, high)

    def _paint_picture(self, painter: QPainter, room: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(QRectF(room), RADIUS - 2, RADIUS - 2)
        inner = room.adjusted(STEP, STEP, -STEP, -STEP)
        shown, ratio = self.shown, self.devicePixelRatioF() * theme.factor
        found = self.pictures.get(shown.stamp, shown.load, inner.size(), ratio)
        if found is None:
            sign = QRect(0, 0, 28, 28)
            sign.moveCenter(room.center())
            icon(WAITING, colour("border")).paint(painter, sign)
        elif not found.isNull():
            painter.drawPixmap(inner.topLeft(), found)
        right = room.right() - STEP
        for mark in reversed(shown.marks):
            right = _paint_mark(painter, right, room.top() + STEP, mark) - STEP

    def _paint_words(self, painter: QPainter, area: QRect, top: int) -> None:
        wide = area.width() - 2 * RIM
        y = top + STEP
        painter.setFont(font(NAME, bold=True))
        painter.setPen(colour("text"))
        for line in _wrapped(self.shown.name, painter.fontMetrics(), wide, self.name_lines):
            self._text(painter, QRect(RIM, y, wide, NAME_STEP + 2), line)
            y += NAME_STEP
        y += STEP // 2
        painter.setFont(font(LINE))
        painter.setPen(colour("faint"))
        for line in _wrapped(self.shown.line, painter.fontMetrics(), wide, self.lines):
            self._text(painter, QRect(RIM, y, wide, LINE_STEP + 1), line)
            y += LINE_STEP
        if self.shown.facts:
            place = QRect(RIM, area.height() - LINE_STEP - 2 * STEP, wide, LINE_STEP + 2)
            painter.setPen(colour("text"))
            self._text(painter, place, self.shown.facts)

    def _text(self, painter: QPainter, place: QRect, text: str) -> None:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    # mouse and keys

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.shown.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.shown.key)
        elif event.key() in ARROWS:
            event.ignore()  # the grid goes from card to card
        else:
            super().keyPressEvent(event)


def _paint_mark(painter: QPainter, right: int, top: int, mark: str) -> int:
    """A mark of the syllabus in a small frame that ends at `right`; returns where it begins."""
    painter.setFont(font(LINE - 1.0, bold=True))
    wide = painter.fontMetrics().horizontalAdvance(mark) + 2 * STEP
    frame = QRectF(right - wide, top, wide, 15.0)
    painter.setPen(QPen(colour("accent"), 1.0))
    painter.setBrush(colour("card"))
    painter.drawRoundedRect(frame, 4.0, 4.0)
    painter.setPen(colour("accent"))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, mark)
    return round(frame.left())


def _wrapped(text: str, metrics: QFontMetrics, wide: int, most: int) -> list[str]:
    """A sentence on at most so many lines, cut at words (in Chinese, at signs)."""
    lines: list[str] = []
    rest = text if most else ""
    while rest and len(lines) < most - 1 and metrics.horizontalAdvance(rest) > wide:
        end = len(rest)
        while end > 1 and metrics.horizontalAdvance(rest[:end]) > wide:
            end -= 1
        space = rest.rfind(" ", 0, end + 1)
        is_chinese = any(sign >= "\u2e80" for sign in rest[:end])
        cut = end if is_chinese or space <= 0 else space
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, rest] if rest else lines
