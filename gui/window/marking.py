"""Problems at the place: hovering or clicking a sign on the canvas shows a card beside it.

The card holds the sentence and the buttons; it keeps clear of the boxes around, and a key goes
from one problem to the next.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from engine.spec.document import Edge
from engine.spec.problems import Problem
from gui.canvas.marks import concerned
from gui.canvas.view import CanvasView
from gui.formats import count
from gui.inspector.repair import ProblemList
from gui.theme import RADIUS, STEP, colour, theme
from gui.words import on_language_change, tr

WIDE, GAP = 320, 10  # pixels of the card, and between it and its box
PATIENCE = 350  # milliseconds until a card that was only hovered over goes away
LEFT = Qt.MouseButton.LeftButton


class ProblemPopup(QFrame):
    """The card over the canvas with all problems of one box or edge."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.setObjectName("problemPopup")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP)
        self.heading = QLabel()
        self.heading.setObjectName("faint")
        self.list = ProblemList(canvas.store)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        self.waiting = QTimer(self)
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(PATIENCE)
        self.waiting.timeout.connect(self.leave)
        theme.changed.connect(self.recolour)
        self.recolour()
        self.hide()

    def tell(self, problems: tuple[Problem, ...], around: QRect) -> None:
        """Show problems beside a rectangle of the view."""
        self.waiting.stop()
        self.list.show_problems(problems)
        self.heading.setVisible(len(problems) > 1)
        self.heading.setText(tr("problem.several", count=count(len(problems))))
        self.setAccessibleName(" ".join(card.accessibleName() for card in self.list.cards))
        self.setFixedWidth(WIDE)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        high = max(layout.heightForWidth(WIDE), layout.minimumSize().height())
        self.resize(WIDE, high)
        taken = [self._on_view(item.body) for item in self.canvas.canvas.nodes.values()]
        self.move(place_beside(self.size(), around, self.canvas.viewport().rect(), taken))
        self.show()
        self.raise_()

    def _on_view(self, area: QRectF) -> QRect:
        return self.canvas.mapFromScene(area).boundingRect()

    def begin(self) -> None:
        """Give the keys to the first button."""
        buttons = [button for card in self.list.cards for button in card.buttons]
        (buttons[0] if buttons else self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Go away; the keys go back to the canvas."""
        self.waiting.stop()
        if self.isHidden():
            return
        inside = self.focusWidget()
        if self.hasFocus() or (inside is not None and inside.hasFocus()):
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the canvas below is not meant

    def enterEvent(self, event: QEnterEvent) -> None:
        self.waiting.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.waiting.start()
        super().leaveEvent(event)

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.setStyleSheet(
            f"QFrame#problemPopup {{ background: {colour('card').name()};"
            f" border: 1px solid {colour('border').name()}; border-radius: {RADIUS}px; }}"
            "QFrame#problemPopup QFrame#card { border: none; background: transparent; }"
        )


def place_beside(size: QSize, around: QRect, room: QRect, taken: list[QRect]) -> QPoint:
    """Where a card stands: below, above, right or left of `around`, on the fewest boxes."""
    middle = around.center() - QPoint(size.width() // 2, size.height() // 2)
    corners = (
        QPoint(middle.x(), around.bottom() + GAP),
        QPoint(middle.x(), around.top() - GAP - size.height()),
        QPoint(around.right() + GAP, middle.y()),
        QPoint(around.left() - GAP - size.width(), middle.y()),
    )

    def cost(corner: QPoint) -> int:
        spot = QRect(_inside(corner, size, room), size)
        over = (spot.intersected(each) for each in (*taken, around))
        return sum(each.width() * each.height() for each in over if not each.isEmpty())

    return _inside(min(corners, key=cost), size, room)


def _inside(corner: QPoint, size: QSize, room: QRect) -> QPoint:
    x = min(corner.x(), room.right() - size.width() - GAP)
    y = min(corner.y(), room.bottom() - size.height() - GAP)
    return QPoint(max(x, room.left() + GAP), max(y, room.top() + GAP))


class Marking(QObject):
    """Watches the mouse over one canvas, and shows its card."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self.canvas, self.store = canvas, canvas.store
        self.popup = ProblemPopup(canvas)
        self.place: str | Edge | None = None  # whose problems the card shows
        self.is_pinned = False  # it was asked for, and stays
        canvas.viewport().installEventFilter(self)
        canvas.camera.moved.connect(self.close)
        self.store.changed.connect(self._follow)
        forget = on_language_change(self._follow)
        self.destroyed.connect(lambda: forget())

    def problems_at(self, place: str | Edge) -> tuple[Problem, ...]:
        """The problems to show at a box or an edge."""
        if isinstance(place, str):
            return self.store.analysis.problems_of(place)
        found = concerned(self.store.document.network, self.store.analysis.problems)
        return tuple(found.get(place, ()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and self.canvas.gesture is None:
            place = self.canvas.canvas.mark_at(self.canvas.mapToScene(event.position().toPoint()))
            if event.type() == QEvent.Type.MouseMove and not event.buttons():
                self._hover(place)
            elif event.type() == QEvent.Type.MouseButtonPress and event.button() == LEFT:
                if place is None:
                    self.close()
                else:
                    self.open(place)
                    return True
        return False

    def _hover(self, place: str | Edge | None) -> None:
        if self.is_pinned:
            return
        if place is None:
            if not self.popup.isHidden() and not self.popup.waiting.isActive():
                self.popup.waiting.start()
        elif place != self.place or self.popup.isHidden():
            self._tell(place)
        else:
            self.popup.waiting.stop()

    def open(self, place: str | Edge) -> None:
        """Show the problems of a box or edge until something else is done."""
        if isinstance(place, str):
            self.store.select((place,))
        else:
            self.canvas.select_edge(place)
        self._tell(place)
        self.is_pinned = not self.popup.isHidden()

    def _tell(self, place: str | Edge) -> None:
        problems = self.problems_at(place)
        if not problems:
            return
        self.place, self.is_pinned = place, False
        self.popup.tell(problems, self._around(place))

    def _around(self, place: str | Edge) -> QRect:
        scene = self.canvas.canvas
        area = scene.nodes[place].body if isinstance(place, str) else scene.edges[place].sign
        return self.canvas.mapFromScene(area).boundingRect()

    def close(self) -> None:
        """Take the card away."""
        self.is_pinned = False
        self.popup.leave()

    def _follow(self) -> None:
        """After a change the card goes on with what is left at its place, or goes away."""
        if self.popup.isHidden() or self.place is None:
            return
        scene, pinned = self.canvas.canvas, self.is_pinned
        there = self.place in scene.nodes or self.place in scene.edges
        problems = self.problems_at(self.place) if there else ()
        if problems:
            self.popup.tell(problems, self._around(self.place))
            self.is_pinned = pinned
        else:
            self.close()

    def next(self, steps: int = 1) -> None:
        """Go to the next problem of a box, in the order of the drawing, with the keys."""
        ids = list(dict.fromkeys(p.nodes[0] for p in self.store.analysis.problems if p.nodes))
        if not ids:
            return
        chosen = self.place if self.is_pinned and self.place in ids else None
        at = ids.index(chosen) + steps if isinstance(chosen, str) else 0 if steps > 0 else -1
        id = ids[at % len(ids)]
        self.store.select((id,))
        self.canvas.reveal_selection()
        self.open(id)
        self.popup.begin()
