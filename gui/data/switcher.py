"""The column of buttons at the side of the panel: one of several views is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from gui.sizes import fixed, icons
from gui.theme import STEP, colour, icon
from gui.upkeep import keep_up
from gui.words import tr

ICONS = {
    "samples": "mdi6.view-grid-outline",
    "classes": "mdi6.chart-bar",
    "columns": "mdi6.chart-histogram",
    "correlations": "mdi6.grid",
    "tokens": "mdi6.format-letter-case",
    "problems": "mdi6.alert-outline",
    "compare": "mdi6.scale-balance",
}
WIDTH = 148


class Switcher(QFrame):
    """Buttons for the views that suit the data; the others are not there."""

    chosen = Signal(str)  # a key of ICONS

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fixed(self, WIDTH)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        self._badge = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(0)
        for name in names:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            icons(button, 16, 16)
            fixed(button, WIDTH - 2 * STEP)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self.group.addButton(button)
            self.buttons[name] = button
            column.addWidget(button)
        column.addStretch()
        self.buttons[names[0]].setChecked(True)
        keep_up(self, self.retranslate, self.recolour)

    @property
    def current(self) -> str:
        """The view that is chosen."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Turn to a view."""
        self.buttons[name].setChecked(True)
        self.chosen.emit(name)

    def offer(self, names: set[str]) -> None:
        """Offer just these views; if the one that is chosen goes, the first takes its place."""
        for name, button in self.buttons.items():
            button.setVisible(name in names)
        if self.current not in names:
            self.choose(next(name for name in self.buttons if name in names))

    def set_badge(self, count: int) -> None:
        """Write the number of problems behind their button."""
        self._badge = count
        self.retranslate()
        self.recolour()

    def retranslate(self) -> None:
        """Show the words of the present language."""
        for name, button in self.buttons.items():
            words = tr(f"shown.view.{name}")
            if name == "problems" and self._badge:
                words = f"{words}  ({self._badge})"
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(tr(f"shown.view.{name}.tip"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for name, button in self.buttons.items():
            is_urgent = name == "problems" and self._badge > 0
            button.setIcon(icon(ICONS[name], colour("warning") if is_urgent else None))
        self.setStyleSheet("QToolButton { text-align: left; padding: 5px 8px; }")
