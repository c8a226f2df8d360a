"""What a box hands on, as a small picture in the box, or a larger one in its hover text.

Pictures are a row of feature maps, sequences a map with time from left to right, rows of numbers
bars, answers bars with the likeliest class named. Orange is more than nothing, blue is less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from engine.protocol import FloatArray, Flow, IntArray
from engine.spec.texts import PADDING
from gui import formats
from gui.box import scaled_font
from gui.class_names import DataName, class_name, token_name
from gui.inks import ink, signed_image, tone_image
from gui.theme import class_colour, colour
from gui.words import tr

Array = FloatArray | IntArray
ANSWER, LOSS, SAMPLE, BOX = "answer", "loss", "sample", "box"  # what a flow is
MAPS, MORE_MAPS = 4, 8  # feature maps in a box, and in a hover text
COLOURED, PALE = 10, 130  # classes with colours of their own; opacity of those that are less likely
BARS = 64  # more numbers become a strip
GAP = 3.0
TEXT, SMALL = 12, 9  # font sizes in scene pixels
READ = str.maketrans("␣↵⇥", "   ")  # in a box a text is to be read
WIDEST = 14.0  # of a bar
NAMED = 0.42  # part of the width for the likeliest class


@dataclass(frozen=True, eq=False)
class Seen:
    """One box's flow with what its picture needs to know."""

    flow: Flow
    role: str = BOX
    dataset: DataName = ""
    is_raw: bool = False  # samples as they are, in their own colours, not feature maps

    where: str = ""  # of which sample and network, in words

    def tip(self) -> list[str]:
        """The same larger, and its numbers."""
        from gui.flow.enlarged import tip_of  # it paints what is here

        return tip_of(self)

    def paint(self, painter: QPainter, room: QRectF, most: int = MAPS) -> None:
        """Paint into `room`; at most so many feature maps."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        self._painter()(painter, room, most)
        painter.restore()

    def _painter(self) -> Callable[[QPainter, QRectF, int], None]:
        values = self.flow.values
        if self.role == LOSS or values.size == 1:
            return self._number
        if values.dtype.kind == "i":
            return self._tokens
        if values.ndim == 3:
            return self._maps
        if values.ndim == 2:
            return self._sequence
        return self._answer if self.role == ANSWER else self._row

    # one for each kind

    def _maps(self, painter: QPainter, room: QRectF, most: int) -> None:
        values = self.flow.values
        if self.is_raw and len(values) in (1, 3):
            _draw(painter, tone_image(values), room)
            return
        shown = values[:most]
        aspect = shown.shape[2] / shown.shape[1]
        columns, wide = _grid(len(shown), aspect, room)
        high, rows = wide / aspect, -(-len(shown) // columns)
        top = room.top() + (room.height() - rows * high - (rows - 1) * GAP) / 2
        peak = _peak(shown)
        for i, one in enumerate(shown):
            left = room.left() + (i % columns) * (wide + GAP)
            place = QRectF(left, top + (i // columns) * (high + GAP), wide, high)
            painter.drawImage(place, signed_image(one, peak))
            _frame(painter, place)

    def _sequence(self, painter: QPainter, room: QRectF, most: int) -> None:
        values = self.flow.values
        if values.shape[1] == 1:
            _line(painter, room, values[:, 0])
            return
        painter.drawImage(room, signed_image(values.T, _peak(values)))
        _frame(painter, room)

    def _row(self, painter: QPainter, room: QRectF, most: int) -> None:
        values = self.flow.values
        if len(values) > BARS:
            strip = room.adjusted(0.0, room.height() * 0.2, 0.0, -room.height() * 0.2)
            painter.drawImage(strip, signed_image(values[None, :], _peak(values)))
            _frame(painter, strip)
            return
        low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
        if not np.isfinite(high - low):
            return
        scale = room.height() / ((high - low) or 1.0)
        zero = room.top() + high * scale
        for bar, value in zip(_bars(room, len(values)), values.tolist(), strict=True):
            top, bottom = sorted((zero, zero - value * scale))
            painter.fillRect(QRectF(bar[0], top, bar[1], max(bottom - top, 0.4)), ink(value))
        painter.fillRect(QRectF(room.left(), zero - 0.25, room.width(), 0.5), colour("faint"))

    def _answer(self, painter: QPainter, room: QRectF, most: int) -> None:
        """A bar for each class, from 0 to 1; the likeliest is strong, and named with its share."""
        values = self.flow.values
        if not np.isfinite(values).all():
            return
        best = int(np.argmax(values))
        words = class_name(self.dataset, best), formats.share(float(values[best]))
        side = max(room.width() * NAMED, room.width() - len(values) * WIDEST - 6.0)
        bars = room.adjusted(0.0, 2.0, -side - 6.0, 0.0)
        for i, (left, width) in enumerate(_bars(bars, len(values))):
            high = max(bars.height() * float(values[i]), 0.5)
            tint = class_colour(i) if len(values) <= COLOURED else ink(1.0)
            tint.setAlpha(255 if i == best else PALE)
            painter.fillRect(QRectF(left, bars.bottom() - high, width, high), tint)
        painter.fillRect(QRectF(bars.left(), bars.bottom(), bars.width(), 0.5), colour("faint"))
        _two_lines(painter, room.adjusted(room.width() - side, 0.0, 0.0, 0.0), words)

    def _tokens(self, painter: QPainter, room: QRectF, most: int) -> None:
        painter.setFont(scaled_font(TEXT - 1))
        painter.setPen(colour("text"))
        metrics, lines = QFontMetricsF(painter.font()), [""]
        rows = max(int(room.height() / metrics.height()), 1)
        names = [token_name(self.dataset, int(token)) for token in self.flow.values.tolist()]
        while names and names[-1] == PADDING:
            names.pop()
        for name in (name.translate(READ) for name in names):
            word = name if len(name) == 1 else f"{name} "
            if metrics.horizontalAdvance(lines[-1] + word) > room.width():
                if len(lines) == rows:
                    break
                lines.append("")
            lines[-1] += word
        height = metrics.height()
        top = room.top() + max(room.height() - height * len(lines), 0.0) / 2
        for i, line in enumerate(lines):
            area = QRectF(room.left(), top + i * height, room.width(), height)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, line)

    def _number(self, painter: QPainter, room: QRectF, most: int) -> None:
        value = float(self.flow.values.reshape(-1)[0])
        word = formats.number(value)
        if self.flow.values.dtype.kind == "i":
            word = token_name(self.dataset, int(value))
        if self.role == LOSS:
            painter.setFont(scaled_font(SMALL))
            painter.setPen(colour("faint"))
            caption = QRectF(room.left(), room.top(), room.width(), room.height() * 0.38)
            _text(painter, caption, tr("flow.loss"))
            room = room.adjusted(0.0, room.height() * 0.36, 0.0, 0.0)
        painter.setFont(scaled_font(TEXT + 2, bold=True))
        painter.setPen(colour("text"))
        _text(painter, room, word)


def _peak(values: Array) -> float:
    """The largest size of what is shown, which has the strongest colour."""
    peak = float(np.nanmax(np.abs(values))) if np.isfinite(values).any() else 1.0
    return peak if np.isfinite(peak) and peak else 1.0


def target_words(dataset: DataName, target: Array, classes: int) -> tuple[str, int]:
    """What is to be predicted in a word, and the number of its class; -1 where it is none."""
    if classes and target.size == classes and target.dtype.kind == "f":  # one-hot
        target = np.asarray([int(np.argmax(target))])
    if target.size != 1:
        return "", -1
    if classes:
        label = int(target.reshape(-1)[0])
        return class_name(dataset, label), label
    return formats.number(float(target.reshape(-1)[0])), -1


def paint_target(painter: QPainter, room: QRectF, words: str, label: int) -> None:
    """The answer that is sought, beside the sample: with the colour of its class."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(scaled_font(TEXT, bold=True))
    if label >= 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(class_colour(label))
        painter.drawEllipse(QPointF(room.left() + 4.0, room.center().y()), 3.0, 3.0)
        room = room.adjusted(10.0, 0.0, 0.0, 0.0)
    painter.setPen(colour("text"))
    _text(painter, room, words)
    painter.restore()


