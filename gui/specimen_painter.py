"""Paints a data set's specimen: points, rows of a table, pictures, courses, tokens or a text.

Everything is painted from numbers in the colours of the theme, and so as sharp as the screen.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from gui.specimens import Row, Specimen
from gui.theme import RADIUS, class_colour, colour, font, scale_colour

MARGIN = 7.0  # between the frame and what is painted, pixels
TOKENS = 9  # cells in a row, where there is room
GREYS = QImage.Format.Format_Grayscale8
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Georgia", "serif")


def paint_specimen(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """Paint a specimen into `room`, whose ground has been painted."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = QPainterPath()
    corners.addRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS - 1.5, RADIUS - 1.5)
    painter.setClipPath(corners)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    if specimen.form in FORMS:
        FORMS[specimen.form](painter, inner, specimen)
    painter.restore()


def _place(room: QRectF, x: float, y: float) -> QPointF:
    return QPointF(room.left() + x * room.width(), room.bottom() - y * room.height())


def _square(room: QRectF) -> QRectF:
    side = min(room.width(), room.height())
    square = QRectF(0.0, 0.0, side, side)
    square.moveCenter(room.center())
    return square


def _points(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    _dots(painter, _square(room), specimen, lambda mark: class_colour(int(mark)))


def _values(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    _dots(painter, _square(room), specimen, scale_colour)


def _dots(
    painter: QPainter, room: QRectF, specimen: Specimen, tint: Callable[[float], QColor]
) -> None:
    radius = max(1.6, room.height() / 42)
    painter.setPen(QPen(colour("canvas"), radius / 4))
    for (x, y), mark in zip(specimen.rows, specimen.marks, strict=True):
        painter.setBrush(tint(mark))
        painter.drawEllipse(_place(room, x, y), radius, radius)


def _curve(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    axes = QPen(colour("border"), 1.0)
    painter.setPen(axes)
    painter.drawLine(room.bottomLeft(), room.bottomRight())
    painter.drawLine(room.bottomLeft(), room.topLeft())
    radius = max(1.4, room.height() / 50)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faded(colour("accent"), 150))
    inner = room.adjusted(4.0, 2.0, 0.0, -4.0)
    for x, y in specimen.rows:
        painter.drawEllipse(_place(inner, x, y), radius, radius)


def _rows(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """Parallel coordinates: an upright line for each column, a course for each row."""
    columns = len(specimen.rows[0])
    places = [i / (columns - 1) for i in range(columns)]
    painter.setPen(QPen(colour("border"), 1.0))
    for x in places:
        painter.drawLine(_place(room, x, 0.0), _place(room, x, 1.0))
    is_class = all(float(mark).is_integer() for mark in specimen.marks)
    for row, mark in zip(specimen.rows, specimen.marks, strict=True):
        tint = class_colour(int(mark)) if is_class else scale_colour(mark)
        painter.setPen(QPen(_faded(tint, 110), max(0.9, room.height() / 70)))
        painter.drawPath(_smooth([_place(room, x, y) for x, y in zip(places, row, strict=True)]))


def _smooth(points: list[QPointF]) -> QPainterPath:
    path = QPainterPath(points[0])
    for a, b in pairwise(points):
        half = (b.x() - a.x()) / 2
        path.cubicTo(QPointF(a.x() + half, a.y()), QPointF(b.x() - half, b.y()), b)
    return path


def _courses(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    for i, course in enumerate(specimen.rows):
        line = _line(room, course)
        if i == 0:
            area = QPolygonF(line)
            area.append(room.bottomRight())
            area.append(room.bottomLeft())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faded(class_colour(i), 36))
            painter.drawPolygon(area)
        painter.setPen(QPen(class_colour(i), max(1.3, room.height() / 46)))
        painter.drawPolyline(line)


def _line(room: QRectF, course: Row) -> QPolygonF:
    last = max(len(course) - 1, 1)
    return QPolygonF([_place(room, i / last, value) for i, value in enumerate(course)])


def _marked(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """Bars, those that count in the colour of accent."""
    (values,) = specimen.rows
    step = room.width() / len(values)
    painter.setPen(Qt.PenStyle.NoPen)
    for i, (value, mark) in enumerate(zip(values, specimen.marks, strict=True)):
        height = max(2.0, value * room.height())
        bar = QRectF(room.left() + i * step, room.bottom() - height, step * 0.62, height)
        painter.setBrush(colour("accent") if mark else _faded(colour("faint"), 110))
        painter.drawRoundedRect(bar, 1.5, 1.5)


def _pictures(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """A sheet of pictures; grey ones in ink on paper, so that they suit both themes."""
    rows = 2 if len(specimen.pictures) < 12 else 3
    gap = 4.0
    side = (room.height() - gap * (rows - 1)) / rows
    ratio = specimen.sizes[1] / specimen.sizes[0]
    columns = max(1, int((room.width() + gap) / (side * ratio + gap)))
    columns = min(columns, -(-len(specimen.pictures) // rows))
    width = columns * side * ratio + gap * (columns - 1)
    left = room.center().x() - width / 2
    is_large = side >= 2 * specimen.sizes[0]  # then pixels stay squares, as the network sees them
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_large)
    for i, data in enumerate(specimen.pictures[: rows * columns]):
        x = left + (i % columns) * (side * ratio + gap)
        y = room.top() + (i // columns) * (side + gap)
        painter.drawImage(QRectF(x, y, side * ratio, side), _image(data, specimen.sizes))


def _strips(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """Pictures cut into their rows, the way in which they are read."""
    height, width = specimen.sizes[0], specimen.sizes[1]
    side = min(room.height(), (room.width() - 8.0) / 2)
    shown = specimen.pictures[: max(1, int((room.width() + 8.0) / (side + 8.0)))]
    left = room.center().x() - (len(shown) * (side + 8.0) - 8.0) / 2
    top, step = room.center().y() - side / 2, side / height
    for i, data in enumerate(shown):
        image = _image(data, specimen.sizes)
        for row in range(height):
            place = QRectF(left + i * (side + 8.0), top + row * step, side, step * 0.72)
            ground = _faded(colour("faint"), 26)
            painter.fillRect(place, ground)
            painter.drawImage(place, image, QRectF(0.0, row, width, 1.0))


def _image(data: bytes, sizes: tuple[int, ...]) -> QImage:
    """A picture from its bytes; a grey one as ink, as dense as the picture is bright."""
    height, width, channels = sizes
    if channels == 3:
        return QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    ink = QImage(width, height, QImage.Format.Format_ARGB32)
    ink.fill(colour("text"))
    ink.setAlphaChannel(QImage(data, width, height, width, GREYS))
    return ink


def _tokens(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """Rows of cells, each with a number; the same number has the same colour, 0 has none."""
    columns = min(TOKENS, len(specimen.rows[0]), max(4, int(room.width() / 15)))
    rows = len(specimen.rows) if room.height() > 70 else 3
    step = min(room.width() / columns, room.height() / rows)
    left = room.center().x() - step * columns / 2
    top = room.center().y() - step * rows / 2
    painter.setFont(_sized(step * 0.52))
    for y, row in enumerate(specimen.rows[:rows]):
        for x, token in enumerate(row[:columns]):
            cell = QRectF(left + x * step, top + y * step, step - 2.0, step - 2.0)
            tint = class_colour(int(token) - 1) if token else colour("faint")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_faded(tint, 70 if token else 26))
            painter.drawRoundedRect(cell, 3.0, 3.0)
            painter.setPen(colour("text" if token else "faint"))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{int(token)}")


def _text(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """The beginning of a text in print; the last line fades, for it goes on."""
    is_chinese = ord(specimen.text[0]) > 0x2E80
    letters = QFont(font())
    letters.setFamilies([*SERIF, *letters.families()])
    size = room.height() / (3.9 if is_chinese else 4.4)
    letters.setPixelSize(max(9, round(size * (0.86 if is_chinese else 0.94))))
    painter.setFont(letters)
    painter.setPen(colour("text"))
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(room, int(flags), specimen.text)
    line = room.height() / 4
    for i in range(math.ceil(line * 2)):
        ground = _faded(colour("canvas"), min(255, round(255 * i / (line * 2 - 1))))
        y = room.bottom() - line * 2 + i
        painter.fillRect(QRectF(room.left() - MARGIN, y, room.width() + 2 * MARGIN, 1.0), ground)
    below = QRectF(room.left() - MARGIN, room.bottom(), room.width() + 2 * MARGIN, MARGIN)
    painter.fillRect(below, colour("canvas"))


def _lines(painter: QPainter, room: QRectF, specimen: Specimen) -> None:
    """Short texts, one below the other, each with the colour of its class."""
    rows = 4 if room.height() < 80 else 6
    texts = specimen.text.split("\n")[:rows]
    step = room.height() / rows
    letters = font()
    letters.setPixelSize(max(9, round(step * 0.72)))
    painter.setFont(letters)
    for i, (text, mark) in enumerate(zip(texts, specimen.marks, strict=False)):
        middle = room.top() + (i + 0.5) * step
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(class_colour(int(mark)))
        bar = QRectF(room.left(), middle - step * 0.34, 3.0, step * 0.68)
        painter.drawRoundedRect(bar, 1.5, 1.5)
        painter.setPen(colour("text"))
        place = QRectF(room.left() + 8.0, middle - step / 2, room.width() - 6.0, step)
        wide = int(place.width())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def _sized(pixels: float) -> QFont:
    letters = font(bold=True)
    letters.setPixelSize(max(7, round(pixels)))
    return letters


def _faded(tint: QColor, alpha: int) -> QColor:
    faded = QColor(tint)
    faded.setAlpha(alpha)
    return faded


FORMS: dict[str, Callable[[QPainter, QRectF, Specimen], None]] = {
    "points": _points,
    "values": _values,
    "curve": _curve,
    "rows": _rows,
    "courses": _courses,
    "marked": _marked,
    "pictures": _pictures,
    "strips": _strips,
    "tokens": _tokens,
    "text": _text,
    "lines": _lines,
}
