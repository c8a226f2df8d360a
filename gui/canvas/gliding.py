"""Boxes glide to new places, so that the eye can follow; whatever a person does ends that."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPointF, QVariantAnimation
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

if TYPE_CHECKING:
    from gui.canvas.surface import Surface

MILLISECONDS = 240
STILL = ("offscreen", "minimal")  # platforms that nobody looks at
ENDING = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.NativeGesture,
    QEvent.Type.TouchBegin,
    QEvent.Type.DragEnter,
    QEvent.Type.ContextMenu,
)


def motion() -> int:
    """How long a movement takes in milliseconds; 0 where the system asks for none."""
    if QGuiApplication.platformName() in STILL or not _system_moves():
        return 0
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return MILLISECONDS if QApplication.style().styleHint(hint) > 0 else 0


def _system_moves() -> bool:
    """Whether the system's own windows move: Windows has a setting that styles do not pass on."""
    if sys.platform == "win32":
        import ctypes

        found, animation = ctypes.c_int(1), 0x1042  # SPI_GETCLIENTAREAANIMATION
        ctypes.windll.user32.SystemParametersInfoW(animation, 0, ctypes.byref(found), 0)
        return bool(found.value)
    return True


class Glide(QObject):
    """Shows a change of places as a movement. The document has the new places from the start."""

    def __init__(self, view: Surface) -> None:
        super().__init__(view)
        self._view = view
        self.milliseconds = motion()
        self.animation = QVariantAnimation(self)
        self.animation.setStartValue(0.0)
        self.animation.setEndValue(1.0)
        self.animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self.animation.valueChanged.connect(self._show)
        self.animation.finished.connect(self._arrive)
        self._from: dict[str, QPointF] = {}
        self._to: dict[str, QPointF] = {}

    @property
    def is_moving(self) -> bool:
        """Whether boxes are on their way."""
        return bool(self._to)

    def run(self, change: Callable[[], object]) -> None:
        """Do something that gives boxes other places, and show how they get there."""
        self.stop()
        nodes = self._view.canvas.nodes
        before = {id: item.pos() for id, item in nodes.items()}
        change()
        after = {id: item.pos() for id, item in nodes.items() if id in before}
        if self.milliseconds > 0 and any(before[id] != place for id, place in after.items()):
            self._from, self._to = before, after
            self.animation.setDuration(self.milliseconds)
            self.animation.start()

    def _show(self, share: float) -> None:
        if self._to:
            for id, end in self._to.items():
                start = self._from[id]
                self._view.canvas.nodes[id].setPos(start + (end - start) * share)
            self._view.canvas.route()

    def _arrive(self) -> None:
        if self._to:
            self._to = {}
            self._view.canvas.put(self._view.store.document)

    def stop(self) -> None:
        """Let everything stand where it belongs, at once."""
        self.animation.stop()
        self._arrive()
