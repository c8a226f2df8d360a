"""Joining two boxes with the keys: every box that can be reached has a letter."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.announcing import announce
from gui.box import TARGET, PortRef, port_names, scaled_font
from gui.canvas.edge_item import EdgeItem
from gui.canvas.routing import curve
from gui.canvas.wiring import Wiring
from gui.describe import title
from gui.theme import colour
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
BACK, ON = (Qt.Key.Key_Left, Qt.Key.Key_Up), (Qt.Key.Key_Right, Qt.Key.Key_Down)
SIDE = 22.0  # of the square with a letter, scene pixels


class Letters(QGraphicsItem):
    """A letter at each box that can be reached; the chosen one is filled."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[QPointF] = []
        self.chosen = 0
        self.setZValue(6.0)

    def show_letters(self, places: list[QPointF], chosen: int) -> None:
        """Show them at these left top corners."""
        self.prepareGeometryChange()
        self.places, self.chosen = places, chosen
        self.update()

    def boundingRect(self) -> QRectF:
        area = QRectF()
        for place in self.places:
            area = area.united(self._square(place))
        return area.adjusted(-2.0, -2.0, 2.0, 2.0)

    def _square(self, place: QPointF) -> QRectF:
        return QRectF(place.x() - SIDE / 2, place.y() - SIDE / 2, SIDE, SIDE)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled_font(14, bold=True))
        for number, place in enumerate(self.places[: len(ascii_lowercase)]):
            is_chosen = number == self.chosen
            painter.setPen(QPen(colour("accent"), 1.5))
            painter.setBrush(colour("accent" if is_chosen else "card"))
            painter.drawRoundedRect(self._square(place), 5.0, 5.0)
            painter.setPen(colour("on_accent" if is_chosen else "text"))
            middle = Qt.AlignmentFlag.AlignCenter
            painter.drawText(self._square(place), middle, ascii_lowercase[number].upper())


class Joining(QObject):
    """Begun at the selected box; arrows or letters choose the other end, Enter joins."""

    def __init__(self, view: CanvasView) -> None:
        super().__init__(view)
        self._view = view
        self._wiring: Wiring | None = None
        self._ports: list[PortRef] = []  # of the box that it began at
        self._ends: list[PortRef] = []
        self._at = 0
        self._loose, self._letters = EdgeItem(None), Letters()
        view.installEventFilter(self)
        view.store.changed.connect(self.cancel)

    @property
    def is_on(self) -> bool:
        """Whether keys choose the other end now."""
        return self._wiring is not None

    def begin(self) -> None:
        """Begin at the one selected box."""
        store = self._view.store
        if len(store.selection) != 1:
            self._refuse("walk.choose_one")
            return
        (id,) = store.selection
        kind = store.document.network.node(id).kind
        side = bool(port_names(kind, is_output=True))
        self._ports = [PortRef(id, name, side) for name in port_names(kind, side)]
        if not any(self._offer(port) for port in self._ports):
            self._refuse("walk.nothing_fits")

    def _refuse(self, words: str) -> None:
        view = self._view
        view.say(tr(words), view.viewport().rect().center())
        view.let_fade()
        announce(view, tr(words), True)

    def _offer(self, port: PortRef) -> bool:
        """Begin at a port; whether anything can be joined to it."""
        view = self._view
        wiring = Wiring(view.store.document, port)
        ends = []
        for id, item in view.canvas.nodes.items():
            end = wiring.fitting(id) if item.isVisible() else None
            if end is not None and not wiring.refusal(end) and self._alike(port, end):
                ends.append(end)
        if not ends:
            return False
        ends.sort(key=lambda end: (self._place(end).y(), self._place(end).x()))
        self._wiring, self._ends = wiring, ends
        start = self._place(port)
        far = [(self._place(end) - start) for end in ends]
        away = [way.x() ** 2 + way.y() ** 2 for way in far]
        if self._letters.scene() is None:
            view.canvas.addItem(self._loose)
            view.canvas.addItem(self._letters)
        self._choose(away.index(min(away)))
        return True

    def _alike(self, port: PortRef, end: PortRef) -> bool:
        """Right answers go to where they are compared, and nothing else does."""
        return (port.port == TARGET) == (end.port == TARGET)

    def _place(self, port: PortRef) -> QPointF:
        item = self._view.canvas.nodes[port.node]
        return item.port_scene_position(port.port, port.is_output)

    def _choose(self, at: int) -> None:
        assert self._wiring is not None
        view, start = self._view, self._wiring.start
        self._at = at % len(self._ends)
        end = self._ends[self._at]
        places = [view.canvas.nodes[each.node].body.topLeft() for each in self._ends]
        self._letters.show_letters(places, self._at)
        for id, item in view.canvas.nodes.items():
            hot = next((port for port in (start, end) if port.node == id), None)
            item.show_state(open=frozenset((*self._ends, start)), hot=hot)
        one, other = self._place(start), self._place(end)
        self._loose.follow(curve(one, other) if start.is_output else curve(other, one))
        view.camera.reveal(view.canvas.bounds((end.node,)))
        names = (title(view.store.document, port.node) for port in (start, end))
        words = tr("walk.join", name=next(names), other=next(names))
        below = view.canvas.nodes[end.node].body.bottomLeft()
        view.say(f"{words} {tr('walk.join.keys')}", view.mapFromScene(below))
        announce(view, words)

    def press(self, event: QKeyEvent) -> None:
        """Choose, join or give up; every other key waits until that is done."""
        key, text = event.key(), event.text().casefold()
        if key == Qt.Key.Key_Escape:
            self.cancel()
        elif key in ENTER:
            self._join()
        elif key in (*BACK, *ON):
            self._choose(self._at + (1 if key in ON else -1))
        elif text and text in ascii_lowercase[: len(self._ends)]:
            self._choose(ascii_lowercase.index(text))

    def next_port(self, forward: bool) -> None:
        """Begin at another port of the same box: its states, or the right answers."""
        assert self._wiring is not None
        place = self._ports.index(self._wiring.start)
        step = 1 if forward else -1
        for number in range(1, len(self._ports)):
            if self._offer(self._ports[(place + step * number) % len(self._ports)]):
                return

    def _join(self) -> None:
        assert self._wiring is not None
        after = self._wiring.joined(self._ends[self._at])
        self.cancel()
        self._view.store.edit(tr("edit.connect"), after)

    def cancel(self) -> None:
        """Show nothing any more."""
        if self._wiring is None:
            return
        self._wiring = None
        for item in (self._loose, self._letters):
            self._view.canvas.removeItem(item)
        for node in self._view.canvas.nodes.values():
            node.show_state(open=None, hot=None)
        self._view.hush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever goes elsewhere joins nothing."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress):
            self.cancel()
        return False
