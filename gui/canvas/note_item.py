"""A comment on the canvas: text on a yellow sheet, behind the boxes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.spec.document import Note
from gui.box import scaled_font
from gui.canvas.node_item import FAR
from gui.theme import RADIUS, colour, tag_colour

WIDTH, RIM = 190.0, 9.0
HANDLE = 8.0  # radius of the disc from which an arrow is drawn
LEAST_HIGH, MOST_HIGH = 36.0, 900.0
TEXT = 12  # font size in scene pixels
SHADE = 0.22  # how much of the sheet is yellow


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A comment under the pointer."""

    id: str


class NoteItem(QGraphicsItem):
    """Shows the comment `id`."""

    def __init__(self, note: Note) -> None:
        super().__init__()
        self.id, self.text = note.id, note.text
        self.is_selected = self.is_hovered = False
        self._outline = _outline(note.text)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self.setZValue(-1.0)

    def tell(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.prepareGeometryChange()
            self.text, self._outline = text, _outline(text)
            self.update()

    def mark(self, selected: bool) -> None:
        """Show whether it is selected."""
        if selected != self.is_selected:
            self.is_selected = selected
            self.update()

    def hover(self, is_over: bool) -> None:
        """Show whether the pointer is over it."""
        if is_over != self.is_hovered:
            self.is_hovered = is_over
            self.update()

    @property
    def has_handle(self) -> bool:
        """Whether the disc from which an arrow is drawn is shown."""
        return self.is_hovered or self.is_selected

    @property
    def handle(self) -> QPointF:
        """Where that disc is on the canvas."""
        return QPointF(self.body.right(), self.body.center().y())

    @property
    def body(self) -> QRectF:
        """Its rectangle on the canvas."""
        return self._outline.translated(self.pos())

    def boundingRect(self) -> QRectF:
        return self._outline.adjusted(-2.0, -2.0, HANDLE + 2.0, 2.0)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self._outline)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = colour("accent") if self.is_selected else tag_colour("yellow").darker(125)
        painter.setPen(QPen(tone, 2.0 if self.is_selected else 1.0))
        painter.setBrush(paper())
        painter.drawRoundedRect(self._outline, RADIUS, RADIUS)
        if QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform()) < FAR:
            return
        painter.setFont(scaled_font(TEXT))
        painter.setPen(colour("text"))
        painter.drawText(
            self._outline.adjusted(RIM, RIM, -RIM, -RIM), _wrapping(self.text), self.text
        )
        if self.has_handle:
            middle = QPointF(self._outline.right(), self._outline.center().y())
            painter.setPen(QPen(colour("card"), 1.5))
            painter.setBrush(tone)
            painter.drawEllipse(middle, HANDLE, HANDLE)
            tip = middle + QPointF(HANDLE / 2, 0.0)
            for end in (QPointF(-HANDLE, 0.0), QPointF(-3.5, -3.5), QPointF(-3.5, 3.5)):
                painter.drawLine(tip, tip + end)


def paper() -> QColor:
    """The colour of the sheet: a little yellow on the colour of cards."""
    base, tint = colour("card"), tag_colour("yellow")
    pairs = ((base.red(), tint.red()), (base.green(), tint.green()), (base.blue(), tint.blue()))
    return QColor(*(round(a + (b - a) * SHADE) for a, b in pairs))


def _wrapping(text: str) -> int:
    """Lines end between words (of Chinese, between signs), or anywhere if one word is too long."""
    metrics = QFontMetricsF(scaled_font(TEXT))
    words = (word for word in text.split() if word.isascii())
    is_long = any(metrics.horizontalAdvance(word) > WIDTH - 2 * RIM for word in words)
    flags = Qt.TextFlag.TextWrapAnywhere if is_long else Qt.TextFlag.TextWordWrap
    return int(flags)


def _outline(text: str) -> QRectF:
    """As wide as all comments, and as high as the text needs."""
    room = QRectF(0.0, 0.0, WIDTH - 2 * RIM, MOST_HIGH - 2 * RIM)
    needed = QFontMetricsF(scaled_font(TEXT)).boundingRect(room, _wrapping(text), text).height()
    return QRectF(0.0, 0.0, WIDTH, min(max(needed + 2 * RIM, LEAST_HIGH), MOST_HIGH))
