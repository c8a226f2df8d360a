"""How much the window shows: a beginner sees what matters first, anybody else everything.

What comes first is declared where layers and options are (`Layer.first`, `Option.advanced`,
`training.FIRST`). What a document uses is shown all the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from engine.spec.options import Option

BEGINNER, EVERYTHING = "beginner", "everything"
LEVELS = (BEGINNER, EVERYTHING)


class Level(QObject):
    """The level in use; who shows less to beginners listens to `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = EVERYTHING

    @property
    def is_beginner(self) -> bool:
        """Whether only what comes first is shown."""
        return self.name == BEGINNER

    def use(self, name: str) -> None:
        """Show what a "beginner" needs, or "everything"."""
        if name != self.name:
            self.name = name
            self.changed.emit()

    def options(self, declared: Mapping[str, Option]) -> frozenset[str] | None:
        """The options of a layer that are shown at their defaults; None: all of them."""
        if not self.is_beginner:
            return None
        return frozenset(name for name, option in declared.items() if not option.advanced)


level = Level()
