"""Cards side by side under headings, to be gone through with the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from gui.gallery.card import Card, Shown
from gui.gallery.pictures import Pictures
from gui.theme import FONT_POINTS, STEP, colour, font, px, theme

GAP, MARGIN, HEAD = 3 * STEP, 3 * STEP, 36  # pixels at 100 %
NARROWEST = 208  # of a card, pixels
WAYS = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class Grid(QWidget):
    """Places as many cards in a row as there is room for."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.cards: dict[str, Card] = {}
        self._groups: Mapping[str, Sequence[str]] = {}  # keys by the words over them
        self._heads: list[tuple[str, int, QRect]] = []
        self._exclusive = QButtonGroup(self)
        pictures.made.connect(self._picture_made)
        theme.resized.connect(self.arrange)

    def fill(self, shown: Sequence[Shown]) -> None:
        """Have a card for each of these, and no others."""
        keys = {each.key for each in shown}
        for key in [key for key in self.cards if key not in keys]:
            self.cards.pop(key).deleteLater()
        for each in shown:
            if each.key in self.cards:
                self.cards[each.key].tell(each)
                continue
            self.cards[each.key] = card = Card(each, self.pictures, self)
            self._exclusive.addButton(card)
            card.opened.connect(self.opened)
            card.clicked.connect(lambda _=False, key=each.key: self.chosen.emit(key))
            card.hide()

    def show_groups(self, groups: Mapping[str, Sequence[str]]) -> None:
        """Show these cards under these headings; the others are hidden."""
        self._groups = {words: keys for words, keys in groups.items() if keys}
        shown = set(self.order)
        for key, card in self.cards.items():
            card.setVisible(key in shown)
        self.arrange()

    @property
    def order(self) -> list[str]:
        """What is shown, from the first card to the last."""
        return [key for keys in self._groups.values() for key in keys]

    @property
    def choice(self) -> str:
        """The chosen card; empty if none that is shown is."""
        return next((key for key in self.order if self.cards[key].isChecked()), "")

    def choose(self, key: str, focus: bool = True) -> None:
        """Choose a card, and let keys go on from there."""
        card = self.cards[key]
        card.setChecked(True)
        if focus:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(key)

    def _picture_made(self, stamp: str) -> None:
        for card in self.cards.values():
            if card.shown.stamp == stamp:
                card.update()

    # places

    def arrange(self) -> None:
        """Give every card and heading its place, and this widget its height."""
        gap, margin, head = px(GAP), px(MARGIN), px(HEAD)
        room = self.width() - 2 * margin
        columns = max(1, (room + gap) // (px(NARROWEST) + gap))
        wide = (room - gap * (columns - 1)) // columns
        self._heads, y = [], 0
        for words, keys in self._groups.items():
            self._heads.append((words, len(keys), QRect(margin, y, room, head)))
            y += head
            for start in range(0, len(keys), columns):
                row = [self.cards[key] for key in keys[start : start + columns]]
                high = max(card.height_for(wide) for card in row)
                for i, card in enumerate(row):
                    card.setGeometry(margin + i * (wide + gap), y, wide, high)
                y += high + gap
        self.setMinimumHeight(y)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(3 * (NARROWEST + GAP) + 2 * MARGIN), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(FONT_POINTS, bold=True))
        for words, number, place in self._heads:
            painter.setPen(colour("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            used = painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(colour("faint"))
            beside = place.adjusted(used + px(2 * STEP), 0, 0, 0)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, f"{number}")

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.focusWidget()
        way = WAYS.get(Qt.Key(event.key()))
        if way is None or not isinstance(here, Card):
            super().keyPressEvent(event)
            return
        goal = self._beside(here, way)
        if goal is not None:
            self.choose(goal)

    def _beside(self, card: Card, way: QPoint) -> str | None:
        """The card that is next in a direction; sideways, at the end of a row, on the next row."""
        order = self.order
        if way.x():
            place = order.index(card.shown.key) + way.x()
            return order[place] if 0 <= place < len(order) else None
        here = card.geometry().center()
        ahead = [
            (abs(at.y() - here.y()), abs(at.x() - here.x()), key)
            for key in order
            if ((at := self.cards[key].geometry().center()).y() - here.y()) * way.y() > 0
        ]
        return min(ahead)[2] if ahead else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        goal = self.choice or next(iter(self.order), "")
        if goal:
            self.cards[goal].setFocus(event.reason())
