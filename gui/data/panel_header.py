"""The row above the views: whose samples, how many, and which of them in which state."""

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

from engine.data_protocol import Shown
from gui.data.chart import STAGES
from gui.data.class_bars import PARTS
from gui.formats import count, size
from gui.theme import STEP, icon
from gui.upkeep import keep_up
from gui.words import tr

EXPORTS = ("picture", "table")


class PanelHeader(QWidget):
    """Words on the left, choices on the right; decides nothing."""

    box_chosen = Signal(str)  # id of a data box
    part_chosen = Signal(str)
    stage_chosen = Signal(str)  # one of STAGES
    turned = Signal(int)  # -1 or 1: earlier or later samples
    export_wanted = Signal(str)  # one of EXPORTS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes, self.part = QComboBox(self), QComboBox(self)
        self.sizes, self.range = QLabel(self), QLabel(self)
        self.sizes.setObjectName("faint")
        self.range.setObjectName("faint")
        self.earlier, self.later, self.export = (QToolButton(self) for _ in range(3))
        self.stages = {name: QToolButton(self) for name in STAGES}
        self.actions_by_name = {name: QAction(self) for name in EXPORTS}
        for part in PARTS:
            self.part.addItem("", part)
        self._set_up()
        self._lay_out()
        keep_up(self, self.retranslate, self.recolour)

    def _set_up(self) -> None:
        self.boxes.activated.connect(lambda i: self.box_chosen.emit(self.boxes.itemData(i)))
        self.part.activated.connect(lambda i: self.part_chosen.emit(self.part.itemData(i)))
        group = QButtonGroup(self)
        for name, button in self.stages.items():
            button.setCheckable(True)
            group.addButton(button)
            button.clicked.connect(lambda _=False, name=name: self.stage_chosen.emit(name))
        self.stages[STAGES[0]].setChecked(True)
        self.earlier.clicked.connect(lambda: self.turned.emit(-1))
        self.later.clicked.connect(lambda: self.turned.emit(1))
        menu = QMenu(self.export)
        for name, action in self.actions_by_name.items():
            action.triggered.connect(lambda _=False, name=name: self.export_wanted.emit(name))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        for button in (*self.stages.values(), self.earlier, self.later, self.export):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        row.setSpacing(STEP)
        row.addWidget(self.boxes)
        row.addWidget(self.sizes, 1)
        for widget in (self.earlier, self.range, self.later):
            row.addWidget(widget)
        row.addSpacing(2 * STEP)
        for button in self.stages.values():
            row.addWidget(button)
        row.addSpacing(2 * STEP)
        row.addWidget(self.part)
        row.addWidget(self.export)

    def show_boxes(self, names: dict[str, str], chosen: str) -> None:
        """Offer the data boxes by id, if there are several."""
        self.boxes.setVisible(len(names) > 1)
        self.boxes.clear()
        for id, name in names.items():
            self.boxes.addItem(name, id)
        self.boxes.setCurrentIndex(max(self.boxes.findData(chosen), 0))

    def tell(self, shown: Shown | None) -> None:
        """Say how many samples there are, of which shape, and how much memory they take."""
        self.sizes.setVisible(shown is not None)
        if shown is None:
            return
        numbers = {part: count(shown.counts[part]) for part in PARTS}
        total = count(sum(shown.counts.values()))
        shape, memory = str(shown.shape), size(shown.size)
        self.sizes.setText(tr("shown.sizes", total=total, shape=shape, memory=memory))
        self.sizes.setToolTip(tr("shown.sizes.tip", **numbers))
        self.part.setCurrentIndex(self.part.findData(shown.part))
        rows = shown.samples.rows
        first, last = (int(rows[0]) + 1, int(rows[-1]) + 1) if len(rows) else (0, 0)
        self.range.setText(f"{count(first)}–{count(last)}")
        self.earlier.setEnabled(first > 1)
        self.later.setEnabled(last < shown.counts[shown.part])

    def offer(self, pages: bool, stages: bool, parts: bool, export: bool) -> None:
        """Show the choices that mean something for the view."""
        for widget in (self.earlier, self.range, self.later):
            widget.setVisible(pages)
        for button in self.stages.values():
            button.setVisible(stages)
        self.part.setVisible(parts)
        self.export.setVisible(export)

    def retranslate(self) -> None:
        """Show the words of the present language."""
        for i, part in enumerate(PARTS):
            self.part.setItemText(i, tr(f"train.part.{part}"))
        for name, button in self.stages.items():
            button.setText(tr(f"shown.choice.{name}"))
            button.setToolTip(tr(f"shown.choice.{name}.tip"))
            button.setAccessibleName(tr(f"shown.choice.{name}"))
        named = (
            (self.part, "part"),
            (self.boxes, "boxes"),
            (self.earlier, "earlier"),
            (self.later, "later"),
            (self.export, "export"),
        )
        for widget, name in named:
            widget.setToolTip(tr(f"shown.{name}.tip"))
            widget.setAccessibleName(tr(f"shown.{name}.tip"))
        for name, action in self.actions_by_name.items():
            action.setText(tr(f"shown.export.{name}"))
            action.setToolTip(tr(f"shown.export.{name}.tip"))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        self.earlier.setIcon(icon("mdi6.chevron-left"))
        self.later.setIcon(icon("mdi6.chevron-right"))
        self.export.setIcon(icon("mdi6.export-variant"))
