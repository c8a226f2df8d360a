"""The row above the results: how many are right, what is shown of them, and saving it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)

from gui.results.scores import MODES
from gui.sizes import letters
from gui.theme import FONT_POINTS, STEP, icon
from gui.upkeep import keep_up
from gui.words import tr

VIEWS = {"matrix": "mdi6.grid", "curves": "mdi6.chart-bell-curve-cumulative"}
EXPORTS = ("csv", "png", "svg")


class Header(QWidget):
    """Tells what the person wants; changes nothing itself."""

    view_chosen = Signal(str)  # one of VIEWS
    mode_chosen = Signal(str)  # one of MODES
    item_chosen = Signal(int)  # a class, or a number among those that are predicted
    export_wanted = Signal(str)  # one of EXPORTS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score, self.moment = QLabel(), QLabel()
        self.moment.setObjectName("faint")
        self.views = {name: QToolButton() for name in VIEWS}
        self.group = QButtonGroup(self)
        self.mode, self.item, self.export = QComboBox(), QComboBox(), QToolButton()
        self.actions_by_name = {name: QAction(self) for name in EXPORTS}
        for name, button in self.views.items():
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _=False, name=name: self.view_chosen.emit(name))
            self.group.addButton(button)
        self.views["matrix"].setChecked(True)
        for mode in MODES:
            self.mode.addItem("", mode)
        self.mode.currentIndexChanged.connect(lambda i: self.mode_chosen.emit(MODES[i]))
        self.item.currentIndexChanged.connect(self.item_chosen)
        menu = QMenu(self.export)
        for name, action in self.actions_by_name.items():
            action.triggered.connect(lambda _=False, name=name: self.export_wanted.emit(name))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        keep_up(self, self.retranslate, self.recolour)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * STEP, STEP, 2 * STEP, 0)
        row.setSpacing(2 * STEP)
        row.addWidget(self.score)
        row.addWidget(self.moment)
        row.addStretch()
        for button in self.views.values():
            row.addWidget(button)
        for widget in (self.mode, self.item, self.export):
            row.addWidget(widget)

    @property
    def view(self) -> str:
        """The chosen one of VIEWS."""
        return next(name for name, button in self.views.items() if button.isChecked())

    @property
    def chosen_item(self) -> int:
        """The number of the chosen class or number."""
        return max(self.item.currentIndex(), 0)

    def offer(self, views: bool, modes: bool, items: bool) -> None:
        """Show only what can be chosen now."""
        for button in self.views.values():
            button.setVisible(views)
        self.mode.setVisible(modes)
        self.item.setVisible(items)

    def offer_items(self, names: list[str]) -> None:
        """Offer classes or numbers by their names; the chosen one stays if it can."""
        if [self.item.itemText(i) for i in range(self.item.count())] == names:
            return
        kept = self.item.currentIndex()
        self.item.blockSignals(True)
        self.item.clear()
        self.item.addItems(names)
        self.item.setCurrentIndex(min(max(kept, 0), len(names) - 1))
        self.item.blockSignals(False)

    def retranslate(self) -> None:
        """Show the words of the present language."""
        for name, button in self.views.items():
            button.setText(tr(f"results.view.{name}"))
            button.setToolTip(tr(f"results.view.{name}.tip"))
        for i, mode in enumerate(MODES):
            self.mode.setItemText(i, tr(f"results.mode.{mode}"))
        self.mode.setAccessibleName(tr("results.mode"))
        self.mode.setToolTip(tr("results.mode.tip"))
        self.item.setAccessibleName(tr("results.item"))
        self.item.setToolTip(tr("results.item.tip"))
        self.export.setAccessibleName(tr("results.export"))
        self.export.setToolTip(tr("results.export.tip"))
        for name, action in self.actions_by_name.items():
            action.setText(tr(f"results.export.{name}"))
            action.setToolTip(tr(f"results.export.{name}.tip"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for name, button in self.views.items():
            button.setIcon(icon(VIEWS[name]))
        self.export.setIcon(icon("mdi6.tray-arrow-down"))
        self.export.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        letters(self.score, FONT_POINTS + 1, bold=True)
