"""The numbers of the moment, large enough to be read from the back of a classroom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from gui.quantities import NONE, quantity_name
from gui.sizes import letters
from gui.theme import FONT_POINTS, STEP, colour
from gui.upkeep import keep_up
from gui.words import tr

LARGE, SMALLER = 16.0, 11.0  # points; the smaller ones are for low panels
WIDEST = "100.0 %"  # of the values met in every run: longer ones make the column broader
PARTS = ("training", "validation")


class Readings(QFrame):
    """Two quantities, each with its present value on training and on validation samples."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points = LARGE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._names = ["loss", "accuracy"]
        self.headings = [QLabel(self) for _ in self._names]
        self.labels: dict[tuple[int, str], QLabel] = {}
        self.values: dict[tuple[int, str], QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(3 * STEP, STEP, 3 * STEP, 0)
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(0)
        for i, heading in enumerate(self.headings):
            heading.setObjectName("heading")
            grid.addWidget(heading, 4 * i, 0, 1, 2)
            for row, part in enumerate(PARTS, 4 * i + 1):
                label = self.labels[i, part] = QLabel(self)
                value = self.values[i, part] = QLabel(NONE, self)
                value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, row, 0)
                grid.addWidget(value, row, 1)
            grid.setRowStretch(4 * i + 3, 1)
        grid.setColumnStretch(1, 1)
        keep_up(self, self.retranslate, self.recolour)

    def show_names(self, names: tuple[str, str]) -> None:
        """Say which quantities these are."""
        if list(names) != self._names:
            self._names = list(names)
            self.retranslate()

    def set_low(self, is_low: bool) -> None:
        """Make do with little height, or use all there is."""
        points = SMALLER if is_low else LARGE
        if points != self._points:
            self._points = points
            self.recolour()

    def show_value(self, index: int, part: str, text: str) -> None:
        """Show one number; `part` is "training" or "validation"."""
        value = self.values[index, part]
        if value.text() != text:
            value.setText(text)
            words = f"{quantity_name(self._names[index])}, {self.labels[index, part].text()}"
            value.setAccessibleName(f"{words}: {text}")

    def retranslate(self) -> None:
        """Show the words of the present language."""
        for name, heading in zip(self._names, self.headings, strict=True):
            heading.setText(quantity_name(name))
        for (_, part), label in self.labels.items():
            label.setText(tr(f"plots.part.{part}"))
            label.setToolTip(tr(f"plots.part.{part}.help"))
        for (i, part), value in self.values.items():
            value.setToolTip(tr(f"plots.part.{part}.help"))
            words = f"{quantity_name(self._names[i])}, {tr(f'plots.part.{part}')}"
            value.setAccessibleName(f"{words}: {value.text()}")

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for (_, part), value in self.values.items():
            letters(value, self._points, bold=True)
            value.setMinimumWidth(QFontMetrics(value.font()).horizontalAdvance(WIDEST))
            value.setStyleSheet(f"color: {colour(part).name()}")
        for label in self.labels.values():
            letters(label, FONT_POINTS - 1)
            label.setStyleSheet(f"color: {colour('faint').name()}")