def _grid(count: int, aspect: float, room: QRectF) -> tuple[int, float]:
    """Columns of a grid that makes its pictures largest, and the width of each.

    aspect : width of a picture divided by its height
    """
    best = (1, 1.0)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        wide = (room.width() - (columns - 1) * GAP) / columns
        high = (room.height() - (rows - 1) * GAP) / rows
        side = min(wide, high * aspect)
        if side > best[1]:
            best = columns, side
    return best


def _bars(room: QRectF, count: int) -> list[tuple[float, float]]:
    """Left ends and widths of so many bars."""
    step = min(room.width() / count, WIDEST)
    return [(room.left() + i * step, step * (0.8 if step > 3 else 0.9)) for i in range(count)]


def _line(painter: QPainter, room: QRectF, values: Array) -> None:
    low, high = float(values.min()), float(values.max())
    if not np.isfinite(high - low):
        return
    area = room.adjusted(1.0, 3.0, -1.0, -3.0)
    places = [
        QPointF(
            area.left() + area.width() * i / max(len(values) - 1, 1),
            area.bottom() - area.height() * (value - low) / ((high - low) or 1.0),
        )
        for i, value in enumerate(values.tolist())
    ]
    painter.setPen(QPen(ink(1.0), 1.4))
    painter.drawPolyline(places)


def _draw(painter: QPainter, image: QImage, room: QRectF) -> None:
    """A picture as large as fits, at the left."""
    factor = min(room.width() / image.width(), room.height() / image.height())
    painter.drawImage(
        QRectF(room.left(), room.top(), image.width() * factor, image.height() * factor), image
    )


def _frame(painter: QPainter, place: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("border"), 0.6))
    painter.drawRect(place)


def _two_lines(painter: QPainter, room: QRectF, words: tuple[str, str]) -> None:
    """A name and what is said of it, one below the other, in the middle of `room`."""
    middle = room.center().y()
    height = TEXT + 4.0
    painter.setFont(scaled_font(TEXT, bold=True))
    painter.setPen(colour("text"))
    _text(painter, QRectF(room.left(), middle - height, room.width(), height), words[0])
    painter.setFont(scaled_font(TEXT - 1))
    painter.setPen(colour("faint"))
    _text(painter, QRectF(room.left(), middle, room.width(), height), words[1])


def _text(painter: QPainter, room: QRectF, words: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(
        words, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
