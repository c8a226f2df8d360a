"""The whole network in the corner of the canvas, with a frame around what is seen of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gui.box import faded
from gui.canvas.camera import BORDER, Camera
from gui.canvas.scene import CanvasScene
from gui.theme import RADIUS, category_colour, colour, tag_colour
from gui.words import tr

MOST = QSize(200, 132)  # screen pixels
LOWEST = 64  # height for a single row
LEAST_SHARE = 3  # it takes at most this part of the canvas' width or height
RIM, AWAY = 6.0, 12  # around the boxes; from the corner of the canvas
SOON_MS = 30
SMALLEST = 2.0  # screen pixels of a box


class Overview(QWidget):
    """A press goes there; the frame can be dragged. The boxes are painted once, as a picture."""

    def __init__(self, scene: CanvasScene, camera: Camera, window: QWidget) -> None:
        super().__init__(window)
        self._scene, self._camera, self._window = scene, camera, window
        self._boxes: QPixmap | None = None  # made when it is needed
        self._bounds = scene.bounds()  # of all boxes
        self._held: QPointF | None = None  # while dragging: from the middle of the frame
        self._is_wanted = True
        self._soon = QTimer(self)  # while panning, the frame need not be painted each time
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.update)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing is painted below it
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Speak the present language."""
        self.setAccessibleName(tr("canvas.overview"))
        self.setToolTip(tr("canvas.overview.tip"))

    def want(self, wanted: bool) -> None:
        """Switch it on or off."""
        self._is_wanted = wanted
        self.follow()

    def refresh(self) -> None:
        """The boxes are other ones, elsewhere, or in other colours."""
        self._boxes = None
        self._bounds = self._scene.bounds()
        self.follow()

    def follow(self) -> None:
        """Show what is seen now, in the corner of the window; hide if that is everything."""
        bounds = self._bounds
        shown = self._is_wanted and not bounds.isEmpty() and not self._camera.shows(bounds)
        if shown:
            room, size = self._window.size(), self._fitting_size()
            if size != self.size():
                self._boxes = None
            self.setGeometry(
                room.width() - size.width() - AWAY, room.height() - size.height() - AWAY,
                size.width(), size.height(),
            )  # fmt: skip
            if not self._soon.isActive():
                self._soon.start()
        if shown == self.isHidden():
            self.setVisible(shown)

    def _fitting_size(self) -> QSize:
        """As wide as there is room for, and as high as the network then is."""
        room, area = self._window.size(), self._area()
        most = MOST.boundedTo(QSize(room.width() // LEAST_SHARE, room.height() // LEAST_SHARE))
        high = (most.width() - 2 * RIM) * area.height() / area.width() + 2 * RIM
        return QSize(most.width(), min(most.height(), max(round(high), LOWEST)))

    # between the canvas and the picture of it

    def _area(self) -> QRectF:
        return self._bounds.adjusted(-BORDER, -BORDER, BORDER, BORDER)

    def _scale(self, area: QRectF) -> float:
        across = (self.width() - 2 * RIM) / area.width()
        return min(across, (self.height() - 2 * RIM) / area.height())

    def to_picture(self, place: QPointF) -> QPointF:
        """A place of the canvas, in this widget."""
        area = self._area()
        middle = QPointF(self.width() / 2, self.height() / 2)
        return (place - area.center()) * self._scale(area) + middle

    def to_canvas(self, place: QPointF) -> QPointF:
        """A place of this widget, on the canvas."""
        area = self._area()
        middle = QPointF(self.width() / 2, self.height() / 2)
        return (place - middle) / self._scale(area) + area.center()

    @property
    def frame(self) -> QRectF:
        """What is seen of the canvas, in this widget."""
        seen = self._camera.seen
        return QRectF(self.to_picture(seen.topLeft()), self.to_picture(seen.bottomRight()))

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place, frame = event.position(), self.frame
        self._held = place - frame.center() if frame.contains(place) else QPointF(0.0, 0.0)
        self._go(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._go(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        self.follow()

    def _go(self, place: QPointF) -> None:
        assert self._held is not None
        self._camera.centre_on(self.to_canvas(place - self._held))

    def hideEvent(self, event: QEvent) -> None:
        self._held = None

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._boxes is None:
            self._boxes = self._picture()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = colour("accent")
        painter.setPen(QPen(tint, 1.5))
        tint.setAlpha(28)
        painter.setBrush(tint)
        painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
        inside = QRectF(self.rect()).adjusted(2.0, 2.0, -2.0, -2.0)
        painter.drawRoundedRect(self.frame.intersected(inside), 3.0, 3.0)
        painter.end()

    def _picture(self) -> QPixmap:
        """All boxes in the colours of their categories, on a card."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(colour("canvas"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("border"), 1.0))
        painter.setBrush(colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        scale = self._scale(self._area())
        grouped = self._scene.grouped
        painter.setBrush(faded(colour("accent"), 36))
        for frame in grouped.frames.values():
            corner = self.to_picture(frame.area.topLeft())
            painter.drawRect(QRectF(corner, frame.area.size() * scale))
        for item in grouped.shown():
            body = item.body
            wide, high = (max(side * scale, SMALLEST) for side in (body.width(), body.height()))
            corner = self.to_picture(body.topLeft())
            painter.setBrush(category_colour(item.face.category))
            painter.drawRoundedRect(QRectF(corner.x(), corner.y(), wide, high), 1.0, 1.0)
        painter.setBrush(tag_colour("yellow"))
        for note in self._scene.notes.values():
            body = note.body
            corner = self.to_picture(body.topLeft())
            painter.drawRect(QRectF(corner, body.size() * scale))
        painter.end()
        return picture
