"""What part of the canvas is seen: zooming around a point, panning, fitting."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Signal
from PySide6.QtWidgets import QGraphicsView

from gui.theme import theme

LEAST, MOST = 0.1, 4.0
STEP = 1.2  # factor of one press of + or one notch of the wheel
BORDER = 40.0  # scene pixels around what is fitted
SLIP = 3  # screen pixels by which rounding moves what is zoomed around
READABLE = 0.6  # from this scale on, what stands in a box can be read
LARGEST_FIT = 1.25  # a small network is not blown up (at the usual size of everything)


class Camera(QObject):
    """Moves a view over its scene."""

    moved = Signal()  # another part is seen, or it is seen larger or smaller

    def __init__(self, view: QGraphicsView) -> None:
        super().__init__(view)
        self._view = view
        self._anchor = QPointF()  # what was zoomed around last
        self.follows = True  # nothing was zoomed or panned since the last fit

    @property
    def scale(self) -> float:
        """Screen pixels per scene pixel."""
        return self._view.transform().m11()

    @property
    def centre(self) -> QPointF:
        """The place in the middle of the view."""
        return self._view.mapToScene(self._view.viewport().rect().center())

    @property
    def seen(self) -> QRectF:
        """What part of the scene is in the view."""
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def zoom(self, factor: float, around: QPoint | None = None) -> None:
        """Enlarge by `factor`, keeping what is at `around` (in the viewport) where it is."""
        self.follows = False
        wanted = min(max(self.scale * factor, LEAST), MOST)
        middle = self._view.viewport().rect().center()
        point = middle if around is None else around
        before = self._held(point)
        self._view.resetTransform()
        self._view.scale(wanted, wanted)
        offset = QPointF(point - middle) / wanted
        self._view.centerOn(before - offset)
        self._scroll(point - self._view.mapFromScene(before))
        self.moved.emit()

    def _held(self, point: QPoint) -> QPointF:
        """The place of the scene at a point: while zooming around it, always the same one.

        Pixels are whole, so that a pinch, which has many small steps, would wander otherwise.
        """
        is_there = (self._view.mapFromScene(self._anchor) - point).manhattanLength() <= SLIP
        self._anchor = self._anchor if is_there else self._view.mapToScene(point)
        return self._anchor

    def pan(self, by: QPoint) -> None:
        """Move the paper by screen pixels."""
        self.follows = False
        self._scroll(by)
        self.moved.emit()

    def _scroll(self, by: QPoint) -> None:
        for bar, way in (
            (self._view.horizontalScrollBar(), by.x()),
            (self._view.verticalScrollBar(), by.y()),
        ):
            bar.setValue(bar.value() - way)

    def centre_on(self, place: QPointF) -> None:
        """Bring a place of the scene into the middle."""
        self.follows = False
        self._view.centerOn(place)
        self.moved.emit()

    def fit(self, area: QRectF) -> None:
        """Show all of `area`; the origin if it is empty."""
        self._view.resetTransform()
        if area.isEmpty():
            self._view.centerOn(QPointF(0.0, 0.0))
        else:
            framed = area.adjusted(-BORDER, -BORDER, BORDER, BORDER)
            window = self._view.viewport().rect()
            scale = min(window.width() / framed.width(), window.height() / framed.height())
            scale = min(max(scale, LEAST), LARGEST_FIT * theme.factor)
            self._view.scale(scale, scale)
            self._view.centerOn(framed.center())
        self.follows = True
        self.moved.emit()

    def keep_readable(self, area: QRectF, came: QRectF) -> None:
        """Show all of `area`; if it became too small to be read, show what just came."""
        self.fit(area)
        room = self.seen.size() * (self.scale / READABLE)
        if self.scale < READABLE and room == room.expandedTo(came.size()):
            self._view.resetTransform()
            self._view.scale(READABLE, READABLE)
            self._view.ensureVisible(came, round(BORDER), round(BORDER))
            self.moved.emit()

    def look_at(self, place: QPointF) -> None:
        """Put a place into the middle, so near that boxes can be read there."""
        if self.scale < READABLE:
            self._view.resetTransform()
        self.centre_on(place)

    def shows(self, area: QRectF) -> bool:
        """Whether all of `area` is seen."""
        return self.seen.contains(area)

    def reveal(self, area: QRectF) -> None:
        """Pan, if need be, until `area` is seen."""
        if not self.shows(area):
            self._view.ensureVisible(area, 30, 30)
            self.moved.emit()
