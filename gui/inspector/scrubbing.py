"""Dragging a number: hold the mouse on its name or its unit, and pull to the right or to the left.

Sizes go by ones (by tens where they are large), rates that step by factors go by factors. Shift or
Alt is fine, Ctrl is coarse: over powers of two for whole numbers, over factors of ten for rates.
"""

from __future__ import annotations

import math
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

from engine.spec.options import Real, Whole
from gui.inspector.typed import power_of_two

THRESHOLD = 3  # pixels: less is a click
STRIDE = 4  # pixels that make a step
FINE, USUAL, COARSE = "fine", "usual", "coarse"
DECADE = {FINE: 400.0, USUAL: 100.0, COARSE: 40.0}  # pixels that make a factor of ten
DIGITS = 2  # that a dragged rate keeps
NEXT_TO_ZERO = 1e-5  # where a rate that may be 0 begins


def pace(modifiers: Qt.KeyboardModifier) -> str:
    """How far a pixel goes while these keys are held."""
    keys = Qt.KeyboardModifier
    if modifiers & (keys.ShiftModifier | keys.AltModifier):
        return FINE
    return COARSE if modifiers & keys.ControlModifier else USUAL


def dragged(option: Whole | Real, start: float, pixels: int, how: str = USUAL) -> float:
    """The value that dragging makes of `start`, within the option's bounds.

    pixels : to the right positive
    how : FINE, USUAL or COARSE
    """
    if pixels == 0:
        return start
    if isinstance(option, Whole):
        found = _whole(start, pixels, how)
    elif option.logarithmic:
        found = _factor(option, start, pixels, how)
    else:
        found = _real(option, start, pixels, how)
    return min(max(found, float(option.low)), float(option.high))


def _steps(pixels: int, stride: int = STRIDE) -> int:
    return int(pixels / stride)  # towards 0: a small tremble is nothing


def _whole(start: float, pixels: int, how: str) -> float:
    if how == COARSE:
        value = start
        for _ in range(abs(_steps(pixels, 6 * STRIDE))):
            value = power_of_two(value, pixels > 0)
        return value
    if how == FINE:
        return start + _steps(pixels, 3 * STRIDE)
    step = 10 ** max(int(math.log10(max(abs(start), 1.0))) - 1, 0)
    return _on_grid(start, step, _steps(pixels))


def _real(option: Real, start: float, pixels: int, how: str) -> float:
    unit = 0.01 if option.high - option.low <= 1 else 0.1
    unit *= {FINE: 0.1, USUAL: 1.0, COARSE: 5.0}[how]
    return _on_grid(start, unit, _steps(pixels))


def _factor(option: Real, start: float, pixels: int, how: str) -> float:
    """Along a scale of factors; a rate that may be 0 is that below NEXT_TO_ZERO."""
    may_be_zero = option.low <= 0
    base = max(start, NEXT_TO_ZERO) if may_be_zero else start
    found = base * 10 ** (pixels / DECADE[how])
    if may_be_zero and found < NEXT_TO_ZERO:
        return 0.0
    return float(f"{found:.{DIGITS}g}")


def _on_grid(start: float, unit: float, steps: int) -> float:
    """So many steps from `start`, on multiples of the step; `start` itself for none."""
    if not steps:
        return start
    nearest = math.floor if steps > 0 else math.ceil
    return round((nearest(round(start / unit, 6)) + steps) * unit, 12)


class Draggable(Protocol):
    """A number that a handle can drag."""

    option: Whole | Real

    def value(self) -> float:
        """What it is now."""

    def begin_drag(self) -> None:
        """Dragging begins: what was typed counts, and the keys come here."""

    def drag_to(self, value: float) -> None:
        """It is dragged to a value."""

    def end_drag(self) -> None:
        """Dragging ends; after it there is nothing to give up."""

    @property
    def is_dragged(self) -> bool:
        """Whether dragging goes on; a person may have given it up with Escape."""


class Handle(QObject):
    """Makes a label the handle of a number: dragging it changes the number, a click goes there."""

    def __init__(self, label: QLabel, number: Draggable) -> None:
        super().__init__(label)
        self.label, self.number = label, number
        self._origin = self._start = 0.0  # where this pace began, in pixels, and at which value
        self._last = 0.0
        self._how, self._is_held = USUAL, False
        label.setCursor(Qt.CursorShape.SizeHorCursor)
        label.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or not self.label.isEnabled():
            return False  # a filter hears of what happens to disabled widgets, too
        is_left = event.button() == Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonPress and is_left:
            self.number.begin_drag()
            self._is_held = True
            self._anchor(event.globalPosition().x(), pace(event.modifiers()))
        elif event.type() == QEvent.Type.MouseMove and self._is_held:
            self._move(event.globalPosition().x(), pace(event.modifiers()))
        elif event.type() == QEvent.Type.MouseButtonRelease and self._is_held:
            self._is_held = False
            self.number.end_drag()
        else:
            return False
        return True

    def _anchor(self, x: float, how: str) -> None:
        self._origin, self._last, self._how = x, x, how
        self._start = self.number.value()

    def _move(self, x: float, how: str) -> None:
        if not self.number.is_dragged:
            return  # given up
        if how != self._how:  # another pace goes on from here
            self._anchor(self._last, how)
        self._last = x
        pixels = round(x - self._origin)
        moved = 0 if abs(pixels) < THRESHOLD else pixels
        self.number.drag_to(dragged(self.number.option, self._start, moved, how))
