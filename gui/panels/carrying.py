"""Carrying a panel by its tab to another side, or out of the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.panels.declared import BOTTOM, CLOSED, CORNER, FLOATING, LEFT, RIGHT
from gui.panels.side import Side
from gui.panels.target import Shade, preview, target, visible
from gui.theme import icon
from gui.words import tr

if TYPE_CHECKING:
    from gui.panels.panels import Panels

WAYS = {
    FLOATING: "mdi6.open-in-new",
    LEFT: "mdi6.dock-left",
    RIGHT: "mdi6.dock-right",
    BOTTOM: "mdi6.dock-bottom",
    CORNER: "mdi6.view-split-vertical",
    CLOSED: "mdi6.close",
}


class Carrier(QObject):
    """Listens to the tabs of all sides of one window."""

    def __init__(self, panels: Panels) -> None:
        super().__init__(panels)
        self.panels = panels
        self.shade = Shade(panels.room)
        self.shade.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.shade.hide()
        self.carried = ""  # the id of the panel under way

    def watch(self, side: Side) -> None:
        """Let the tabs of a side be pulled off."""
        tabs = side.tabs
        tabs.pulled.connect(partial(self._pulled, side))
        tabs.carried.connect(self._carry)
        tabs.put_down.connect(self._put_down)
        tabs.given_up.connect(self._give_up)
        tabs.enlarged.connect(lambda tab: self.panels.enlarge(self._id(side, tab)))
        tabs.menu_asked.connect(partial(self._menu, side))

    def _id(self, side: Side, tab: int) -> str:
        return self.panels.id_of(side.pages()[tab])

    def _pulled(self, side: Side, tab: int, at: QPoint) -> None:
        self.carried = self._id(side, tab)
        side.tabs.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._carry(at)

    def _carry(self, at: QPoint) -> None:
        """Show where the panel would go."""
        room = self.panels.room
        area, sides = room.rect(), visible(room.sides, room)
        place = self._place_at(at)
        if place in room.sides:
            self.shade.setGeometry(preview(area, sides, place))
        else:
            self.shade.setGeometry(QRect(room.mapFromGlobal(at) - QPoint(40, 12), area.size() / 3))
        self.shade.show()
        self.shade.raise_()

    def _place_at(self, at: QPoint) -> str:
        """Where a panel let go here would go: other floating windows are places, too."""
        for place, floating in self.panels.floats.items():
            if floating.isVisible() and floating.frameGeometry().contains(at):
                return place
        room = self.panels.room
        return target(room.rect(), visible(room.sides, room), room.mapFromGlobal(at))

    def _put_down(self, at: QPoint) -> None:
        id, place = self.carried, self._place_at(at)
        self._give_up()
        if place != self.panels.place_of(id):
            self.panels.move(id, place, at)

    def _give_up(self) -> None:
        side = self.panels.side_of(self.carried)
        if side is not None:
            side.tabs.unsetCursor()
        self.carried = ""
        self.shade.hide()

    def _menu(self, side: Side, tab: int, at: QPoint) -> None:
        self.menu_for(self._id(side, tab), side).popup(at)

    def menu_for(self, id: str, side: Side) -> QMenu:
        """What can be done with a panel, by mouse, keys or a long press."""
        menu = QMenu(side)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        is_largest = self.panels.largest == id
        name = "back" if is_largest else "enlarge"
        self._add(menu, name, "mdi6.arrow-expand-all", partial(self.panels.enlarge, id))
        menu.actions()[0].setEnabled(side in self.panels.room.sides.values())
        menu.addSeparator()
        for place, sign in WAYS.items():
            if place == CLOSED:
                menu.addSeparator()
            self._add(menu, place, sign, partial(self.panels.move, id, place))
            menu.actions()[-1].setEnabled(place != self.panels.place_of(id))
        return menu

    def _add(self, menu: QMenu, name: str, sign: str, call: partial[None]) -> None:
        action = QAction(icon(sign), tr(f"panel.{name}"), menu)
        action.setToolTip(tr(f"panel.{name}.tip"))
        action.triggered.connect(lambda: call())
        menu.addAction(action)
