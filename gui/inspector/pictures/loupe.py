"""A loupe for large grids: the marked cells and those beside them, where single cells are dots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.inspector.pictures.pens import faded, frame, line
from gui.theme import colour

SIDE = 56.0  # pixels


def loupe_place(sheet: QRectF, marked: QRectF) -> QRectF:
    """A corner of a grid's place, as far from what is marked as can be."""
    place = QRectF(0, 0, SIDE, SIDE)
    inner = sheet.adjusted(3, 3, -3, -3)
    place.moveLeft(inner.left())
    if marked.center().x() < sheet.center().x():
        place.moveRight(inner.right())
    place.moveTop(inner.top())
    if marked.center().y() < sheet.center().y():
        place.moveBottom(inner.bottom())
    return place


def paint_loupe(
    painter: QPainter,
    place: QRectF,
    marked: tuple[Sequence[int], Sequence[int]],
    size: tuple[int, int],
) -> None:
    """Paint the cells around those that are marked.

    marked : rows and columns, counted from the grid's first own cell
    size : rows and columns of the grid; cells beyond are padding
    """
    rows, columns = marked
    if not rows or not columns:
        return
    span = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 3
    unit, first_row, first_column = SIDE / span, rows[0] - 1, columns[0] - 1
    painter.fillRect(place, colour("card"))
    for i in range(span):
        for j in range(span):
            row, column = first_row + i, first_column + j
            cell = QRectF(place.left() + j * unit, place.top() + i * unit, unit, unit)
            if not (0 <= row < size[0] and 0 <= column < size[1]):
                painter.fillRect(cell, faded("faint", 50))
            if row in rows and column in columns:
                painter.fillRect(cell, faded("accent", 150))
    rule = faded("edge", 70)
    for i in range(1, span):
        x, y = place.left() + i * unit, place.top() + i * unit
        line(painter, rule, QPointF(x, place.top()), QPointF(x, place.bottom()))
        line(painter, rule, QPointF(place.left(), y), QPointF(place.right(), y))
    frame(painter, place, colour("accent"))
