"""What an empty canvas offers below its hint: recent files, a few examples, and ways to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QRegion
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gui.canvas.paper import Hint
from gui.gallery.card import Card, Shown
from gui.gallery.pictures import Pictures
from gui.theme import STEP, px, theme
from gui.words import tr

CARD, GAP = 160, 3 * STEP  # width of a card, and the gaps
LEAST_ABOVE = 2 * STEP


class ActionButton(QPushButton):
    """Looks and speaks as an action does, or under a name of its own: the key of words."""

    def __init__(self, action: QAction, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action, self.words = action, words
        self.clicked.connect(action.trigger)
        action.changed.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Take words and icon of the action anew."""
        self.setText(tr(self.words) if self.words else self.action.text())
        self.setIcon(self.action.icon())
        self.setToolTip(self.action.toolTip())


class FirstPage(QWidget):
    """Rows of cards, and buttons for actions. Between them the canvas can be used as ever.

    `hint` stands above it; `canvas` is what both lie on, and what is dropped here falls on.
    `actions` are by the words on their buttons.
    """

    opened = Signal(str, str)  # the row ("recent" or "examples") and the key of a card

    def __init__(
        self,
        pictures: Pictures,
        canvas: QAbstractScrollArea,
        hint: Hint,
        actions: Mapping[str, QAction],
    ) -> None:
        super().__init__(canvas)
        self.pictures, self.canvas, self.hint = pictures, canvas, hint
        self.setAcceptDrops(True)
        self.rows: dict[str, list[Card]] = {"recent": [], "examples": []}
        self._boxes = {row: QHBoxLayout() for row in self.rows}
        self.buttons = [ActionButton(action, words) for words, action in actions.items()]
        self._lay_out()
        pictures.made.connect(self._picture_made)
        canvas.installEventFilter(self)
        theme.resized.connect(self.place)
        self.hide()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        for box in self._boxes.values():
            box.setSpacing(GAP)
            box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addLayout(box)
        below = QHBoxLayout()
        below.setSpacing(2 * STEP)
        below.addStretch(1)
        for button in self.buttons:
            below.addWidget(button)
        below.addStretch(1)
        column.addLayout(below)

    # what is shown

    def fill(self, row: str, shown: Sequence[Shown]) -> None:
        """Show these cards in a row."""
        for card in self.rows[row]:
            card.hide()
            card.deleteLater()
        self.rows[row] = cards = [Card(each, self.pictures, self) for each in shown]
        for card in cards:
            card.name_lines, card.lines = (1, 1) if row == "recent" else (2, 0)
            card.setCheckable(False)
            card.clicked.connect(lambda _=False, key=card.shown.key: self.opened.emit(row, key))
            card.opened.connect(lambda key: self.opened.emit(row, key))
            self._boxes[row].addWidget(card)
        self.place()

    def place(self) -> None:
        """Stand below the hint; what has no room is left out, examples before recent files."""
        for card in (*self.rows["recent"], *self.rows["examples"]):
            card.setFixedSize(px(CARD), card.height_for(px(CARD)))
        self.hint.centre()
        room = self.canvas.rect()
        columns = max(1, (room.width() + px(GAP)) // px(CARD + GAP))
        spare = (
            room.height()
            - self.hint.height()
            - px(LEAST_ABOVE)
            - self.buttons[0].sizeHint().height()
        )
        spare -= px(2 * GAP)
        for cards in self.rows.values():
            high = cards[0].height() + px(GAP) if cards else 0
            fits = bool(cards) and high <= spare
            spare -= high if fits else 0
            for i, card in enumerate(cards):
                card.setVisible(fits and i < columns)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        size = layout.sizeHint()
        self.resize(min(size.width(), room.width()), size.height())
        layout.activate()
        self.hint.leave_room(self.height() if self.isVisibleTo(self.canvas) else 0)
        self.move((room.width() - self.width()) // 2, self.hint.geometry().bottom() + 1)
        self._let_through()

    def _let_through(self) -> None:
        """Between cards and buttons the mouse meets the canvas."""
        children = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        area = QRegion()
        for child in children:
            if child.isVisibleTo(self):
                area += QRegion(child.geometry())
        self.setMask(area)

    def appear(self, wanted: bool) -> None:
        """Be there, or not."""
        self.setVisible(wanted)
        self.place()

    def _picture_made(self, stamp: str) -> None:
        for card in (*self.rows["recent"], *self.rows["examples"]):
            if card.shown.stamp == stamp:
                card.update()

    # events

    def event(self, event: QEvent) -> bool:
        """What is dragged over a card falls on the canvas below it.

        Sent as events, it would come back here: Qt sends drags to whoever took their beginning.
        """
        if event.type() == QEvent.Type.DragLeave:
            return self.canvas.viewportEvent(event)
        if not isinstance(event, QDropEvent):  # of which dragging is made, too
            return super().event(event)
        place = self.mapToGlobal(event.position().toPoint())
        place = self.canvas.viewport().mapFromGlobal(place)
        how = event.possibleActions(), event.mimeData(), event.buttons(), event.modifiers()
        below: QDropEvent
        match event.type():
            case QEvent.Type.DragEnter:
                below = QDragEnterEvent(place, *how)
            case QEvent.Type.DragMove:
                below = QDragMoveEvent(place, *how)
            case _:
                below = QDropEvent(QPointF(place), *how)
        self.canvas.viewportEvent(below)
        event.setDropAction(below.dropAction())
        event.setAccepted(below.isAccepted())
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        if watched is self.canvas and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)
