"""The part of the inspector about a group, above what its boxes share: name, size, what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.layers.doors import NoPassage, passage
from engine.spec import groups
from engine.spec.document import Group
from gui.formats import count
from gui.sizes import letters
from gui.store import DocumentStore
from gui.theme import STEP, icon
from gui.words import tr

HEADING_POINTS = 12
# what its buttons ask for, by the id of the action
BUTTONS = {
    "fold": "mdi6.unfold-less-vertical",
    "repeat": "mdi6.repeat",
    "save_block": "mdi6.package-variant-closed-plus",
    "ungroup": "mdi6.ungroup",
}


class BlockPart(QWidget):
    """Shown while just the boxes of a group are selected."""

    wanted = Signal(str)  # the id of an action

    def __init__(self, store: DocumentStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._group: Group | None = None
        self.heading, self.about, self.name = QLabel(), QLabel(), QLineEdit()
        self.heading.setObjectName("faint")
        self.about.setObjectName("faint")
        self.about.setWordWrap(True)
        self.name.setMaxLength(groups.LONGEST)
        letters(self.name, HEADING_POINTS, bold=True)
        self.name.editingFinished.connect(self._rename)
        self.name.installEventFilter(self)
        self.buttons = {id: QPushButton() for id in BUTTONS}
        grid = QGridLayout()
        grid.setSpacing(STEP)
        for place, (id, button) in enumerate(self.buttons.items()):
            button.clicked.connect(lambda _=False, id=id: self.wanted.emit(id))
            grid.addWidget(button, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4 * STEP)
        column.setSpacing(2 * STEP)
        for widget in (self.heading, self.name, self.about):
            column.addWidget(widget)
        column.addLayout(grid)
        self.hide()

    def refresh(self) -> None:
        """Show the group that is selected, or hide."""
        document, chosen = self.store.document, self.store.selection
        group = groups.group_with(document, chosen)
        if group is not None and len(chosen) == 1 and not group.is_folded:
            group = None  # then the one box is meant
        self._group = group
        self.setVisible(group is not None)
        for id, button in self.buttons.items():
            shown = "unfold" if id == "fold" and group is not None and group.is_folded else id
            button.setText(tr(f"group.button.{shown}"))
            button.setAccessibleName(tr(f"action.{id}"))
            button.setIcon(icon(BUTTONS[id]))
            button.setToolTip(tr(f"action.{id}.tip"))
        self.name.setAccessibleName(tr("group.name"))
        self.name.setToolTip(tr("group.name.tip"))
        if group is None:
            return
        self.heading.setText(tr("group.heading"))
        if self.name.text() != group.name and not self.name.hasFocus():
            self.name.setText(group.name)
        facts = self.store.analysis.facts
        learnt = sum(facts[id].parameters for id in chosen if id in facts)
        numbers = {"layers": count(len(chosen)), "parameters": count(learnt)}
        self.about.setText(tr("group.about", **numbers))
        self._allow(chosen)

    def _allow(self, chosen: tuple[str, ...]) -> None:
        """Let the group be repeated, or say why it cannot be."""
        obstacle = ""
        try:
            passage(self.store.document, chosen)
        except NoPassage as error:
            obstacle = tr(f"action.repeat.{error.code}")
        self.buttons["repeat"].setEnabled(not obstacle)
        if obstacle:
            self.buttons["repeat"].setToolTip(obstacle)

    def _rename(self) -> None:
        group = self._group
        if group is not None and self.name.text() != group.name:
            after = groups.rename(self.store.document, group.id, self.name.text())
            self.store.edit(tr("edit.rename_group"), after)
            self.name.setText(groups.group_of(after, group.id).name)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Escape in the name gives back what stood there."""
        is_key = event.type() == QEvent.Type.KeyPress
        if is_key and getattr(event, "key", int)() == Qt.Key.Key_Escape and self._group is not None:
            self.name.setText(self._group.name)
        return False
