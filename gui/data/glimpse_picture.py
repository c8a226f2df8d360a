"""A few samples of a data box in a picture so small that it fits into the box on the canvas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from engine.data_protocol import Array, Shown
from gui.box import GLIMPSE, scaled_font
from gui.class_names import DataName, token_name
from gui.data.line_plot import paint_lines, range_of
from gui.data.stages import Stage, images, kind_of, stages_of
from gui.data.token_rows import padding_in
from gui.theme import class_colour, colour

SHARPNESS = 4  # pixels of the picture for one of the box: the canvas can be enlarged
PICTURES, PLOTS, HISTOGRAMS, BINS = 4, 3, 6, 12
BETWEEN = 3.0
DOT = 1.1  # radius
LETTERS, LINES = 11, 2  # size of a text, and how many lines of it
CLOUD, RING = 2.4, 3.6  # width of a cloud by its height; radius of the ring around one point
Painter = Callable[[QPainter, QRectF, Shown, DataName], object]
Ends = tuple[tuple[float, float], tuple[float, float]]  # of both axes


def glimpse_picture(shown: Shown, dataset: DataName) -> QPixmap:
    """The picture, transparent where nothing is, in the colours of the theme in use."""
    pixmap, painter = _canvas(GLIMPSE.width())
    room = QRectF(0.0, 0.0, GLIMPSE.width(), GLIMPSE.height())
    if len(shown.samples.rows):
        _painter_of(shown)(painter, room, shown, dataset)
    painter.end()
    return pixmap


def is_cloud(shown: Shown) -> bool:
    """Whether samples are points that can be drawn all together."""
    sizes, is_curve = shown.shape.sizes, not shown.classes
    return kind_of(shown) == "rows" and (sizes == (2,) or (sizes == (1,) and is_curve))


def marked_cloud(shown: Shown, x: float, y: float) -> QPixmap:
    """Samples that are points, with a ring around the place (x, y)."""
    room = QRectF(0.0, 0.0, CLOUD * GLIMPSE.height(), GLIMPSE.height())
    pixmap, painter = _canvas(room.width())
    if len(shown.samples.rows):
        area, ends = _points(painter, room, shown, "")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for tint, width in ((colour("card"), 3.0), (colour("text"), 1.4)):
            painter.setPen(QPen(tint, width))
            painter.drawEllipse(_place(area, x, y, ends), RING, RING)
    painter.end()
    return pixmap


def _canvas(width: float) -> tuple[QPixmap, QPainter]:
    """An empty picture of that width in the box, and what paints on it."""
    pixmap = QPixmap((QSizeF(width, GLIMPSE.height()) * SHARPNESS).toSize())
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(SHARPNESS, SHARPNESS)
    return pixmap, painter


def _painter_of(shown: Shown) -> Painter:
    if is_cloud(shown):
        return _points
    kinds = {"pictures": _pictures, "lines": _plots, "tokens": _text, "rows": _histograms}
    return kinds[kind_of(shown)]


def _prepared(shown: Shown) -> Stage:
    return stages_of(shown, "prepared")[0]


def different(shown: Shown, most: int) -> list[int]:
    """Places of samples of different classes, as far as there are such."""
    count = len(shown.samples.rows)
    if not shown.classes or shown.samples.target.size != count:
        return list(range(min(most, count)))
    _, first = np.unique(shown.samples.target.reshape(-1), return_index=True)
    rest = [i for i in range(count) if i not in set(first.tolist())]
    return sorted([*first.tolist(), *rest][:most])


def _pictures(painter: QPainter, room: QRectF, shown: Shown, dataset: DataName) -> None:
    stage = _prepared(shown)
    chosen = different(shown, PICTURES)
    found = images(Stage(stage.name, stage.values[chosen]))
    width = (room.width() - (PICTURES - 1) * BETWEEN) / PICTURES
    for i, image in enumerate(found):
        cell = QRectF(i * (width + BETWEEN), 0.0, width, room.height())
        side = min(cell.width(), cell.height())
        factor = side / max(image.width(), image.height())
        target = QRectF(0.0, 0.0, image.width() * factor, image.height() * factor)
        target.moveCenter(cell.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, factor * SHARPNESS < 2)
        painter.drawImage(target, image)


def _points(
    painter: QPainter, room: QRectF, shown: Shown, dataset: DataName
) -> tuple[QRectF, Ends]:
    """All points; returns where they are painted, and the ends of both axes."""
    x = shown.samples.prepared
    is_plane = x.shape[1] == 2
    across, up = x[:, 0], x[:, 1] if is_plane else shown.samples.target.reshape(len(x), -1)[:, 0]
    labels = shown.samples.target.reshape(len(x), -1)[:, 0]
    width = room.width() if not is_plane else 2.2 * room.height()
    area = QRectF(room.center().x() - width / 2, room.top(), width, room.height())
    ends = range_of(across), range_of(up)
    painter.setPen(Qt.PenStyle.NoPen)
    for i in range(len(x)):
        tint = class_colour(int(labels[i])) if shown.classes else colour("accent")
        painter.setBrush(tint)
        painter.drawEllipse(_place(area, float(across[i]), float(up[i]), ends), DOT, DOT)
    return area, ends


def _place(area: QRectF, x: float, y: float, ends: Ends) -> QPointF:
    (left, right), (low, high) = ends
    return QPointF(
        area.left() + area.width() * (x - left) / (right - left),
        area.bottom() - area.height() * (y - low) / (high - low),
    )


def _plots(painter: QPainter, room: QRectF, shown: Shown, dataset: DataName) -> None:
    stage = _prepared(shown)
    ends, width = range_of(stage.values), (room.width() - (PLOTS - 1) * BETWEEN) / PLOTS
    for i, place in enumerate(different(shown, PLOTS)):
        cell = QRectF(i * (width + BETWEEN), 0.0, width, room.height() - 1.0)
        paint_lines(painter, cell, stage.values[place], ends, stage.name)


def _histograms(painter: QPainter, room: QRectF, shown: Shown, dataset: DataName) -> None:
    x = shown.samples.prepared.reshape(len(shown.samples.rows), -1)
    columns = min(x.shape[1], HISTOGRAMS)
    width = (room.width() - (columns - 1) * 2 * BETWEEN) / columns
    for i in range(columns):
        counts, _ = np.histogram(x[:, i], BINS)
        left = i * (width + 2 * BETWEEN)
        _bars(painter, QRectF(left, 2.0, width, room.height() - 4.0), counts)


def _bars(painter: QPainter, area: QRectF, counts: Array) -> None:
    width, most = area.width() / len(counts), max(int(counts.max()), 1)
    for i, value in enumerate(counts.tolist()):
        height = area.height() * value / most
        bar = QRectF(area.left() + i * width, area.bottom() - height, width * 0.85, height)
        painter.fillRect(bar, colour("accent"))
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 0.6), colour("border"))


def _text(painter: QPainter, room: QRectF, shown: Shown, dataset: DataName) -> None:
    """The beginning of a text; of other sequences, one a line without what fills them up."""
    painter.setFont(scaled_font(LETTERS))
    painter.setPen(colour("text"))
    tokens = shown.samples.prepared
    if shown.samples.target.size > len(tokens) and shown.classes == shown.shape.limit:
        lines = _flowing(painter, tokens, dataset, room.width())
    else:
        padding = padding_in(tokens)
        lines = [
            " ".join(token_name(dataset, int(t)) for t in row[~hidden])
            for row, hidden in zip(tokens[:LINES], padding[:LINES], strict=True)
        ]
    height = room.height() / LINES
    for i, line in enumerate(lines[:LINES]):
        area = QRectF(room.left(), i * height, room.width(), height)
        shown_text = painter.fontMetrics().elidedText(
            line, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, shown_text)


def _flowing(painter: QPainter, tokens: Array, dataset: DataName, width: float) -> list[str]:
    """The first tokens of a text one after the other, as many to a line as there is room for."""
    unseen = str.maketrans("␣↵⇥", "   ")  # here it is to be read
    names = [token_name(dataset, int(t)).translate(unseen) for t in tokens[:4].reshape(-1)]
    lines, metrics = [""], painter.fontMetrics()
    for name in names:
        if metrics.horizontalAdvance(lines[-1] + name) > width:
            if len(lines) == LINES:
                break
            lines.append("")
        lines[-1] += name if lines[-1] else name.lstrip()
    return lines
