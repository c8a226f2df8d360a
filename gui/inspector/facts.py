"""A small table of facts in a panel: names on the left, values on the right, notes below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.theme import STEP

TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table; `sum` is set in a fixed-width font."""

    name: str
    value: str
    note: str = ""
    sum: bool = False


class Facts(QWidget):
    """A heading and its facts; hidden while there are none. Labels are kept from show to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        column.addWidget(self.heading)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(2 * STEP)
        self.grid.setVerticalSpacing(STEP)
        self.grid.setColumnStretch(1, 1)
        column.addLayout(self.grid)
        self._lines: list[tuple[QLabel, QLabel, QLabel]] = []

    def show_facts(self, heading: str, facts: Sequence[Fact]) -> None:
        """Show these facts, and nothing else."""
        self.setVisible(bool(facts))
        self.heading.setText(heading)
        while len(self._lines) < len(facts):
            self._lines.append(self._line(len(self._lines)))
        for i, (name, value, note) in enumerate(self._lines):
            fact = facts[i] if i < len(facts) else None
            name.setText(fact.name if fact else "")
            value.setText(fact.value if fact else "")
            note.setText(fact.note if fact else "")
            self.grid.addWidget(value, 2 * i, *((1, 1, 1) if name.text() else (0, 1, 2)), TOP)
            style = "sum" if fact and fact.sum else ""
            if value.objectName() != style:
                value.setObjectName(style)
                value.style().unpolish(value)
                value.style().polish(value)
            for label in (name, value, note):
                label.setVisible(bool(label.text()))

    def texts(self) -> list[tuple[str, str]]:
        """Names and values as shown."""
        return [(name.text(), value.text()) for name, value, _ in self._lines if value.text()]

    def _line(self, row: int) -> tuple[QLabel, QLabel, QLabel]:
        name, value, note = QLabel(), QLabel(), QLabel()
        name.setObjectName("faint")
        note.setObjectName("faint")
        for label in (value, note):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.grid.addWidget(name, 2 * row, 0, TOP)
        self.grid.addWidget(note, 2 * row + 1, 1, TOP)
        return name, value, note
