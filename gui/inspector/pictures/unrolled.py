"""A recurrent layer, unrolled: the same cell at each time step, and what it hands on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, arrow, block, faded, thinned, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

MOST = 6  # time steps


@dataclass(frozen=True)
class Unrolled(Picture):
    """Inputs below, states from step to step, outputs above: all of them or the last only."""

    time: int
    inputs: int
    outputs: int
    direction: str  # "forward", "backward" or "bidirectional"
    returns_all: bool

    @property
    def lanes(self) -> tuple[bool, ...]:
        """One way, or two: whether each goes from the first step to the last."""
        return {"forward": (True,), "backward": (False,)}.get(self.direction, (True, False))

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        shown = thinned(self.time, MOST)
        step = room.width() / len(shown)
        wide, high = min(step * 0.52, 30.0), 20.0
        top, bottom = room.top() + LINE, room.bottom() - LINE
        lanes = self.lanes
        middle = (top + bottom) / 2
        rows = [middle + (i - (len(lanes) - 1) / 2) * (high + 12) for i in range(len(lanes))]
        edge = colour("edge")
        for i, number in enumerate(shown):
            x = room.left() + (i + 0.5) * step
            if number < 0:
                for y in rows:
                    write(painter, QRectF(x - 10, y - 8, 20, 16), "…")
                continue
            for lane, y in enumerate(rows):
                cell = QRectF(x - wide / 2, y - high / 2, wide, high)
                block(painter, cell, faded("accent", 60), colour("accent"))
                self._hand_on(painter, (x, y, wide, step), lanes[lane], i, len(shown))
            arrow(painter, edge, QPointF(x, bottom), QPointF(x, rows[-1] + high / 2 + 1))
            if self._gives(number):
                arrow(
                    painter, colour("accent"), QPointF(x, rows[0] - high / 2), QPointF(x, top + 1)
                )
            below = QRectF(x - step / 2, bottom, step, LINE)
            write(painter, below, f"{number + 1}")
        if self.direction == "bidirectional" and not self.returns_all:
            self._other_end(painter, room, step, rows[1] - high / 2)
        above = QRectF(room.left(), room.top(), room.width(), LINE)
        size = (
            f"{count(self.time)}×{count(self.outputs)}" if self.returns_all else count(self.outputs)
        )
        write(painter, above, tr("picture.recurrent.gives", size=size), "accent")

    def _hand_on(
        self,
        painter: QPainter,
        cell: tuple[float, float, float, float],
        is_on: bool,
        i: int,
        n: int,
    ) -> None:
        """The arrow from a cell to the next one of its lane."""
        x, y, wide, step = cell
        if i + 1 == n:
            return
        near, far = QPointF(x + wide / 2 + 1, y), QPointF(x + step - wide / 2 - 1, y)
        arrow(painter, colour("accent"), *((near, far) if is_on else (far, near)))

    def _gives(self, number: int) -> bool:
        """Whether a time step's upper lane hands something on."""
        last = self.time - 1 if self.lanes[0] else 0
        return self.returns_all or number == last

    def _other_end(self, painter: QPainter, room: QRectF, step: float, y: float) -> None:
        """The lane that goes back ends at the first step."""
        x = room.left() + step / 2 - step * 0.36
        arrow(painter, colour("accent"), QPointF(x, y + 8), QPointF(x, room.top() + LINE + 1))

    def words(self) -> str:
        kind = "all" if self.returns_all else "last"
        text = tr(
            f"picture.recurrent.{kind}",
            steps=count(self.time),
            inputs=count(self.inputs),
            units=count(self.outputs),
        )
        return text + tr(f"picture.recurrent.{self.direction}")
