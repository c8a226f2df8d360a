"""How a box looks and where its ports are: painted alike on the canvas and while it is dragged.

No items and no scene here, so that the palette can show the box that a person is about to drop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)

from engine.layers import CATALOGUE
from engine.layers.data import Data
from engine.spec.problems import ERROR
from gui.describe import kind_name
from gui.theme import RADIUS, category_colour, colour, font, icon, tag_colour, theme
from gui.words import tr

MIME = "application/x-layerwise-layer"  # what is dragged: the kind of a layer, UTF-8
BLOCK_MIME = "application/x-layerwise-block"  # or boxes in a group, as JSON
DATA_MIME = "application/x-layerwise-data"  # or the name of a bundled data set
WIDTH, HEIGHT = 150.0, 64.0
BODY = QRectF(0.0, 0.0, WIDTH, HEIGHT)
STRIP = 36.0  # height of the part of a data box that shows samples
TALL = QRectF(0.0, 0.0, WIDTH, HEIGHT + STRIP)
GLIMPSE = QRectF(9.0, HEIGHT + 0.5, WIDTH - 14.0, STRIP - 4.0)  # where samples and results are
# arrows to the sample before and to the next one, in a data box
STEP_BACK = QRectF(WIDTH - 51.0, GLIMPSE.top(), 13.0, GLIMPSE.height())
STEP_ON = QRectF(WIDTH - 18.5, GLIMPSE.top(), 13.0, GLIMPSE.height())
BAND = 30.0  # width of the coloured part
PORT, SMALL_PORT = 5.0, 3.0  # radius; of a port that may stay open
TARGET = "target"
MAIN_PORT = HEIGHT / 2  # the first port is level, so that chains are straight
LOWER_PORTS = 52.0, 56.0  # where the last port is: of two, of more
TITLE, TEXT = 13, 11  # font sizes in scene pixels
ROOM, LINE = WIDTH - BAND - 13.0, 17.0  # width of the text and height of one line
NARROWEST = 0.82  # text may be pressed together this much before it is cut
MARK = QRectF(WIDTH - 14.0, -7.0, 20.0, 18.0)
BAR = QRectF(BAND + 7.0, HEIGHT - 5.0, ROOM, 2.5)  # how much of all a box costs
LINES_ONLY = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf)  # files that others open
FLAG = QRectF(10.0, -7.0, 13.0, 24.0)  # over the band, above the icon
UNKNOWN_ICON, BLOCK_ICON = "mdi6.help-rhombus-outline", "mdi6.package-variant-closed"


@dataclass(frozen=True, slots=True)
class Face:
    """What a box shows. `mark` is the severity of its worst problem, or empty."""

    title: str
    line: str = ""
    note: str = ""
    category: str = ""
    icon: str = UNKNOWN_ICON
    mark: str = ""
    tag: str = ""  # a colour that a person gave it
    share: float = 0.0  # its part of what all boxes cost, for the bar
    is_thought: bool = False  # what a repair would make of it

    @property
    def spoken(self) -> str:
        """All that it shows, in a line."""
        return f"{self.title} {self.line} {self.note}".strip()


class Strip(Protocol):
    """What the lower part of a box shows of what flows through it."""

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """Paint into `room`."""

    def tip(self) -> list[str]:
        """The same larger and in numbers, as rows of a hover text (rich text)."""


class Look:
    """What all boxes have in common, in every view."""

    def __init__(self) -> None:
        self.shows_flow = True  # each has a lower part, for what flows through it


look = Look()


@dataclass(frozen=True, slots=True)
class PortRef:
    """One port of one box."""

    node: str
    port: str
    is_output: bool


def port_names(kind: str, is_output: bool) -> tuple[str, ...]:
    """The ports of a layer type on its right (outputs) or left side; none for an unknown kind."""
    layer = CATALOGUE.get(kind)
    if layer is None:
        return ()
    return tuple(port.name for port in (layer.outputs if is_output else layer.inputs))


def may_stay_open(kind: str, port: str, is_output: bool) -> bool:
    """Whether a box does without an edge at this port: it is drawn small until it has one."""
    layer = CATALOGUE.get(kind)
    ports = () if layer is None else (layer.outputs if is_output else layer.inputs)
    return any(each.name == port and each.optional for each in ports)


def port_point(kind: str, port: str, is_output: bool) -> QPointF:
    """Where a port is, from the left top corner of its box; an unknown port is at the middle."""
    names = port_names(kind, is_output)
    place = names.index(port) if port in names else 0
    last = LOWER_PORTS[len(names) > 2]
    y = MAIN_PORT + (last - MAIN_PORT) * place / max(len(names) - 1, 1)
    return QPointF(WIDTH if is_output else 0.0, y)


def scaled_font(pixels: int, bold: bool = False) -> QFont:
    """The window's font in a size that follows the zoom of the canvas and not the screen."""
    made = font(bold=bold)
    made.setPixelSize(pixels)
    return made


