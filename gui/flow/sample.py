"""The sample in a data box: what enters the network, what is to be answered, and which it is."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from gui import formats
from gui.box import STEP_BACK, STEP_ON, scaled_font
from gui.flow.picture import Seen, paint_target
from gui.theme import colour
from gui.words import tr

NUMBER = 10  # font size in scene pixels
ARROW = 3.5  # half the height of the arrows
UPPER = 0.52  # part of the height for the sample, where its target stands below


@dataclass(frozen=True, eq=False)
class Sample:
    """One sample with the number by which people count it, from 1."""

    seen: Seen
    number: int
    words: str = ""  # of the target
    label: int = -1  # its class
    cloud: QPixmap | None = None  # all samples of a plane, with a ring around this one

    def tip(self) -> list[str]:
        """The sample larger, and its numbers."""
        *rows, where = self.seen.tip()
        return [*rows, *([tr("flow.target", name=self.words)] if self.words else []), where]

    def paint(self, painter: QPainter, room: QRectF) -> None:
        """Paint the sample, its target, and the arrows that lead to other samples."""
        left = room.adjusted(0.0, 0.0, STEP_BACK.left() - room.right() - 2.0, 0.0)
        if self.cloud is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            width = left.height() * self.cloud.width() / self.cloud.height()
            painter.drawPixmap(
                QRectF(left.left(), left.top(), width, left.height()),
                self.cloud,
                QRectF(self.cloud.rect()),
            )
            painter.restore()
        else:
            self._paint_values(painter, left)
        self._paint_arrows(painter)

    def _paint_values(self, painter: QPainter, room: QRectF) -> None:
        """The target stands beside a picture, and below everything else."""
        if not self.words:
            self.seen.paint(painter, room)
            return
        if self.seen.is_raw:
            square, below = QRectF(room), QRectF(room)
            square.setWidth(room.height())
            below.setLeft(square.right() + 5.0)
        else:
            square, below = QRectF(room), QRectF(room)
            square.setBottom(room.top() + room.height() * UPPER)
            below.setTop(square.bottom() + 1.0)
        self.seen.paint(painter, square)
        paint_target(painter, below, self.words, self.label)

    def _paint_arrows(self, painter: QPainter) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("accent"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for zone, way in ((STEP_BACK, -1.0), (STEP_ON, 1.0)):
            tip = zone.center() + QPointF(way * ARROW / 2, 0.0)
            for up in (-ARROW, ARROW):
                painter.drawLine(tip, tip + QPointF(-way * ARROW, up))
        painter.setFont(scaled_font(NUMBER))
        painter.setPen(colour("faint"))
        between = QRectF(STEP_BACK.topRight(), STEP_ON.bottomLeft())
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter, formats.short(self.number))
        painter.restore()
