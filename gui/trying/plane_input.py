"""A point of the plane, clicked or dragged among those of the data."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.data_protocol import Array, Shown
from engine.protocol import Own
from gui import formats
from gui.class_names import feature_name
from gui.sizes import least
from gui.theme import RADIUS, class_colour, colour, px
from gui.trying.subject import Subject
from gui.upkeep import keep_up
from gui.words import tr

MARGIN = 0.1  # around the points, as a part of their room
DOT, RING = 2.2, 6.0
STEP_SHARE = 0.02  # of the room, for one press of an arrow key
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PlaneInput(QWidget):
    """The place is in the units of the data."""

    changed = Signal(object)  # Own, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: Array = np.zeros((0, 2))
        self.labels: Array = np.zeros(0, np.int64)
        self.has_classes = False
        self.low, self.high = np.array([-1.0, -1.0]), np.array([1.0, 1.0])
        self.place: Array | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        least(self, 120, 120)
        keep_up(self, self.retranslate, self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(200))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.setAccessibleName(tr("try.plane"))
        self.setToolTip(tr("try.plane.tip"))

    def use(self, subject: Subject) -> None:
        """Begin with the plane of another data box."""
        self.place = None
        self.points, self.labels = np.zeros((0, 2)), np.zeros(0, np.int64)
        self.changed.emit(None)
        self.update()

    def survey(self, shown: Shown) -> None:
        """Show points of the training part, among which one finds one's way."""
        self.points = shown.samples.raw.reshape(-1, 2)
        self.has_classes = shown.classes > 0
        target = shown.samples.target.reshape(len(self.points), -1)
        self.labels = target[:, 0]
        if len(self.points):
            low, high = self.points.min(axis=0), self.points.max(axis=0)
            edge = MARGIN * (high - low) + 1e-6
            self.low, self.high = low - edge, high + edge
        self.update()

    def show_sample(self, shown: Shown, subject: Subject) -> None:
        """Take the place of a sample."""
        self._put(shown.samples.raw[0].reshape(-1).astype(np.float64))

    def _put(self, place: Array) -> None:
        self.place = np.clip(place, self.low, self.high)
        self.setAccessibleDescription(self.words)
        self.changed.emit(Own(self.place))
        self.update()

    @property
    def words(self) -> str:
        """The place in words: x₁ = 0.25, x₂ = −0.5."""
        if self.place is None:
            return ""
        named = ((feature_name("", i), formats.number(float(v))) for i, v in enumerate(self.place))
        return ", ".join(f"{name} = {value}" for name, value in named)

    # places

    @property
    def square(self) -> QRectF:
        """Where the plane lies in the widget."""
        side = min(self.width(), self.height()) - 2.0
        square = QRectF(0.0, 0.0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        return square

    def on_screen(self, place: Array) -> QPointF:
        """A place of the plane in pixels of the widget."""
        x, y = (place - self.low) / (self.high - self.low)
        square = self.square
        return QPointF(
            square.left() + float(x) * square.width(), square.bottom() - float(y) * square.height()
        )

    def _touch(self, at: QPointF) -> None:
        square = self.square
        x = (at.x() - square.left()) / max(square.width(), 1.0)
        y = (square.bottom() - at.y()) / max(square.height(), 1.0)
        self._put(self.low + np.array([x, y]) * (self.high - self.low))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._touch(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._touch(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = ARROWS.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        here = self.place if self.place is not None else (self.low + self.high) / 2
        self._put(here + STEP_SHARE * (self.high - self.low) * np.array(way))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent" if self.hasFocus() else "border"), 1.0))
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(self.square, RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        for point, label in zip(self.points, self.labels.tolist(), strict=True):
            tint = class_colour(int(label)) if self.has_classes else colour("faint")
            tint.setAlphaF(0.55)
            painter.setBrush(tint)
            painter.drawEllipse(self.on_screen(point), DOT, DOT)
        if self.place is not None:
            at = self.on_screen(self.place)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for tint, width in ((colour("canvas"), 4.0), (colour("text"), 2.0)):
                painter.setPen(QPen(tint, width))
                painter.drawEllipse(at, RING, RING)
