"""What panels beside the canvas drag onto it: a layer type, or a data set in its box."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from gui.box import DATA_MIME, HEIGHT, MIME, WIDTH, data_face, picture, plain_face


def run_drag(drag: QDrag) -> None:
    """Let the person drag, until the button is released."""
    drag.exec(Qt.DropAction.CopyAction)


def layer_drag(source: QWidget, kind: str) -> QDrag:
    """A drag of a layer type, shown as the box that it will be."""
    return _box_drag(source, MIME, kind)


def data_drag(source: QWidget, dataset: str) -> QDrag:
    """A drag of a bundled data set, shown as the data box that it will be."""
    return _box_drag(source, DATA_MIME, dataset)


def _box_drag(source: QWidget, mime: str, name: str) -> QDrag:
    data = QMimeData()
    data.setData(mime, name.encode())
    face = data_face(name) if mime == DATA_MIME else plain_face(name)
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(picture(face, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(round(WIDTH / 2), round(HEIGHT / 2)))
    return drag
