"""Drawings as small pictures: on cards, and in the hover text of a block before it is inserted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QAction, QImage, QPainter

from engine.layers.drawing import append
from engine.layers.templates import TEMPLATES, insert_template
from engine.spec import edits
from engine.spec.document import Document, Node, Options
from engine.spec.options import Value
from engine.spec.shapes import image
from gui.box import look
from gui.canvas.picture import Picture
from gui.canvas.scene import CanvasScene
from gui.store import DocumentStore
from gui.theme import theme
from gui.words import language, tr

LARGEST_SCALE = 1.0  # small drawings are not enlarged
CLEAREST = 0.5  # pixels per scene pixel at least: below FAR, boxes have no words
BLOCK = QSize(420, 190)  # of the picture in a hover text


@contextmanager
def low_boxes() -> Iterator[None]:
    """Boxes without the part for what flows through them, which nothing does here."""
    kept, look.shows_flow = look.shows_flow, False
    try:
        yield
    finally:
        look.shows_flow = kept


def fitted(picture: Picture, size: QSize, ratio: float) -> QImage:
    """A picture as large as fits into `size`, transparent where there is nothing.

    ratio : pixels of the screen per pixel
    """
    whole = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    whole.fill(Qt.GlobalColor.transparent)
    if picture.is_empty:
        return whole
    area = picture.area
    fitting = min(size.width() / area.width(), size.height() / area.height(), LARGEST_SCALE)
    scale = max(fitting * ratio, CLEAREST)  # then made smaller, so that boxes stay boxes
    drawn = QImage((area.size() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(scale, scale)
    picture.paint(painter)
    painter.end()
    seen = (area.size() * fitting * ratio).toSize()
    smooth = Qt.TransformationMode.SmoothTransformation
    small = drawn.scaled(seen, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    painter.begin(whole)
    left, top = (whole.width() - seen.width()) // 2, (whole.height() - seen.height()) // 2
    painter.drawImage(left, top, small)
    painter.end()
    return whole


def block_drawing(name: str) -> tuple[Document, list[str]]:
    """A block behind a box that it fits, and the ids of what is shown: that box and the block."""
    is_of_pictures = TEMPLATES[name].fits(image(8, 8, 16))
    dataset, kind = ("digits_8", "conv2d") if is_of_pictures else ("digit_rows", "dense")
    data = Node("data_1", "data", Options({"dataset": dataset}))
    document, before = append(edits.add_node(Document(), data), kind, data.id)
    options: dict[str, Value] = {"filters": 16, "padding": "same", "activation": "relu"}
    if not is_of_pictures:
        options = {"units": 16, "activation": "relu"}
    document = edits.set_options(document, before, options)
    grown = insert_template(document, name, before)
    return grown, [n.id for n in grown.network.nodes if n.id != data.id]


def show_block(action: QAction, name: str) -> None:
    """Add the picture of a block to the hover text of an action; without effect on other tips."""
    if "<img" not in action.toolTip():
        mode = "dark" if theme.is_dark else "light"
        parts = escape(action.toolTip()), _block_image(name, language(), mode)
        action.setToolTip("<br>".join(parts))


@cache
def _block_image(name: str, language: str, mode: str) -> str:
    """The picture as rich text. `language` and `mode` say in which words and colours it is."""
    document, ids = block_drawing(name)
    store = DocumentStore(document)
    with low_boxes():
        picture = Picture(CanvasScene(store, parent=store), ids)
        wide = min(float(BLOCK.width()), picture.area.width())
        tall = min(float(BLOCK.height()), picture.area.height() * wide / picture.area.width())
        size = QSize(round(wide), round(tall))
        drawn = fitted(picture, size, 2.0)
    store.deleteLater()  # by Qt, because Python may break a circle in another thread
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")  # type: ignore[call-overload]
    data = bytes(content.toBase64().data()).decode("ascii")
    words = escape(tr("canvas.block_picture"))
    place = f'width="{size.width()}" height="{size.height()}"'
    return f'<img src="data:image/png;base64,{data}" {place}><br><small>{words}</small>'
