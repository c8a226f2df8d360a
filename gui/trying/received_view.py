"""What really enters the network, so that nobody wonders about its answer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.protocol import Reply
from engine.spec.shapes import Shape
from gui import formats
from gui.inks import tone_image
from gui.sizes import least
from gui.theme import colour, px
from gui.upkeep import keep_up
from gui.words import tr

SMALLEST, NATURAL = 90, 160


class ReceivedView(QWidget):
    """A picture as the network receives it, one square for each of its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reply: Reply | None = None
        self.frame: Shape | None = None
        least(self, SMALLEST, SMALLEST)
        keep_up(self, self.retranslate, self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(NATURAL), px(NATURAL))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.setAccessibleName(tr("try.received"))
        self.show_reply(self.reply, self.frame)

    def show_reply(self, reply: Reply | None, frame: Shape | None) -> None:
        """Show another sample; it is a picture of the shape `frame`."""
        self.reply, self.frame = reply, frame
        tip = tr("try.received.tip")
        if reply is not None:
            ends = (formats.number(float(end(reply.received))) for end in (np.min, np.max))
            low, high = ends
            tip += "\n" + tr("try.received.numbers", shape=str(frame), low=low, high=high)
        self.setToolTip(tip)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = float(min(self.width(), self.height()))
        area = QRectF(0.0, 0.0, side, side)
        area.moveCenter(QRectF(self.rect()).center())
        if self.reply is not None and self.frame is not None:
            picture = np.moveaxis(self.reply.received.reshape(self.frame.sizes), -1, 0)
            height, width = picture.shape[1:]
            longer = max(height, width)
            shown = QRectF(0.0, 0.0, side * width / longer, side * height / longer)
            shown.moveCenter(area.center())
            painter.drawImage(shown, tone_image(picture[: 3 if len(picture) >= 3 else 1]))
            area = shown
        painter.setPen(QPen(colour("border"), 1.0))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
