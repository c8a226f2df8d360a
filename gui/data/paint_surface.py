"""The square on which points are painted, with mouse, pen or finger."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from engine.spec.painting import MOST_CLASSES, Point, Points
from gui.data.brush import ERASER, SINGLE, Brush, Stroke
from gui.data.class_marks import paint_mark
from gui.theme import RADIUS, class_colour, colour, theme

LINES = 10  # of the grid, from one side to the other
MARK, MARK_ROOM = 3.6, 7.0  # radius of a point, and half the side of its picture, pixels
SMALLEST, NATURAL = 280, 480


class PaintSurface(QWidget):
    """Shows points, and what a stroke does to them while it goes on."""

    painted = Signal(tuple)  # all points, after a stroke that changed something

    def __init__(self, brush: Brush, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.brush, self.has_grid = brush, True
        self.points: Points = ()
        self.stroke: Stroke | None = None
        self._picture: QPixmap | None = None  # of the ground and all points
        self._pointer: QPointF | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(SMALLEST, SMALLEST)
        theme.changed.connect(self.refresh)

    def sizeHint(self) -> QSize:
        return QSize(NATURAL, NATURAL)

    def show_points(self, points: Points) -> None:
        """Show points that came from elsewhere; a stroke that goes on is dropped."""
        if points != self.points or self.stroke is not None:
            self.points, self.stroke = points, None
            self.refresh()

    def refresh(self) -> None:
        """Paint everything anew."""
        self._picture = None
        self.update()

    def show_grid(self, on: bool) -> None:
        """Lines at every fifth of the way from the middle to the side."""
        self.has_grid = on
        self.refresh()

    # places

    @property
    def square(self) -> QRectF:
        """Where the surface lies in the widget."""
        side = min(self.width(), self.height()) - 2.0
        square = QRectF(0.0, 0.0, side, side)
        square.moveCenter(QRectF(self.rect()).center())
        return square

    def on_screen(self, x: float, y: float) -> QPointF:
        """A place of the surface in pixels of the widget."""
        square = self.square
        half = square.width() / 2
        return QPointF(square.center().x() + x * half, square.center().y() - y * half)

    def _place(self, at: QPointF) -> tuple[float, float]:
        square = self.square
        half = square.width() / 2
        return (at.x() - square.center().x()) / half, (square.center().y() - at.y()) / half

    # strokes

    def _begin(self, at: QPointF, brush: Brush) -> None:
        self.stroke = Stroke(brush, self.points)
        self._go_on(at)

    def _go_on(self, at: QPointF) -> None:
        self._pointer = at
        if self.stroke is not None:
            self.stroke.touch(*self._place(at))
            if self.stroke.erased:
                self._picture = None
            elif self.stroke.added and self._picture is not None:
                painter = QPainter(self._picture)
                self._paint_points(painter, self.stroke.added)
                painter.end()
        self.update()

    def _finish(self) -> None:
        stroke, self.stroke = self.stroke, None
        if stroke is not None and stroke.points != self.points:
            self.points = stroke.points
            self.painted.emit(self.points)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), self.brush)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._finish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick presses are two strokes

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: its other end erases, whichever tool is chosen."""
        event.accept()
        match event.type():
            case QEvent.Type.TabletPress:
                is_turned = event.pointerType() == QPointingDevice.PointerType.Eraser
                radius = self.brush.radius
                self._begin(event.position(), Brush(ERASER, 0, radius) if is_turned else self.brush)
            case QEvent.Type.TabletMove:
                self._go_on(event.position())
            case QEvent.Type.TabletRelease:
                self._finish()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()
        super().leaveEvent(event)

    # painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            self._picture = self._whole_picture()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._pointer is not None and self.square.contains(self._pointer):
            self._paint_brush(painter, self._pointer)

    def _whole_picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("border"), 1.0))
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(self.square, RADIUS, RADIUS)
        if self.has_grid:
            self._paint_grid(painter)
        stroke = self.stroke
        self._paint_points(painter, self.points if stroke is None else stroke.points)
        painter.end()
        return picture

    def _paint_grid(self, painter: QPainter) -> None:
        for i in range(1, LINES):
            at = 2.0 * i / LINES - 1.0
            middle = 2 * i == LINES
            painter.setPen(QPen(colour("faint" if middle else "grid"), 1.0))
            painter.drawLine(self.on_screen(at, -0.995), self.on_screen(at, 0.995))
            painter.drawLine(self.on_screen(-0.995, at), self.on_screen(0.995, at))

    def _paint_points(self, painter: QPainter, points: Points | list[Point]) -> None:
        middle, half = self.square.center(), self.square.width() / 2
        stamps = [self._stamp(label) for label in range(MOST_CLASSES)]
        for x, y, label in points:
            place = QPointF(middle.x() + x * half - MARK_ROOM, middle.y() - y * half - MARK_ROOM)
            painter.drawPixmap(place, stamps[label])

    def _stamp(self, label: int) -> QPixmap:
        """The mark of a class as a picture: thousands of them are put down at each stroke."""
        ratio = self.devicePixelRatioF()
        side = round(2 * MARK_ROOM * ratio)
        stamp = QPixmap(side, side)
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QPointF(MARK_ROOM, MARK_ROOM), label, MARK)
        painter.end()
        return stamp

    def _paint_brush(self, painter: QPainter, at: QPointF) -> None:
        """The reach of the brush around the pointer."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.brush.tool == SINGLE:
            painter.setOpacity(0.6)
            paint_mark(painter, at, self.brush.label, MARK)
            return
        erases = self.brush.tool == ERASER
        tint = colour("faint") if erases else class_colour(self.brush.label)
        line = Qt.PenStyle.DashLine if erases else Qt.PenStyle.SolidLine
        painter.setPen(QPen(tint, 1.5, line))
        tint.setAlpha(28)
        painter.setBrush(tint)
        radius = self.brush.radius * self.square.width() / 2
        painter.drawEllipse(at, radius, radius)
