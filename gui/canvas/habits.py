"""How a person likes to draw: what keeps to the grid, and what boxes and edges tell."""

from __future__ import annotations

from gui.cost_words import SHOWN
from gui.settings import Settings

YES, NO = "yes", "no"
SWITCHES = ("grid", "overview", "widths", "flow")


class Habits:
    """Remembered between starts if there are `settings`."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings
        self._values: dict[str, bool] = {}
        self.quantity = SHOWN[0]  # of what boxes cost, shown on each
        self.recall()

    def recall(self) -> None:
        """Take note of what was changed in another window."""
        self._values = {name: self._remembered(name) for name in SWITCHES}
        if self._settings is not None:
            self.quantity = self._settings.text("canvas_quantity", SHOWN, SHOWN[0])

    def _remembered(self, name: str) -> bool:
        if self._settings is None:
            return self._values.get(name, True)
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

    @property
    def widths(self) -> bool:
        """Whether an edge is the thicker the more numbers flow along it."""
        return self._values["widths"]

    @property
    def flow(self) -> bool:
        """Whether each box shows what flows through it."""
        return self._values["flow"]

    def show_quantity(self, quantity: str) -> None:
        """Show another quantity on each box: one of `cost_words.SHOWN`."""
        self.quantity = quantity
        if self._settings is not None:
            self._settings.set_text("canvas_quantity", quantity)
