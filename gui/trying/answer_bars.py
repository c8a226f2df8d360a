"""What the network answers: the likeliest classes as bars, or values with their names."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.protocol import Reply
from gui import formats
from gui.class_names import DataName, class_name, target_name
from gui.sizes import least
from gui.theme import class_colour, colour, font, px
from gui.upkeep import keep_up
from gui.words import tr

ROW, NAME, NUMBER, GAP = 34, 110, 70, 8
MOST, FEWEST = 5, 3  # answers
COLOURED = 10  # classes that have a colour of their own


class AnswerBars(QWidget):
    """Shows one answer; of a sequence, that at the time step `at`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reply: Reply | None = None
        self.dataset: DataName = ""
        self.at = -1
        least(self, 220, FEWEST * ROW)
        keep_up(self, self.retranslate, self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(300), px(MOST * ROW))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        self.setAccessibleName(tr("try.answer"))
        self.setToolTip(tr("try.answer.tip"))
        self.show_reply(self.reply, self.dataset, self.at)

    def show_reply(self, reply: Reply | None, dataset: DataName, at: int = -1) -> None:
        """Show another answer; None: nothing is asked."""
        self.reply, self.dataset, self.at = reply, dataset, at
        told = [f"{name} {value}" for name, value, *_ in self.rows()]
        self.setAccessibleDescription(", ".join(told))
        self.update()

    def rows(self) -> list[tuple[str, str, float, int]]:
        """Name, number in words, length of the bar from 0 to 1, and class, the likeliest first."""
        if self.reply is None:
            return []
        answers = self.reply.answers
        values = answers[self.at] if answers.ndim > 1 else answers
        if self.reply.task == "values":
            return [
                (target_name(self.dataset, i), formats.number(float(v)), -1.0, i)
                for i, v in enumerate(values.tolist())
            ]
        if self.reply.task == "binary" and len(values) == 1:
            values = np.array([1.0 - values[0], values[0]])
        order = np.argsort(-values, kind="stable")[:MOST]
        return [
            (class_name(self.dataset, i), formats.share(float(values[i])), float(values[i]), i)
            for i in order.tolist()
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = self.rows()
        high = min(float(px(ROW)), self.height() / max(min(len(rows), FEWEST), 1))
        is_coloured = self.reply is not None and self.reply.answers.shape[-1] <= COLOURED
        for place, (name, words, share, label) in enumerate(rows):
            area = QRectF(0.0, place * high, self.width(), high)
            if area.bottom() > self.height() + 1:
                break
            self._paint_row(painter, area, (name, words, share), label if is_coloured else -1)

    def _paint_row(
        self, painter: QPainter, area: QRectF, row: tuple[str, str, float], label: int
    ) -> None:
        name, words, share = row
        is_first = area.top() == 0.0
        painter.setPen(colour("text"))
        painter.setFont(font(14 if is_first else 11, bold=is_first))
        wide = min(px(NAME), self.width() * 0.4)
        side = QRectF(area.left(), area.top(), wide, area.height())
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(wide))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(side, middle | Qt.AlignmentFlag.AlignLeft, elided)
        if share < 0:  # a value
            rest = area.adjusted(wide + px(GAP), 0.0, 0.0, 0.0)
            painter.drawText(rest, middle | Qt.AlignmentFlag.AlignLeft, words)
            return
        bar = area.adjusted(wide + px(GAP), area.height() * 0.28, -px(NUMBER), 0.0)
        bar.setHeight(area.height() * 0.44)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("hover"))
        painter.drawRoundedRect(bar, 3, 3)
        tint = class_colour(label) if label >= 0 else colour("accent")
        tint.setAlphaF(1.0 if is_first else 0.65)
        painter.setBrush(tint)
        filled = QRectF(bar)
        filled.setWidth(max(bar.width() * share, 1.0))
        painter.drawRoundedRect(filled, 3, 3)
        painter.setPen(colour("text"))
        number = QRectF(bar.right() + px(GAP), area.top(), px(NUMBER) - px(GAP), area.height())
        painter.drawText(number, middle | Qt.AlignmentFlag.AlignLeft, words)
