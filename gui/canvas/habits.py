"""How a person likes to draw: whether boxes keep to the grid, and whether the overview is shown."""

from __future__ import annotations

from gui.settings import Settings

YES, NO = "yes", "no"
SWITCHES = ("grid", "overview")


class Habits:
    """Remembered between starts if there are `settings`."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._values = {name: self._remembered(name) for name in SWITCHES}

    def _remembered(self, name: str) -> bool:
        if self._settings is None:
            return True
        return self._settings.text(f"canvas_{name}", (YES, NO), YES) == YES

    @property
    def grid(self) -> bool:
        """Whether boxes that are dragged keep to the grid."""
        return self._values["grid"]

    @property
    def overview(self) -> bool:
        """Whether the small picture of the whole network is shown when it does not fit."""
        return self._values["overview"]

    def switch(self, name: str) -> None:
        """Change a habit to the other one."""
        self._values[name] = not self._values[name]
        if self._settings is not None:
            self._settings.set_text(f"canvas_{name}", YES if self._values[name] else NO)
