"""The bundled data sets as tiles under the headings of their categories."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from engine.spec.datasets import CARDS, SHELVES
from gui.data.tile import Tile
from gui.set_words import ICONS
from gui.theme import STEP, category_colour, colour, font, icon, px
from gui.words import tr

GAP, MARGIN, HEAD = 3 * STEP, 2 * STEP, 30
NARROWEST = 104  # of a tile, pixels


class Gallery(QWidget):
    """Places as many tiles side by side as there is room for; `search` hides those that differ."""

    used = Signal(str)
    chosen = Signal(str)  # by a click or a key
    hovered = Signal(str)  # empty: nothing any more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = {name: Tile(name, self) for name in _in_order()}
        self._heads: list[tuple[str, QRect]] = []
        self._shown = list(self.tiles)
        self._group = QButtonGroup(self)
        for name, tile in self.tiles.items():
            self._group.addButton(tile)
            tile.used.connect(self.used)
            tile.clicked.connect(partial(self._clicked, name))
            tile.toggled.connect(lambda on, tile=tile: self._toggled(tile, on))
            tile.entered.connect(self.hovered)
            tile.left.connect(lambda _: self.hovered.emit(""))

    def _clicked(self, dataset: str, checked: bool = False) -> None:
        self.chosen.emit(dataset)  # also of one that was chosen, whose card went out of sight

    def _toggled(self, tile: Tile, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(tile.dataset)

    def say(self) -> None:
        """Words anew."""
        for tile in self.tiles.values():
            tile.say()
        self.arrange()

    def search(self, text: str) -> int:
        """Show only what has all words of `text` in it; returns how many sets these are."""
        words = text.casefold().split()
        fits = {n: all(w in tile.searched for w in words) for n, tile in self.tiles.items()}
        self._shown = [name for name, fit in fits.items() if fit]
        for name, tile in self.tiles.items():
            tile.setVisible(fits[name])
        self.arrange()
        return len(self._shown)

    def first(self) -> str | None:
        """The first set that is shown."""
        return self._shown[0] if self._shown else None

    def choose(self, dataset: str) -> None:
        """Mark a set as chosen, and let keys begin there."""
        self.tiles[dataset].setChecked(True)
        self.tiles[dataset].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing is chosen any more."""
        self._group.setExclusive(False)
        for tile in self.tiles.values():
            tile.setChecked(False)
        self._group.setExclusive(True)

    # places

    def arrange(self) -> None:
        """Give every tile and heading its place, and this widget its height."""
        margin, gap, head = px(MARGIN), px(GAP), px(HEAD)
        room = self.width() - 2 * margin
        columns = max(1, (room + gap) // (px(NARROWEST) + gap))
        wide = (room - gap * (columns - 1)) // columns
        self._heads, y = [], 0
        for category in SHELVES:
            names = [name for name in self._shown if CARDS[name].category == category]
            if not names:
                continue
            self._heads.append((category, QRect(margin, y, room, head)))
            y += head
            for start in range(0, len(names), columns):
                row = [self.tiles[name] for name in names[start : start + columns]]
                high = max(tile.height_for(wide) for tile in row)
                for i, tile in enumerate(row):
                    tile.setGeometry(margin + i * (wide + gap), y, wide, high)
                y += high + STEP
            y += STEP
        self.setMinimumHeight(y)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(9.5, bold=True))
        for category, place in self._heads:
            sign = QRect(place.left(), place.center().y() - px(7), px(16), px(16))
            icon(ICONS[category], category_colour("data")).paint(painter, sign)
            painter.setPen(colour("text"))
            text = place.adjusted(px(6 * STEP), 0, 0, 0)
            words = tr(f"shelf.{category}")
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, words)
            used = painter.fontMetrics().horizontalAdvance(words)
            count = sum(CARDS[name].category == category for name in self._shown)
            painter.setPen(colour("faint"))
            text.translate(used + 2 * STEP, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, f"{count}")

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.focusWidget()
        way = {
            Qt.Key.Key_Left: QPoint(-1, 0),
            Qt.Key.Key_Right: QPoint(1, 0),
            Qt.Key.Key_Up: QPoint(0, -1),
            Qt.Key.Key_Down: QPoint(0, 1),
        }.get(Qt.Key(event.key()))
        if way is None or not isinstance(here, Tile):
            super().keyPressEvent(event)
            return
        goal = self._beside(here, way)
        if goal is not None:
            self.choose(goal)

    def _beside(self, tile: Tile, way: QPoint) -> str | None:
        """The tile that is next in a direction; sideways, at the end of a row, on the next row."""
        if way.x():
            place = self._shown.index(tile.dataset) + way.x()
            return self._shown[place] if 0 <= place < len(self._shown) else None
        here = tile.geometry().center()
        ahead = [
            (abs(at.y() - here.y()), abs(at.x() - here.x()), name)
            for name in self._shown
            if ((at := self.tiles[name].geometry().center()).y() - here.y()) * way.y() > 0
            and abs(at.x() - here.x()) < tile.width() // 2 + GAP
        ]
        return min(ahead)[2] if ahead else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        first = self.first()
        if first is not None:
            self.tiles[first].setFocus(event.reason())


def _in_order() -> list[str]:
    return [name for shelf in SHELVES for name, card in CARDS.items() if card.category == shelf]
