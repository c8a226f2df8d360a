"""How the window looks: what the View menu does with panels and the screen, and its ticks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gui.level import BEGINNER, EVERYTHING, level
from gui.panels.declared import BOTTOM, LEFT, ORDER, RIGHT
from gui.theme import SIZES, theme
from gui.words import set_language

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow
    from gui.window.preferences import Preferences
    from gui.window.pressed import Pressed

SIDE_ACTIONS = {"left_panels": LEFT, "right_panels": RIGHT, "bottom_panels": BOTTOM}


class Looks(QObject):
    """Made before the panels are, because the actions are: it asks the window for them later."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.shows_keys = False

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions call, by id."""
        return {
            **{f"panel_{id}": partial(self._panel, id) for id in ORDER},
            **{id: partial(self._side, place) for id, place in SIDE_ACTIONS.items()},
            "canvas_alone": lambda: self.window.panels.canvas_alone(),
            "enlarge_panel": lambda: self.window.panels.enlarge(),
            "default_layout": lambda: self.window.panels.default(),
            "full_screen": self.switch_full_screen,
            "beginner": lambda: self.use_level(EVERYTHING if level.is_beginner else BEGINNER),
            "settings": lambda: self.preferences.open(),
            "projector": self.switch_projector,
            "show_keys": self.switch_keys,
            "larger": partial(self.step_size, 1),
            "smaller": partial(self.step_size, -1),
        }

    def begin(self) -> None:
        """Keep the ticks in the menu right from now on."""
        self.window.panels.changed.connect(self.refresh)
        level.changed.connect(self._level_changed)
        theme.projected.connect(self._projected)
        self.refresh()

    @cached_property
    def pressed(self) -> Pressed:
        """What shows a room the keys and clicks of the teacher."""
        from gui.window.pressed import Pressed

        return Pressed(self.window)

    @cached_property
    def preferences(self) -> Preferences:
        """The page of settings."""
        from gui.window.preferences import Preferences

        return Preferences(self, self.window)

    def ask_first(self) -> None:
        """At the very first start, ask for language, colours and level."""
        from gui.window.first_start import FirstStart, is_first

        if is_first(self):
            FirstStart(self, self.window).open()

    def use_language(self, name: str) -> None:
        """Speak a language, now and at the next start."""
        set_language(name)
        self.window.settings.set_text("language", name)

    def use_theme(self, mode: str) -> None:
        """Show "light", "dark" or the "system"'s colours, now and at the next start."""
        theme.use(mode)
        self.window.settings.set_text("theme", mode)

    def use_level(self, name: str) -> None:
        """Show what a beginner needs or everything, now and at the next start."""
        level.use(name)
        self._level_changed()

    def _panel(self, id: str) -> None:
        self.window.panels.toggle(id)
        self.refresh()  # a press of a key changes the tick, whatever it does

    def _side(self, place: str) -> None:
        self.window.panels.hide_side(place)

    def switch_full_screen(self) -> None:
        """Take the whole screen, or give it back."""
        top = self.window.window()
        top.setWindowState(top.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.refresh()

    def switch_projector(self) -> None:
        """Show everything for a room, or for one person again; the layouts are two."""
        self.window.panels.remember(self.window.settings)
        theme.project(not theme.is_projected)

    def _projected(self) -> None:
        self.window.panels.recall(self.window.settings)
        self.window.canvas.fit()
        self.refresh()

    def switch_keys(self) -> None:
        """Show keys and clicks to the room, or no longer."""
        self.shows_keys = not self.shows_keys
        self.pressed.listen(self.shows_keys)

    def step_size(self, way: int) -> None:
        """Make everything one step larger or smaller."""
        beyond = [size for size in SIZES if (size - theme.size) * way > 0.001]
        if beyond:
            self.resize(beyond[0] if way > 0 else beyond[-1])

    def resize(self, size: float) -> None:
        """Give everything a size, now and at the next start."""
        theme.resize(size)
        self.window.settings.set_text("size", str(round(100 * theme.size)))

    def _level_changed(self) -> None:
        """Also where the link to all that is hidden was followed."""
        self.window.settings.set_text("level", level.name)
        self.refresh()

    def refresh(self) -> None:
        """Set the ticks."""
        panels, actions = self.window.panels, self.window.actions_table
        for id in ORDER:
            actions[f"panel_{id}"].setChecked(panels.is_open(id))
        for id, place in SIDE_ACTIONS.items():
            actions[id].setChecked(place not in panels.layout.hidden)
        actions["projector"].setChecked(theme.is_projected)
        actions["show_keys"].setChecked(self.shows_keys)
        actions["beginner"].setChecked(level.is_beginner)
        actions["enlarge_panel"].setChecked(bool(panels.largest))
        full = bool(self.window.window().windowState() & Qt.WindowState.WindowFullScreen)
        actions["full_screen"].setChecked(full)