def body_of(kind: str) -> QRectF:
    """The rectangle of a box with its left top corner at the origin: data boxes are taller.

    All boxes are, where they show what flows through them.
    """
    layer = CATALOGUE.get(kind)
    return body_in(layer.category if layer is not None else "")


def body_in(category: str) -> QRectF:
    """The rectangle of a box of a category."""
    return TALL if look.shows_flow or category == "data" else BODY


def paint_box(
    painter: QPainter,
    face: Face,
    selected: bool = False,
    hovered: bool = False,
    below: QPixmap | Strip | None = None,
) -> None:
    """Paint a box with its left top corner at the origin, without ports.

    `below` is what its lower part shows: a picture of a few samples, or what flows through it.
    """
    tint = category_colour(face.category)
    outline, band, edge = outlines(body_in(face.category).height())
    painter.fillPath(outline, colour("hover" if hovered else "card"))
    painter.fillPath(band, faded(tint, 38))
    painter.fillPath(edge, tint)
    sign = icon(face.icon, tint, outlined=painter.paintEngine().type() in LINES_ONLY)
    sign.paint(painter, QRectF(7.0, (HEIGHT - 20.0) / 2, 20.0, 20.0).toRect())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if selected or face.is_thought:
        style = Qt.PenStyle.DashLine if face.is_thought else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour("accent"), 2.0 * theme.stroke, style))
    elif face.mark:
        painter.setPen(
            QPen(colour("error" if face.mark == ERROR else "warning"), 2.0 * theme.stroke)
        )
    else:
        painter.setPen(QPen(colour("faint" if hovered else "border"), theme.stroke))
    painter.drawPath(outline)
    _paint_text(painter, face)
    if face.share:
        _paint_share(painter, face.share)
    if isinstance(below, QPixmap):
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(GLIMPSE, below, QRectF(below.rect()))
    elif below is not None:
        below.paint(painter, GLIMPSE)
    if face.tag:
        paint_flag(painter, face.tag)
    if face.mark:
        paint_mark(painter, face.mark, MARK)


@cache
def outlines(height: float) -> tuple[QPainterPath, QPainterPath, QPainterPath]:
    """A box of some height, its coloured band and its edge at the left, with round corners.

    They are shapes of their own, because not every file of lines knows clipping.
    """
    body = QRectF(0.0, 0.0, WIDTH, height).adjusted(0.75, 0.75, -0.75, -0.75)
    outline, band, edge = QPainterPath(), QPainterPath(), QPainterPath()
    outline.addRoundedRect(body, RADIUS, RADIUS)
    band.addRect(QRectF(0.0, 0.0, BAND, HEIGHT))
    edge.addRect(QRectF(0.0, 0.0, 5.0, height))
    return outline, outline.intersected(band), outline.intersected(edge)


def _paint_text(painter: QPainter, face: Face) -> None:
    below = [row for row in ((face.line, "text"), (face.note, "faint")) if row[0]]
    rows = [(text, size, True, "text") for text, size in title_rows(face.title, len(below))]
    rows += [(text, TEXT, False, tone) for text, tone in below]
    top = (HEIGHT - LINE * len(rows)) / 2
    for text, size, bold, tone in rows:
        painter.setFont(scaled_font(size, bold))
        painter.setPen(colour(tone))
        paint_row(painter, text, top)
        top += LINE


