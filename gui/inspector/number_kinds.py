"""The fields for whole and for real numbers: how each reads a text, steps and doubles."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QWidget

from engine.spec.options import Real
from gui.inspector.numbers import NumberEditor
from gui.inspector.typed import neighbour, real_number, whole_number


class WholeEditor(NumberEditor):
    """A field for a whole number."""

    def parse(self, text: str) -> float | None:
        for number, name in self.special.items():
            if text.strip() == name:
                return float(number)
        found = whole_number(text)
        return None if found is None else float(found)

    def stepped(self, steps: int) -> float:
        return self.value() + steps

    def double(self, steps: int) -> None:
        if steps < 0:
            self.interpretText()
            self._step_to(float(int(self.value()) // 2))
        else:
            super().double(steps)

    def typed_value(self) -> int:
        return round(self.value())

    def _own(self, value: float) -> int:
        return round(value)


NEXT_TO_ZERO = 1e-5


class RealEditor(NumberEditor):
    """A field for a real number; a logarithmic option steps 1, 2, 5, 10, and from 0 to 0.00001."""

    def __init__(self, option: Real, parent: QWidget | None = None) -> None:
        super().__init__(option, {}, parent)
        self.logarithmic = option.logarithmic
        self.unit_step = 0.05 if option.high - option.low <= 1 else 0.1

    def parse(self, text: str) -> float | None:
        return real_number(text)

    def stepped(self, steps: int) -> float:
        value = self.value()
        if not self.logarithmic:
            rounded = math.floor if steps > 0 else math.ceil
            place = rounded(round(value / self.unit_step, 6)) + steps
            return round(place * self.unit_step, 12)
        for _ in range(abs(steps)):
            value = self._neighbour(value, steps > 0)
        return value

    def _neighbour(self, value: float, up: bool) -> float:
        if self.option.low > 0 or value > NEXT_TO_ZERO:
            return neighbour(value, up)
        if not up:
            return 0.0
        return NEXT_TO_ZERO if value < NEXT_TO_ZERO else neighbour(value, up)

    def typed_value(self) -> float:
        return self.value()
