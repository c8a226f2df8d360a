"""The room of the main window: the canvas in the middle, and a side for panels on each hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from gui.panels.declared import BOTTOM, CORNER, LEFT, RIGHT, SIDES
from gui.panels.layout import ACROSS, BELOW, DOWN
from gui.panels.side import Side
from gui.sizes import dress, least
from gui.theme import px, theme

LEAST = {LEFT: (200, 160), RIGHT: (268, 160), BOTTOM: (280, 200), CORNER: (240, 200)}
MOST, LOW = 268, 220  # pixels at any size: what is larger scrolls, and a small screen suffices

PART = 0.28
NARROW = LEAST[LEFT][0], LEAST[RIGHT][0]


class Room(QWidget):
    """Splitters, whose parts are hidden while nothing is in them."""

    def __init__(self, middle: QWidget) -> None:
        super().__init__()
        self.middle = middle
        self.sides = {place: Side(place) for place in SIDES}
        self.across = self._splitter(Qt.Orientation.Horizontal)
        self.below = self._splitter(Qt.Orientation.Horizontal)
        self.down = self._splitter(Qt.Orientation.Vertical)
        for part in (self.sides[LEFT], middle, self.sides[RIGHT]):
            self.across.addWidget(part)
        for part in (self.sides[BOTTOM], self.sides[CORNER]):
            self.below.addWidget(part)
        for part in (self.across, self.below):
            self.down.addWidget(part)
        self.across.setStretchFactor(1, 1)
        for i, factor in enumerate((3, 2)):
            self.down.setStretchFactor(i, factor)
        for place, (width, height) in LEAST.items():
            least(self.sides[place], width, height, limit=MOST if place in (LEFT, RIGHT) else LOW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.down)
        self._wanted = 0.0, 0.0  # widths of the sides, in the pixels of 100 %
        self.across.splitterMoved.connect(self.keep)
        theme.resized.connect(self._follow)

    def _splitter(self, way: Qt.Orientation) -> QSplitter:
        splitter = QSplitter(way)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        return splitter

    def keep(self) -> None:
        """Remember how wide the sides are, for other sizes of everything."""
        left, _, right = self.across.sizes()  # 0: put away
        known = self._wanted
        self._wanted = left / theme.factor or known[0], right / theme.factor or known[1]

    def _follow(self) -> None:
        """Let the sides grow with the size of everything, up to a share of the width each."""
        for side in self.sides.values():
            dress(side)  # its least size first, whoever hears of the new size first
        left, middle, right = self.across.sizes()
        most = round(self.width() * PART)
        wide = [
            min(px(wanted), max(most, least)) if now else 0
            for wanted, now, least in zip(self._wanted, (left, right), NARROW, strict=True)
        ]
        self.across.setSizes([wide[0], left + middle + right - sum(wide), wide[1]])

    @property
    def splitters(self) -> dict[str, QSplitter]:
        """By the names that a layout has for them."""
        return {ACROSS: self.across, DOWN: self.down, BELOW: self.below}

    def show_parts(self, shown: frozenset[str], alone: str = "") -> None:
        """Show these sides; of everything only the side `alone`, if there is one."""
        for place, side in self.sides.items():
            side.setVisible(place == alone if alone else place in shown)
        self.middle.setVisible(not alone)
        self.below.setVisible(any(not self.sides[p].isHidden() for p in (BOTTOM, CORNER)))
        self.across.setVisible(not alone or alone in (LEFT, RIGHT))
