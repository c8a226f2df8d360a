"""Shows pictures of options: what is pointed at is marked and told in words below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.inspector.pictures.picture import Picture
from gui.option_words import hover
from gui.sizes import enlarged, fixed
from gui.theme import RADIUS, STEP, colour, theme
from gui.words import tr

MARGIN = 8.0  # pixels around a picture
WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PictureView(QWidget):
    """Paints one picture; the mouse and the arrow keys point at its places."""

    pointed = Signal(int)  # a place, or -1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: Picture | None = None
        self.at = -1
        self.setMouseTracking(True)

    def show_picture(self, picture: Picture) -> None:
        """Show a picture; a place that was pointed at stays so, if it is there."""
        if picture == self.picture:
            return
        self.picture = picture
        if self.at >= picture.places:
            self.at = -1
        fixed(self, height=round(picture.height + 2 * MARGIN))
        can_point = picture.places > 0
        policy = Qt.FocusPolicy.TabFocus if can_point else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setAccessibleName(tr("picture.name"))
        self.setAccessibleDescription(picture.words())
        ways = tr("picture.point") if can_point else ""
        self.setToolTip(hover(tr("picture.name"), ways))
        self.update()

    def _room(self) -> QRectF:
        """The place of the picture, in the pixels of 100 %."""
        whole = QRectF(0, 0, self.width() / theme.factor, self.height() / theme.factor)
        return whole.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)

    def _point(self, place: int) -> None:
        if place != self.at:
            self.at = place
            self.update()
            self.pointed.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(colour("accent" if self.hasFocus() else "border"))
        painter.setBrush(colour("canvas"))
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        place = self.at if self.at >= 0 else self.picture.usual
        room = self._room()
        with enlarged(painter, self.rect()):
            self.picture.paint(painter, room, place)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.picture is not None:
            place = event.position() / theme.factor
            self._point(self.picture.place_at(self._room(), place))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        picture = self.picture
        if picture is None or event.key() not in WAYS or not picture.places:
            super().keyPressEvent(event)
            return
        across, down = WAYS[Qt.Key(event.key())]
        begun = self.at if self.at >= 0 else max(picture.usual, 0)
        self._point(min(max(begun + across + down * picture.across, 0), picture.places - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(-1)
        self.update()
        super().focusOutEvent(event)


class CaptionedPicture(QWidget):
    """A picture and the words below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.caption = PictureView(), QLabel()
        self.caption.setObjectName("faint")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self.view)
        column.addWidget(self.caption)
        self.view.pointed.connect(self._tell)

    def show_picture(self, picture: Picture) -> None:
        """Show a picture, and what it says of what is pointed at."""
        self.view.show_picture(picture)
        self._tell(self.view.at)

    def _tell(self, at: int) -> None:
        picture = self.view.picture
        if picture is None:
            return
        told = picture.told(at) if at >= 0 else ""
        words = picture.words()
        # what is told is shorter: the panel does not move while the mouse does
        self.caption.setMinimumHeight(
            self.caption.heightForWidth(self.caption.width()) if told else 0
        )
        self.caption.setText(told or words)
        if told:
            self.view.setAccessibleDescription(told)


class Pictures(QWidget):
    """As many pictures as there are, below each other; hidden while there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * STEP)
        self.shown: list[CaptionedPicture] = []

    def show_pictures(self, pictures: Sequence[Picture]) -> None:
        """Show these, and no others."""
        while len(self.shown) < len(pictures):
            self.shown.append(CaptionedPicture())
            self.column.addWidget(self.shown[-1])
        for i, each in enumerate(self.shown):
            if i < len(pictures):
                each.show_picture(pictures[i])
            each.setVisible(i < len(pictures))
        self.setVisible(bool(pictures))
