"""A dense layer: every unit reads every input, and each line is a weight. Most are left out."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from gui.formats import count
from gui.inspector.pictures.pens import LINE, dots, faded, line, thinned, write
from gui.inspector.pictures.picture import Picture
from gui.theme import colour
from gui.words import tr

MOST = 9  # nodes of a column
RADIUS = 4.0


@dataclass(frozen=True)
class Connections(Picture):
    """`inputs` numbers on the left, `units` on the right; a place is a unit that is shown."""

    inputs: int
    units: int
    bias: bool
    parameters: int

    @property
    def places(self) -> int:
        return len([i for i in thinned(self.units, MOST) if i >= 0])

    @property
    def across(self) -> int:
        return 1

    def _columns(self, room: QRectF) -> tuple[list[QPointF | None], list[QPointF | None]]:
        """The nodes on both sides, None where some are left out."""
        found: list[list[QPointF | None]] = []
        for total, share in ((self.inputs, 0.16), (self.units, 0.84)):
            shown = thinned(total, MOST)
            step = (room.height() - LINE) / MOST
            top = room.top() + (room.height() - LINE - step * len(shown)) / 2 + step / 2
            x = room.left() + share * room.width()
            found.append(
                [None if n < 0 else QPointF(x, top + i * step) for i, n in enumerate(shown)]
            )
        return found[0], found[1]

    def place_at(self, room: QRectF, point: QPointF) -> int:
        nodes = [node for node in self._columns(room)[1] if node is not None]
        near = [(abs(node.y() - point.y()), i) for i, node in enumerate(nodes)]
        inside = abs(point.x() - nodes[0].x()) < room.width() / 4
        return min(near)[1] if inside and min(near)[0] < 2 * RADIUS else -1

    def paint(self, painter: QPainter, room: QRectF, at: int) -> None:
        left, right = self._columns(room)
        sources = [node for node in left if node is not None]
        units = [node for node in right if node is not None]
        for i, unit in enumerate(units):
            tint = faded("accent", 220) if i == at else faded("edge", 70)
            for source in sources:
                line(painter, tint, source, unit, 1.4 if i == at else 0.8)
        dots(painter, colour("faint"), sources, RADIUS)
        dots(painter, faded("accent", 110), units, RADIUS)
        dots(painter, colour("accent"), units[at : at + 1], RADIUS + 1)
        for nodes, total, x in ((left, self.inputs, 0.16), (right, self.units, 0.84)):
            middle = room.left() + x * room.width()
            words = QRectF(middle - 40, room.bottom() - LINE, 80, LINE)
            write(painter, words, count(total))
            if None in nodes:
                gap = nodes.index(None)
                before, after = nodes[gap - 1], nodes[gap + 1]
                assert before is not None and after is not None
                y = (before.y() + after.y()) / 2
                dots(painter, colour("faint"), [QPointF(middle, y + d) for d in (-4, 0, 4)], 1.1)

    def words(self) -> str:
        return tr(
            "picture.dense",
            inputs=count(self.inputs),
            units=count(self.units),
            parameters=count(self.parameters),
        )

    def told(self, at: int) -> str:
        shown = [i for i in thinned(self.units, MOST) if i >= 0]
        key = "picture.dense.told.bias" if self.bias else "picture.dense.told"
        return tr(key, unit=count(shown[at] + 1), inputs=count(self.inputs))
