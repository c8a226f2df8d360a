"""A box's picture enlarged in its hover text, with the numbers behind it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from gui import formats
from gui.class_names import class_name
from gui.flow.picture import ANSWER, LOSS, MORE_MAPS, Seen
from gui.theme import colour
from gui.words import tr

SIZE, MAPS_SIZE = QSize(320, 84), QSize(320, 158)  # of the picture
SHARP = 2  # pixels for one of the screen
LIKELIEST = 3  # classes that are named
LISTED = 10  # values that are written out


def tip_of(seen: Seen) -> list[str]:
    """Rows of rich text: the picture, its numbers, and where they come from."""
    rows = [] if seen.role == LOSS else [_as_html(seen)]
    return [*rows, *numbers_of(seen), *([seen.where] if seen.where else [])]


def numbers_of(seen: Seen) -> list[str]:
    """What there is to be said in numbers."""
    flow, values = seen.flow, seen.flow.values
    if seen.role == LOSS:
        return [tr("flow.loss.value", value=formats.number(float(values)))]
    if values.dtype.kind == "i":
        return []
    if seen.role == ANSWER and np.isfinite(values).all():
        best = np.argsort(-values, kind="stable")[:LIKELIEST]
        named = ((class_name(seen.dataset, int(i)), float(values[i])) for i in best)
        return [" · ".join(f"{name} {formats.percent(share)}" for name, share in named)]
    if values.size <= LISTED:
        listed = ", ".join(formats.number(float(value)) for value in values.reshape(-1))
        return [tr("flow.values", values=listed)]
    low, mean, high = (formats.number(each) for each in (flow.low, flow.mean, flow.high))
    return [tr("flow.numbers", low=low, mean=mean, high=high)]


def _as_html(seen: Seen) -> str:
    size = MAPS_SIZE if seen.flow.values.ndim == 3 else SIZE
    if seen.is_raw:
        size = QSize(size.height(), size.height())
    picture = QPixmap(size * SHARP)
    picture.fill(colour("card"))
    painter = QPainter(picture)
    painter.scale(SHARP, SHARP)
    seen.paint(painter, QRectF(4.0, 4.0, size.width() - 8.0, size.height() - 8.0), MORE_MAPS)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    buffer.close()
    data = bytes(content.toBase64().data()).decode()
    return (
        f'<img src="data:image/png;base64,{data}" width="{size.width()}" height="{size.height()}">'
    )
