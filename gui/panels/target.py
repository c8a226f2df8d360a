"""Where a carried panel would go, and the rectangle that shows it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.panels.declared import BOTTOM, CORNER, FLOATING, LEFT, RIGHT
from gui.panels.side import Side
from gui.theme import RADIUS, colour

EDGE, FOOT = 0.18, 0.28  # shares of the room at its sides and its bottom that are places
PART = 0.65  # from here on, the bottom means its right corner


def target(room: QRect, sides: Mapping[str, QRect], at: QPoint) -> str:
    """The place for a panel let go at `at`: a side, or "floating". All in the same coordinates.

    room : of all panels and the canvas
    sides : of those sides that are shown
    """
    for place, area in sides.items():
        if area.contains(at):
            right = at.x() > area.left() + PART * area.width()
            return CORNER if place == BOTTOM and right and CORNER not in sides else place
    if not room.contains(at):
        return FLOATING
    across = (at.x() - room.left()) / room.width()
    if (at.y() - room.top()) / room.height() > 1.0 - FOOT:
        return CORNER if across > PART else BOTTOM
    if across < EDGE:
        return LEFT
    return RIGHT if across > 1.0 - EDGE else FLOATING


def preview(room: QRect, sides: Mapping[str, QRect], place: str) -> QRect:
    """The rectangle that a place has, or would have."""
    if place in sides:
        return sides[place]
    area = QRect(sides[BOTTOM]) if place == CORNER and BOTTOM in sides else QRect(room)
    if place == LEFT:
        area.setWidth(round(EDGE * room.width()))
    elif place == RIGHT:
        area.setLeft(room.right() - round(EDGE * room.width()))
    else:
        if area.height() == room.height():
            area.setTop(room.bottom() - round(FOOT * room.height()))
        if place == CORNER:
            area.setLeft(area.left() + round(PART * area.width()))
    return area


class Shade(QWidget):
    """Lies over the place that a carried panel would take."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = colour("accent")
        painter.setPen(QPen(tint, 2.0))
        tint.setAlpha(40)
        painter.setBrush(tint)
        painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), RADIUS, RADIUS)
        painter.end()


def visible(sides: Mapping[str, Side], room: QWidget) -> dict[str, QRect]:
    """The rectangles of the sides that are shown, in the coordinates of the room."""
    shown = {place: side for place, side in sides.items() if side.isVisible()}
    return {
        place: QRect(side.mapTo(room, QPoint(0, 0)), side.size())
        for place, side in shown.items()
        if room.isAncestorOf(side)
    }
