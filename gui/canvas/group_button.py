"""A press on the small button of a group, which folds or unfolds it when it is released there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.canvas.frame_item import GroupRef
from gui.canvas.gestures import Gesture, Pointer

if TYPE_CHECKING:
    from gui.canvas.surface import Surface


class Press(Gesture):
    """Released elsewhere, nothing happens."""

    def __init__(self, view: Surface, start: Pointer, button: GroupRef) -> None:
        super().__init__(view, start)
        self._button = button

    def finish(self, at: Pointer) -> None:
        if self.view.target_at(at.screen) == self._button:
            self.view.fold_group(self._button.id)
