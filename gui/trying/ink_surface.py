"""The square on which a picture is drawn, with mouse, pen or finger."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from gui.sizes import least
from gui.theme import colour, px

SIDE = 224  # pixels of the drawing, a multiple of 28 and of 32
MOST_STEPS = 40  # that can be taken back
SMALLEST, NATURAL = 120, 180
GREY, RGB = QImage.Format.Format_Grayscale8, QImage.Format.Format_RGB888


class InkSurface(QWidget):
    """White ink on black, as in the data that come with the app; colours on white.

    `is_drawn` says whether the picture is a drawing, to be placed by the engine; a sample of the
    data stands where it should already.
    """

    inked = Signal()  # the picture changed, also in the middle of a stroke
    handed = Signal(QImage)  # a picture was pasted or dropped

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.radius, self.erases, self.tint = 16.0, False, QColor("white")
        self.is_coloured, self.is_drawn, self.is_blank = False, True, True
        self._image = self._paper()
        self._before: list[tuple[QImage, bool, bool]] = []
        self._last: QPointF | None = None  # where the stroke that goes on has come
        self._pointer: QPointF | None = None
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        least(self, SMALLEST, SMALLEST)

    def sizeHint(self) -> QSize:
        return QSize(px(NATURAL), px(NATURAL))

    # the picture

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The picture as bytes, (SIDE, SIDE, 1 or 3)."""
        channels = 3 if self.is_coloured else 1
        rows = np.frombuffer(self._image.constBits(), np.uint8)
        rows = rows.reshape(SIDE, self._image.bytesPerLine())
        return rows[:, : SIDE * channels].reshape(SIDE, SIDE, channels).copy()

    def begin(self, is_coloured: bool) -> None:
        """Lay out a new sheet for pictures of this kind."""
        self.is_coloured = is_coloured
        self.tint = QColor("#d81b1b") if is_coloured else QColor("white")
        self._before.clear()
        self._show(self._paper(), True, True)

    def clear(self) -> None:
        """Draw on a new sheet; the old one can be brought back."""
        if not self.is_blank:
            self._keep()
            self._show(self._paper(), True, True)

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._before:
            self._show(*self._before.pop())

    @property
    def can_undo(self) -> bool:
        """Whether there is something to be taken back."""
        return bool(self._before)

    def put(self, picture: QImage, is_drawn: bool) -> None:
        """Show a picture from elsewhere, in the middle of the sheet and as large as fits."""
        self._keep()
        sheet = self._paper()
        size = picture.size().scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio)
        area = QRectF(QPointF(), size.toSizeF())
        area.moveCenter(QPointF(SIDE / 2, SIDE / 2))
        painter = QPainter(sheet)
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, picture.width() > 2 * area.width()
        )
        if is_drawn and not picture.hasAlphaChannel():
            painter.fillRect(sheet.rect(), picture.pixelColor(0, 0))
        painter.drawImage(area, picture)
        painter.end()
        self._show(sheet, is_drawn, False)

    def _paper(self) -> QImage:
        sheet = QImage(SIDE, SIDE, RGB if self.is_coloured else GREY)
        sheet.fill(self._ground)
        return sheet

    @property
    def _ground(self) -> QColor:
        return QColor("white" if self.is_coloured else "black")

    def _keep(self) -> None:
        self._before.append((self._image.copy(), self.is_drawn, self.is_blank))
        del self._before[:-MOST_STEPS]

    def _show(self, image: QImage, is_drawn: bool, is_blank: bool) -> None:
        self._image, self.is_drawn, self.is_blank = image, is_drawn, is_blank
        self._last = None
        self.update()
        self.inked.emit()

    # strokes

    @property
    def square(self) -> QRectF:
        """Where the sheet lies in the widget."""
        side = float(min(self.width(), self.height()))
        square = QRectF(0.0, 0.0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        return square

    def _place(self, at: QPointF) -> QPointF:
        return (at - self.square.topLeft()) * (SIDE / max(self.square.width(), 1.0))

    def _begin(self, at: QPointF, pressure: float = 1.0, erases: bool | None = None) -> None:
        self._keep()
        self._last = self._place(at)
        self._go_on(at, pressure, erases)

    def _go_on(self, at: QPointF, pressure: float = 1.0, erases: bool | None = None) -> None:
        self._pointer = at
        if self._last is not None:
            rubs = self.erases if erases is None else erases
            painter = QPainter(self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2 * self.radius * (1.6 if rubs else pressure)
            tint = self._ground if rubs else self.tint
            solid, cap = Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(tint, max(width, 1.0), solid, cap))
            to = self._place(at)
            painter.drawLine(self._last, to + QPointF(0.01, 0.0))  # a dot is a line, too
            painter.end()
            self._last, self.is_blank = to, False
            self.inked.emit()
        self.update()

    def _finish(self) -> None:
        if self._last is not None:
            self._last = None
            self.inked.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick presses are two strokes

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: the harder the broader, and its other end erases."""
        event.accept()
        is_turned = event.pointerType() == QPointingDevice.PointerType.Eraser or None
        pressure = 0.5 + event.pressure()
        match event.type():
            case QEvent.Type.TabletPress:
                self._begin(event.position(), pressure, is_turned)
            case QEvent.Type.TabletMove:
                self._go_on(event.position(), pressure, is_turned)
            case QEvent.Type.TabletRelease:
                self._finish()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    # keys, and pictures from elsewhere

    def event(self, event: QEvent) -> bool:
        """While it has the keys, Undo takes back strokes, and Paste brings a picture."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            takes_back = event.matches(QKeySequence.StandardKey.Undo) and self.can_undo
            if takes_back or event.matches(QKeySequence.StandardKey.Paste):
                event.accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.handed.emit(_clipboard())
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data: Any = event.mimeData()
        event.acceptProposedAction()
        if data.hasImage():
            self.handed.emit(QImage(data.imageData()))
        elif data.hasUrls():
            self.handed.emit(read_picture(data.urls()[0].toLocalFile()))

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.square, self._image)
        has_keys = self.hasFocus()
        painter.setPen(QPen(colour("accent" if has_keys else "border"), 2.0 if has_keys else 1.0))
        painter.drawRect(self.square.adjusted(0.5, 0.5, -0.5, -0.5))
        if self._pointer is not None and self.square.contains(self._pointer):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor("#808080"), 1.2))
            reach = self.radius * (1.6 if self.erases else 1.0) * self.square.width() / SIDE
            painter.drawEllipse(self._pointer, reach, reach)


def _clipboard() -> QImage:
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication.clipboard().image()


def read_picture(path: str) -> QImage:
    """A picture file, upright as its camera was held; null where it cannot be read."""
    from PySide6.QtGui import QImageReader

    reader = QImageReader(path)
    reader.setAutoTransform(True)
    return reader.read()
