"""What if: a slider for each number of a row, and a choice for each category."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QWidget,
)

from engine.data_protocol import ColumnView, Shown
from engine.protocol import Own
from gui.class_names import DataName
from gui.column_names import categories_of, column_title
from gui.sizes import least
from gui.theme import STEP
from gui.trying.subject import Subject
from gui.upkeep import keep_up
from gui.words import tr

MARKS = 200  # places of a slider
BESIDE = 2  # columns of fields


class Field(QWidget):
    """One cell: a number between the smallest and the largest of the data, or a category."""

    turned = Signal()

    def __init__(self, view: ColumnView, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view, self.place, self.is_gap = view, place, False
        self.label = QLabel(self)
        self.choice, self.slider, self.number = QComboBox(self), QSlider(self), QDoubleSpinBox(self)
        self.has_choice = not len(view.raw.edges)
        self.low, self.high = view.raw.low, view.raw.high
        if not self.has_choice:
            self._set_up()
        self.slider.setOrientation(Qt.Orientation.Horizontal)
        least(self.slider, width=64)
        self.number.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        for widget in (self.slider, self.number):
            widget.setVisible(not self.has_choice)
        self.choice.setVisible(self.has_choice)
        self.choice.activated.connect(self._fill)
        self.slider.valueChanged.connect(self._slide)
        self.number.valueChanged.connect(self._type)

    def _set_up(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)) or self.low == self.high:
            middle = self.low if math.isfinite(self.low) else 0.0
            self.low, self.high = middle - 1.0, middle + 1.0
        room = self.high - self.low
        digits = max(0, min(6, 3 - math.floor(math.log10(room))))
        self.number.setDecimals(digits)
        self.number.setRange(self.low - room, self.high + room)  # one may ask beyond the data
        self.number.setSingleStep(room / 20)
        self.slider.setRange(0, MARKS)

    def name(self, dataset: DataName) -> None:
        """Say what the cell is, in the present language."""
        title = column_title(self.view, self.place, dataset)
        self.label.setText(title)
        names = categories_of(self.view, dataset)
        chosen = self.choice.currentIndex()
        with QSignalBlocker(self.choice):
            self.choice.clear()
            count = max(len(self.view.raw.counts), len(names)) if self.has_choice else 0
            self.choice.addItems([names[i] if i < len(names) else str(i) for i in range(count)])
            self.choice.setCurrentIndex(max(chosen, 0))
        for widget in (self.label, self.slider, self.number, self.choice):
            widget.setToolTip(tr("try.field.tip", name=title))
            widget.setAccessibleName(title)
        self._say_gap()

    @property
    def value(self) -> float:
        """As in the data: a number, the number of a category, or NaN for an empty cell."""
        if self.is_gap:
            return math.nan
        return float(self.choice.currentIndex()) if self.has_choice else self.number.value()

    def put(self, value: float) -> None:
        """Show a cell of the data, telling nobody."""
        self.is_gap = math.isnan(value)
        shown = value if not self.is_gap else self.view.raw.mean
        if not math.isfinite(shown):
            shown = 0.0
        with QSignalBlocker(self.choice), QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.choice.setCurrentIndex(int(shown) if self.has_choice else -1)
            self.number.setValue(shown)
            self.slider.setValue(self._mark(shown))
        self._say_gap()

    def _mark(self, value: float) -> int:
        return round(MARKS * (value - self.low) / (self.high - self.low)) if self.high else 0

    def _slide(self, mark: int) -> None:
        with QSignalBlocker(self.number):
            self.number.setValue(self.low + (self.high - self.low) * mark / MARKS)
        self._fill()

    def _type(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._mark(value))
        self._fill()

    def _fill(self) -> None:
        self.is_gap = False
        self._say_gap()
        self.turned.emit()

    def _say_gap(self) -> None:
        self.number.setSuffix(f" {tr('try.gap')}" if self.is_gap else "")


class TableInput(QScrollArea):
    """All cells of a row; the answer follows while one is turned."""

    changed = Signal(object)  # Own

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: list[Field] = []
        self._row = np.zeros(0)  # all cells: there may be more than fields
        self._dataset: DataName = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        keep_up(self, self.retranslate, self.update)

    def retranslate(self) -> None:
        """Show the words of the present language."""
        for field in self.fields:
            field.name(self._dataset)

    def use(self, subject: Subject) -> None:
        """Wait for how the columns of another data box lie."""
        self._dataset, self.fields = subject.dataset, []
        self.setWidget(QWidget())

    def survey(self, shown: Shown) -> None:
        """Offer a field for each column, and begin in the middle of the data."""
        self._row = shown.samples.raw[:1].reshape(-1).astype(np.float64)
        self.fields = [Field(view, place) for place, view in enumerate(shown.columns)]
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 2 * STEP, 0)
        grid.setHorizontalSpacing(2 * STEP)
        rows = -(-len(self.fields) // (BESIDE if len(self.fields) > 4 else 1))
        for i, field in enumerate(self.fields):
            row, left = i % rows, 3 * (i // rows)
            grid.addWidget(field.label, row, left)
            if field.has_choice:
                grid.addWidget(field.choice, row, left + 1, 1, 2)
            else:
                grid.addWidget(field.slider, row, left + 1)
                grid.addWidget(field.number, row, left + 2)
            grid.setColumnStretch(left + 1, 1)
            field.turned.connect(self._tell)
            mean = field.view.raw.mean
            field.put(0.0 if field.has_choice or not math.isfinite(mean) else mean)
        grid.setRowStretch(rows, 1)
        self.setWidget(page)
        page.setAutoFillBackground(False)  # which the area has just turned on
        self.retranslate()
        self._tell()

    def show_sample(self, shown: Shown, subject: Subject) -> None:
        """Put a row of the data into the fields."""
        self._row = shown.samples.raw[0].reshape(-1).astype(np.float64)
        for field, value in zip(self.fields, self._row.tolist(), strict=False):
            field.put(value)
        self._tell()

    def _tell(self) -> None:
        if self.fields:
            row = self._row.copy()
            row[: len(self.fields)] = [field.value for field in self.fields]
            self.changed.emit(Own(row))
