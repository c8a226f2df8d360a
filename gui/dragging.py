"""What panels beside the canvas drag onto it: a layer type, or a data set in its box."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from gui.box import (
    BLOCK_ICON,
    BLOCK_MIME,
    DATA_MIME,
    HEIGHT,
    MIME,
    WIDTH,
    Face,
    data_face,
    picture,
    plain_face,
)


def run_drag(drag: QDrag) -> None:
    """Let the person drag, until the button is released."""
    drag.exec(Qt.DropAction.CopyAction)


def layer_drag(source: QWidget, kind: str) -> QDrag:
    """A drag of a layer type, shown as the box that it will be."""
    return _box_drag(source, MIME, kind)


def data_drag(source: QWidget, dataset: str) -> QDrag:
    """A drag of a bundled data set, shown as the data box that it will be."""
    return _box_drag(source, DATA_MIME, dataset)


def block_drag(source: QWidget, name: str, text: str, path: str) -> QDrag:
    """A drag of a block: boxes as text for the canvas, a file for other programs."""
    data = QMimeData()
    data.setData(BLOCK_MIME, text.encode())
    data.setUrls([QUrl.fromLocalFile(path)])
    return _shown(QDrag(source), data, Face(name, icon=BLOCK_ICON))


def _box_drag(source: QWidget, mime: str, name: str) -> QDrag:
    data = QMimeData()
    data.setData(mime, name.encode())
    face = data_face(name) if mime == DATA_MIME else plain_face(name)
    return _shown(QDrag(source), data, face)


def _shown(drag: QDrag, data: QMimeData, face: Face) -> QDrag:
    source = drag.source()
    ratio = source.devicePixelRatioF() if isinstance(source, QWidget) else 1.0
    drag.setMimeData(data)
    drag.setPixmap(picture(face, ratio))
    drag.setHotSpot(QPoint(round(WIDTH / 2), round(HEIGHT / 2)))
    return drag
