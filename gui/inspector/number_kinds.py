"""The fields for whole and for real numbers: how each reads a text, steps and doubles."""

from __future__ import annotations

import math

from PySide6.QtWidgets import QWidget

from engine.spec.options import Real
from gui.inspector.numbers import NumberEditor
from gui.inspector.scrubbing import NEXT_TO_ZERO
from gui.inspector.typed import neighbour, power_of_two, real_number, whole_number


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
        """The next power of two, because sizes of networks are such: from 100 to 128 or 64."""
        self.interpretText()
        self._step_to(power_of_two(self.value(), steps > 0))

    def typed_value(self) -> int:
        return round(self.value())

    def _own(self, value: float) -> int:
        return round(value)


PAGE = 10  # steps that Qt makes of a press of a Page key


class RealEditor(NumberEditor):
    """A field for a real number; a logarithmic option steps 1, 2, 5, 10, and from 0 to 0.00001.

    Page keys take ten steps, or a factor of ten where steps are factors.
    """

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
        if abs(steps) == PAGE and value > 0:
            return float(f"{value * 10.0 ** (steps // PAGE):.12g}")
        for _ in range(abs(steps) % PAGE or 1):
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
