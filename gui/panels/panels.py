"""The panels of one window: shown, moved, floated, closed, and put back as they were."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from gui.panels.carrying import Carrier
from gui.panels.declared import BOTTOM, CLOSED, CORNER, FLOATING, HOME, LEFT, ORDER, RIGHT, SIDES
from gui.panels.floating import Floating
from gui.panels.layout import DOWN, Layout, numbers, on_a_screen, read_layout
from gui.panels.room import Room
from gui.panels.side import Side
from gui.settings import Settings
from gui.theme import theme
from gui.words import on_language_change, tr

WINDOW = QSize(640, 480)  # of a new floating panel, or as large as it was
TIED = {BOTTOM: (BOTTOM, CORNER)}  # sides that come and go together


def layout_name() -> str:
    """Under which name the layout of the present kind of window is kept."""
    return "layout_projector" if theme.is_projected else "layout_normal"


class Panels(QObject):
    """Knows each panel by its id. Panels that are made later go where the layout wants them."""

    changed = Signal()

    def __init__(self, room: Room, window: QMainWindow) -> None:
        super().__init__(window)
        self.room, self.window = room, window
        self.pages: dict[str, QWidget] = {}
        self.floats: dict[str, Floating] = {}
        self.layout = Layout()
        self.largest = ""  # the panel that has all the room
        self.carrier = Carrier(self)
        for side in room.sides.values():
            self.carrier.watch(side)
        window.installEventFilter(self)
        self.destroyed.connect(on_language_change(self.retranslate))

    # where panels are

    def add(self, id: str, page: QWidget) -> None:
        """Take in a panel, made just now, at its place in the layout."""
        self.pages[id] = page
        self._place(id)
        self._show_parts()

    def id_of(self, page: QWidget) -> str:
        """The id of a panel; KeyError if it is none."""
        return {widget: id for id, widget in self.pages.items()}[page]

    def place_of(self, id: str) -> str:
        """A side, "closed", or the name of a floating window."""
        return self.layout.where[id]

    def side_of(self, id: str) -> Side | None:
        """The tabs that a panel is among; none if it is closed."""
        return self._side_at(self.place_of(id))

    def _side_at(self, place: str) -> Side | None:
        if place in self.floats:
            return self.floats[place].side
        return self.room.sides.get(place)

    def is_open(self, id: str) -> bool:
        """Whether a panel is not closed, and its side not put away."""
        place = self.place_of(id)
        return place != CLOSED and place not in self.layout.hidden

    def _place(self, id: str) -> None:
        """Put a panel's page where the layout wants it."""
        place = self.place_of(id)
        if place == CLOSED:
            self.pages[id].setParent(self.room)  # which hides it
            return
        side = self.room.sides.get(place) or self._floating(place).side
        order = self.layout.of(place)
        before = [each for each in self._ids(side) if order.index(each) < order.index(id)]
        index = side.insertTab(len(before), self.pages[id], tr(f"tab.{id}"))
        side.setTabToolTip(index, tr("panel.tab.hover", text=tr(f"tab.{id}.tip")))
        self.pages[id].setAccessibleName(tr(f"tab.{id}"))
        if self.layout.front.get(place, order[0]) == id:
            side.setCurrentIndex(index)

    def _ids(self, side: Side) -> list[str]:
        return [self.id_of(page) for page in side.pages()]

    def _floating(self, place: str) -> Floating:
        if place not in self.floats:
            floating = self.floats[place] = Floating(place, self.window)
            floating.closed.connect(self.give_back)
            self.carrier.watch(floating.side)
            floating.setGeometry(QRect(*self.layout.windows[place]))
            floating.setVisible(self.window.isVisible())
        return self.floats[place]

    # what a person does with panels

    def bring(self, id: str, reopen: bool = True) -> None:
        """Bring a panel to the front; a closed one only if it is to be opened again."""
        if id not in self.pages or not (reopen or self.is_open(id)):
            return
        if self.place_of(id) == CLOSED:
            self.move(id, HOME[id])
        place, side = self.place_of(id), self.side_of(id)
        assert side is not None
        if self.largest and place in self.room.sides:
            self.largest = id
        if place in self.layout.hidden:
            self.layout.hidden.remove(place)
        side.setCurrentWidget(self.pages[id])
        self._show_parts()

    def move(self, id: str, place: str, at: QPoint | None = None) -> None:
        """Move a panel to a side, or with "floating" into a window at a place of the screen."""
        page, old = self.pages[id], self.side_of(id)
        self.read()
        size = page.size() if page.isVisible() else WINDOW
        self.largest = ""
        if place == FLOATING:
            place = self._new_window(at, size)
        if place != HOME[id]:  # as the last of its new place
            self.layout.order = [*(each for each in self.layout.order if each != id), id]
        self.layout.where[id] = place
        self.layout.front[place] = id
        if place in self.layout.hidden:
            self.layout.hidden.remove(place)
        if old is not None:
            old.removeTab(old.indexOf(page))
        self._place(id)
        self._clear_away()
        self._show_parts()

    def _new_window(self, at: QPoint | None, size: QSize) -> str:
        number = 1
        while f"{FLOATING} {number}" in self.layout.windows:
            number += 1
        middle = self.window.frameGeometry().center() - QPoint(size.width(), size.height()) / 2
        area = QRect(at - QPoint(40, 12) if at is not None else middle, size)
        self.layout.windows[f"{FLOATING} {number}"] = numbers(area)
        return f"{FLOATING} {number}"

    def close(self, id: str) -> None:
        """Put a panel away; View, Panels opens it again."""
        self.move(id, CLOSED)

    def toggle(self, id: str) -> None:
        """Open a panel, or close it."""
        if id not in self.pages:
            return
        if self.is_open(id):
            self.close(id)
        else:
            self.bring(id)

    def give_back(self, place: str) -> None:
        """A floating window was closed: its panels go home."""
        for id in self._ids(self.floats[place].side):
            self.move(id, HOME[id])

    def hide_side(self, place: str) -> None:
        """Put a side away with all its panels, or bring it back."""
        self.largest = ""
        hidden, tied = self.layout.hidden, TIED.get(place, (place,))
        is_hidden = place in hidden
        self.layout.hidden = [each for each in hidden if each not in tied]
        if not is_hidden:
            self.layout.hidden += tied
        self._show_parts()

    def canvas_alone(self) -> None:
        """Put all sides away; if they are, bring them back."""
        self.largest = ""
        is_alone = set(SIDES) <= set(self.layout.hidden)
        self.layout.hidden = [] if is_alone else list(SIDES)
        self._show_parts()

    def enlarge(self, id: str = "") -> None:
        """Give a panel all the room, or take it back; without an id, the one with the keys."""
        wanted = id or self._with_keys()
        self.largest = "" if self.largest or self.place_of(wanted) not in SIDES else wanted
        self._show_parts()

    def _with_keys(self) -> str:
        focus = self.window.focusWidget()
        has = [id for id, page in self.pages.items() if focus and page.isAncestorOf(focus)]
        shown = [id for id, page in self.pages.items() if page.isVisible()]
        bottom = [id for id in shown if self.place_of(id) == BOTTOM]
        return next(iter((*has, *bottom, *shown)), ORDER[0])

    # layouts as a whole

    def read(self) -> Layout:
        """The layout as it is now."""
        layout = self.layout
        order: list[str] = []
        for place in dict.fromkeys(layout.where.values()):
            side = self._side_at(place)
            shown = self._ids(side) if side is not None else []
            if side is not None and shown:
                layout.front[place] = shown[side.currentIndex()]
            present = iter(shown)  # tabs may have changed places; others keep theirs
            order += [next(present) if id in shown else id for id in layout.of(place)]
        layout.order = order
        for name, splitter in self.room.splitters.items():
            if not self.largest and all(splitter.sizes()):
                layout.sizes[name] = splitter.sizes()
        for name, floating in self.floats.items():
            layout.windows[name] = numbers(floating.geometry())
        return layout

    def restore(self, layout: Layout) -> None:
        """Put everything where a layout wants it."""
        self.largest = ""
        for side in (*self.room.sides.values(), *(f.side for f in self.floats.values())):
            while side.count():
                side.removeTab(0)
        self.layout = layout
        self._clear_away()
        for id in self.pages:
            self._place(id)
        for name, splitter in self.room.splitters.items():
            splitter.setSizes(layout.sizes[name])
        self._show_parts()
        self.room.keep()

    def remember(self, settings: Settings) -> None:
        """Keep the present layout for the next start."""
        settings.set_text(layout_name(), self.read().text())

    def recall(self, settings: Settings) -> None:
        """Put everything where it was in the last window of this kind."""
        text = settings.any_text(layout_name())
        self.restore(read_layout(text) if text else self._first())

    def _first(self) -> Layout:
        """On a projector, the canvas and the curves are enough at first, with as much room each."""
        layout = Layout()
        if theme.is_projected:
            layout.hidden = [LEFT, RIGHT]
            layout.sizes[DOWN] = [320, 380]
        return layout

    def default(self) -> None:
        """All panels where they were at first."""
        self.restore(self._first())

    def _clear_away(self) -> None:
        """Forget windows in which nothing is, and bring back those that no screen shows."""
        used = set(self.layout.where.values())
        for place in [p for p in self.layout.windows if p not in used]:
            del self.layout.windows[place]
        for place in [p for p in self.floats if p not in used]:
            floating = self.floats.pop(place)
            floating.closed.disconnect()
            floating.close()
            floating.deleteLater()
        for place, area in self.layout.windows.items():
            if not on_a_screen(QRect(*area)):
                middle = self.window.frameGeometry().center()
                self.layout.windows[place] = [middle.x() - 100, middle.y() - 100, *area[2:]]

    def _show_parts(self) -> None:
        # also sides whose panels are still to be made, so that nothing jumps when they come
        shown = frozenset(set(self.layout.where.values()) - set(self.layout.hidden))
        alone = self.place_of(self.largest) if self.largest else ""
        self.room.show_parts(shown, alone)
        for floating in self.floats.values():
            self._retitle(floating)
        self.changed.emit()

    # words, and windows that come and go with the main one

    def retranslate(self) -> None:
        """Say the names of the panels anew."""
        for side in self.room.sides.values():
            side.retranslate()
        for id, page in self.pages.items():
            page.setAccessibleName(tr(f"tab.{id}"))
            home = self.side_of(id)
            if home is not None:
                index = home.indexOf(page)
                home.setTabText(index, tr(f"tab.{id}"))
                home.setTabToolTip(index, tr("panel.tab.hover", text=tr(f"tab.{id}.tip")))
        for floating in self.floats.values():
            floating.side.retranslate()
            self._retitle(floating)

    def _retitle(self, floating: Floating) -> None:
        names = " · ".join(tr(f"tab.{id}") for id in self._ids(floating.side))
        floating.setWindowTitle(tr("panel.window", names=names, app=tr("app.name")))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            for floating in self.floats.values():
                floating.setVisible(event.type() == QEvent.Type.Show)
        return super().eventFilter(watched, event)
