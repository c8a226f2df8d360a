"""Texts and sequences of tokens as chips, one sample a row; what fills a row up is faint."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from engine.data_protocol import Shown
from gui.class_names import class_name, token_name
from gui.data.chart import Spot, elided, faded
from gui.data.enlarging import Enlarging
from gui.data.stages import target_text
from gui.exporting import Cell
from gui.formats import count
from gui.theme import FONT_POINTS, STEP, class_colour, colour, font
from gui.words import tr

CHIP, LINE, BETWEEN = 22, 14, 2  # heights of a chip and of the number below, and pixels apart
HEAD = (92, 180)  # width of what stands before the chips: at least, at most
NUMBER = 40  # of it, for the number of the sample
NARROWEST = 18
MIDDLE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
MORE = "…"


class TokenRows(Enlarging):
    """Tokens with their numbers below; answers at each step are a second row."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[int, str] = {}
        self._width: dict[int, int] = {}  # of the chips
        self._head = HEAD[0]
        self._padding = np.zeros((0, 0), bool)

    @property
    def count(self) -> int:
        return len(self.shown.samples.rows) if self.shown is not None else 0

    def prepare(self) -> None:
        assert self.shown is not None
        tokens = self.shown.samples.prepared
        self.keep_within()
        self._padding = padding_in(tokens) if self.is_padded else np.zeros(tokens.shape, bool)
        metrics = self.fontMetrics()
        used = {int(i) for i in np.unique(tokens)}
        names = {i: token_name(self.dataset, i) for i in used}
        advance = {i: metrics.horizontalAdvance(name) for i, name in names.items()}
        numbers = {i: metrics.horizontalAdvance(str(i)) for i in used} if self.has_numbers else {}
        words = [target_text(self.shown, self.dataset, i) for i in range(len(tokens))]
        words.append(tr("shown.answers") if self.has_answers else "")
        widest = max(metrics.horizontalAdvance(word) for word in words)
        self._head = min(max(NUMBER + widest + 6 * STEP, HEAD[0]), HEAD[1])
        self._names = names
        self._width = {i: max(advance[i] + 10, numbers.get(i, 0) + 4, NARROWEST) for i in used}

    @property
    def is_padded(self) -> bool:
        """Whether token 0 fills rows up; a text to be continued has none to spare."""
        return self.shown is not None and not self.has_answers

    @property
    def has_answers(self) -> bool:
        """Whether there is a class at each step."""
        shown = self.shown
        return (
            shown is not None
            and shown.samples.target.ndim > 1
            and (
                shown.samples.target.shape[1:] == shown.samples.prepared.shape[1:2]
                and shown.samples.target.shape[1] > 1
            )
        )

    @property
    def has_numbers(self) -> bool:
        """Whether the numbers of the tokens are to be seen."""
        return self.stage != "raw"

    @property
    def _row(self) -> int:
        """Height of one line of chips, with its answers."""
        height = CHIP + (LINE if self.has_numbers else 0)
        return height + (CHIP if self.has_answers else 0) + 2 * STEP

    def _lines(self, place: int, width: int) -> list[tuple[int, int]]:
        """The first and last step of each line, where all tokens are shown."""
        assert self.shown is not None
        found, start, used = [], 0, 0
        tokens = self.shown.samples.prepared[place].tolist()
        for i, token in enumerate(tokens):
            wide = self._width[token] + BETWEEN
            if used + wide > width and i > start:
                found.append((start, i))
                start, used = i, 0
            used += wide
        return [*found, (start, len(tokens))]

    def height_for(self, width: int) -> int:
        if self.shown is None:
            return 0
        if self.large >= 0:
            lines = self._lines(self.large, width - self._head - 4 * STEP)
            return self._row * len(lines) + 2 * STEP
        return self._row * len(self.shown.samples.rows) + 2 * STEP

    def paint(self, painter: QPainter, shown: Shown) -> Iterator[Spot]:
        room = self.width() - self._head - 4 * STEP
        if self.large >= 0:
            self._paint_head(painter, shown, self.large, STEP)
            for i, (first, last) in enumerate(self._lines(self.large, room)):
                top = STEP + i * self._row
                yield from self._paint_chips(painter, shown, self.large, (first, last), top)
            yield Spot(QRectF(self.rect()), "", [], self.large)
            return
        for place in range(len(shown.samples.rows)):
            top = STEP + place * self._row
            self._paint_head(painter, shown, place, top)
            last = self._lines(place, room)[0][1]
            yield from self._paint_chips(painter, shown, place, (0, last), top)
            yield Spot(QRectF(0, top, self.width(), self._row), "", [], place)

    def _paint_head(self, painter: QPainter, shown: Shown, place: int, top: float) -> None:
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(colour("faint"))
        row = QRectF(3 * STEP, top, self._head - 4 * STEP, CHIP)
        elided(painter, row, count(int(shown.samples.rows[place]) + 1), LEFT)
        text = target_text(shown, self.dataset, place)
        if text:
            label = np.reshape(shown.samples.target[place], -1)[0]
            painter.setPen(class_colour(int(label)) if shown.classes else colour("text"))
            elided(painter, row.adjusted(NUMBER, 0, 0, 0), text, LEFT)
        elif self.has_answers:
            answers = row.translated(0, CHIP + (LINE if self.has_numbers else 0))
            elided(painter, answers, tr("shown.answers"), LEFT)

    def _paint_chips(
        self, painter: QPainter, shown: Shown, place: int, ends: tuple[int, int], top: float
    ) -> Iterator[Spot]:
        tokens, left = shown.samples.prepared[place].tolist(), float(self._head)
        for step in range(*ends):
            token = tokens[step]
            area = QRectF(left, top, self._width[token], CHIP)
            self._paint_chip(painter, area, token, bool(self._padding[place, step]))
            rows = [("", tr("shown.token.number"), count(token))]
            if self.has_answers:
                answer = class_name(self.dataset, int(shown.samples.target[place, step]))
                below = area.translated(0, CHIP + (LINE if self.has_numbers else 0))
                painter.setPen(colour("accent"))
                elided(painter, below, answer, MIDDLE)
                rows.append(("", tr("shown.answer"), answer))
            heading = f"{tr('shown.step', step=count(step + 1))} · {self._names[token]}"
            yield Spot(area, heading, rows, place)
            left += self._width[token] + BETWEEN
        if ends[1] < len(tokens) and self.large < 0:
            painter.setPen(colour("faint"))
            painter.drawText(QRectF(left, top, 16, CHIP), MIDDLE, MORE)

    def _paint_chip(self, painter: QPainter, area: QRectF, token: int, is_padding: bool) -> None:
        painter.setFont(font(FONT_POINTS - 1))
        painter.setPen(QPen(faded(colour("border"), 90 if is_padding else 255), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush if is_padding else colour("hover"))
        painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(faded(colour("text"), 90) if is_padding else colour("text"))
        painter.drawText(area, MIDDLE, self._names[token])
        if self.has_numbers:
            painter.setFont(font(FONT_POINTS - 3))
            painter.setPen(faded(colour("faint"), 110 if is_padding else 255))
            below = QRectF(area.left(), area.bottom() - 2, area.width(), LINE)
            painter.drawText(below, MIDDLE, str(token))

    def cells(self, shown: Shown) -> Iterator[list[Cell]]:
        """The tokens of every sample, by name."""
        steps = shown.samples.prepared.shape[1]
        yield ["sample", "target", *(f"t{i + 1}" for i in range(steps))]
        for place, tokens in enumerate(shown.samples.prepared.tolist()):
            text = target_text(shown, self.dataset, place)
            row = int(shown.samples.rows[place]) + 1
            yield [row, text, *(token_name(self.dataset, token) for token in tokens)]


def padding_in(tokens: np.ndarray) -> np.ndarray:
    """Where token 0 fills rows up to their ends: (n, T)."""
    behind = np.cumsum(tokens[:, ::-1] != 0, axis=1)[:, ::-1]
    found: np.ndarray = behind == 0
    return found