def _paint_share(painter: QPainter, share: float) -> None:
    """A bar as long as the box's part of what all boxes cost; its length says it, no colour."""
    painter.fillRect(BAR, colour("border"))
    filled = QRectF(BAR)
    filled.setWidth(max(BAR.width() * share, 1.5))
    painter.fillRect(filled, colour("accent"))


def title_rows(title: str, below: int) -> list[tuple[str, int]]:
    """The lines of a title with their font sizes: smaller if it is long, then on two lines.

    `below` is the number of other lines in the box.
    """
    for size in range(TITLE, TEXT - 1, -1):
        if _fits(title, size):
            return [(title, size)]
    words = title.split()
    if below > 1 or len(words) < 2:
        return [(title, TEXT - 1)]
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return [(half, TITLE - 1) for half in min(halves, key=lambda pair: max(map(len, pair)))]


def _fits(title: str, size: int) -> bool:
    width = QFontMetricsF(scaled_font(size, bold=True)).horizontalAdvance(title)
    return width * NARROWEST <= ROOM


def paint_row(painter: QPainter, text: str, top: float) -> None:
    """One line of text, pressed together a little or cut where it is too long."""
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, ROOM / NARROWEST)
    width = metrics.horizontalAdvance(shown)
    painter.save()
    painter.translate(BAND + 7.0, top)
    painter.scale(min(1.0, ROOM / max(width, 1.0)), 1.0)
    painter.drawText(QRectF(0.0, 0.0, width + 4.0, LINE), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def paint_flag(painter: QPainter, tag: str) -> None:
    """Paint the colour of a tag as a ribbon that hangs over the upper edge of the box."""
    notch = FLAG.center() + QPointF(0.0, FLAG.height() / 2 - 5.0)
    corners = [FLAG.topLeft(), FLAG.topRight(), FLAG.bottomRight(), notch, FLAG.bottomLeft()]
    painter.setPen(QPen(colour("card"), 1.5))
    painter.setBrush(tag_colour(tag))
    painter.drawPolygon(QPolygonF(corners))


def paint_mark(painter: QPainter, severity: str, place: QRectF) -> None:
    """Paint the sign of a problem: a triangle for an error, a disc for a warning, both with "!"."""
    painter.setPen(QPen(colour("card"), 1.5))
    painter.setBrush(colour("error" if severity == ERROR else "warning"))
    lower = place.bottom()
    if severity == ERROR:
        corners = [
            place.bottomLeft(),
            QPointF(place.center().x(), place.top()),
            place.bottomRight(),
        ]
        painter.drawPolygon(QPolygonF(corners))
    else:
        painter.drawEllipse(place.center(), place.height() / 2, place.height() / 2)
        lower -= 2.0
    pen = QPen(colour("card"), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    middle = place.center().x()
    painter.drawLine(QPointF(middle, lower - 10.5), QPointF(middle, lower - 6.5))
    painter.drawPoint(QPointF(middle, lower - 3.2))


def plain_face(kind: str) -> Face:
    """The face of a box that is not on the canvas yet."""
    layer = CATALOGUE.get(kind)
    if layer is None:
        return Face(kind_name(kind))
    return Face(kind_name(kind), category=layer.category, icon=layer.icon)


def data_face(dataset: str) -> Face:
    """The face of a data box with this set that is not on the canvas yet."""
    return replace(plain_face(Data.kind), line=tr(f"dataset.{dataset}.name"))


def picture(face: Face, ratio: float = 1.0) -> QPixmap:
    """A picture of a box, for the pointer while it is dragged; `ratio` is the screen's."""
    height = body_in(face.category).height()
    pixmap = QPixmap(round(WIDTH * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.85)
    paint_box(painter, face, selected=True)
    painter.end()
    return pixmap


def faded(tint: QColor, alpha: int) -> QColor:
    """The same colour, see-through."""
    thin = QColor(tint)
    thin.setAlpha(alpha)
    return thin
