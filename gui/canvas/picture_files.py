"""Pictures of the drawing as files: PNG in pixels, SVG and PDF in lines; and for the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QMimeData,
    QRect,
    QSize,
    QSizeF,
    Qt,
)
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from gui.canvas.picture import Picture
from gui.theme import colour, theme

FORMATS = ("png", "svg", "pdf")
GROUNDS = ("white", "transparent", "theme")
MOST_SCALE = 4
LARGEST = 16_000  # pixels along a side, which programs for pictures still open
DOTS = 96  # scene pixels to an inch


def write(path: Path, picture: Picture, ground: str, scale: int, title: str) -> None:
    """Write a file of the kind that its ending says. OSError if that fails.

    ground : one of GROUNDS; scale : pixels per scene pixel, of a PNG
    """
    match path.suffix.lower():
        case ".svg":
            path.write_bytes(as_svg(picture, ground, title))
        case ".pdf":
            path.write_bytes(as_pdf(picture, ground, title))
        case _:
            path.write_bytes(as_png(picture, ground, scale))


def pixels(picture: Picture, scale: int) -> QSize:
    """How large the picture is with so many pixels per scene pixel; never larger than LARGEST."""
    wide, tall = picture.area.width(), picture.area.height()
    factor = min(float(scale), LARGEST / max(wide, tall))
    return QSize(round(wide * factor), round(tall * factor))


def as_image(picture: Picture, ground: str, scale: int) -> QImage:
    """The picture in pixels; drawings too large for that are made smaller."""
    size = pixels(picture, scale)
    factor = size.width() / picture.area.width()
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDotsPerMeterX(round(DOTS * factor / 0.0254))
    image.setDotsPerMeterY(round(DOTS * factor / 0.0254))
    with _colours_for(ground) as tint:
        image.fill(tint or Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(factor, factor)
        picture.paint(painter)
        painter.end()
    return image


def as_png(picture: Picture, ground: str, scale: int) -> bytes:
    """The picture as a PNG file."""
    buffer, content = _buffer()
    as_image(picture, ground, scale).save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())


def as_svg(picture: Picture, ground: str, title: str) -> bytes:
    """The picture as an SVG file, with names as text that can be searched and read aloud."""
    buffer, content = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS)
    generator.setSize(picture.area.size().toSize())
    generator.setViewBox(QRect(0, 0, generator.size().width(), generator.size().height()))
    generator.setTitle(title)
    generator.setDescription(", ".join(picture.names))
    with _colours_for(ground) as tint:
        painter = QPainter(generator)
        if tint is not None:
            painter.fillRect(generator.viewBox(), tint)
        picture.paint(painter)
        painter.end()
    buffer.close()
    return bytes(content.data())


def as_pdf(picture: Picture, ground: str, title: str) -> bytes:
    """The picture as a PDF file of one page that is as large as the drawing."""
    buffer, content = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    points = QSizeF(picture.area.width() * 72 / DOTS, picture.area.height() * 72 / DOTS)
    size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setResolution(10 * DOTS)  # fine enough that letters stand where they should
    with _colours_for(ground) as tint:
        painter = QPainter(writer)
        painter.scale(10.0, 10.0)
        if tint is not None:
            painter.fillRect(picture.area.translated(-picture.area.topLeft()), tint)
        picture.paint(painter)
        painter.end()
    buffer.close()
    return bytes(content.data())


def for_clipboard(picture: Picture, ground: str, title: str) -> QMimeData:
    """Pixels for every program, and lines for those that take them."""
    data = QMimeData()
    data.setImageData(as_image(picture, ground, 2))
    data.setData("image/svg+xml", QByteArray(as_svg(picture, ground, title)))
    return data


def _buffer() -> tuple[QBuffer, QByteArray]:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer, content


@contextmanager
def _colours_for(ground: str) -> Iterator[QColor | None]:
    """Paint in the colours that go with a ground, which is given; none is transparent.

    On white paper a drawing has light colours, whatever the window has.
    """
    with theme.lent("light" if ground == "white" else ""):
        match ground:
            case "white":
                yield QColor("white")
            case "theme":
                yield colour("canvas")
            case _:
                yield None
