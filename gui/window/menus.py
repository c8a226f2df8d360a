"""Menus and toolbar, filled from the table of actions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from engine.layers.templates import TEMPLATES
from gui.actions import TABLE, Actions
from gui.canvas.small_picture import show_block
from gui.run import Run
from gui.sizes import icons
from gui.theme import colour, icon, theme
from gui.window.examples import list_examples
from gui.window.filing import Filing
from gui.window.pace import PaceButton
from gui.window.recent import list_recent
from gui.words import on_language_change, tr

BAR = (
    ("new", "gallery", "open", "save"),
    ("undo", "redo"),
    ("play", "pause", "batch", "epoch", "stop", "reset", "new_weights"),
    ("fit", "arrange"),
)
INSIDE = {  # menus within menus
    "align": "edit",
    "colour": "edit",
    "zoom": "view",
    "quantity": "view",
    "go": "view",
    "panels": "view",
    "pace": "run",
}
AT_END = ("commands", "language", "theme")


def fill_menus(window: QMainWindow, actions: Actions, filing: Filing) -> None:
    """Make the menu bar; the list of recent files is made when it is opened."""
    menus: dict[str, QMenu] = {}
    for spec in TABLE:
        if spec.menu not in menus:
            parent = INSIDE.get(spec.menu)
            bar = window.menuBar()
            menus[spec.menu] = menus[parent].addMenu("") if parent else bar.addMenu("")
        if spec.starts_group:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(actions[spec.id])
        if spec.id in TEMPLATES:
            hovered = partial(show_block, actions[spec.id], spec.id)
            actions[spec.id].hovered.connect(hovered)
        if spec.id == "open":
            recent = menus["file"].addMenu("")
            recent.aboutToShow.connect(partial(list_recent, recent, filing))
            menus["recent"] = recent
            menus["examples"] = examples = menus["file"].addMenu("")
            examples.aboutToShow.connect(partial(list_examples, examples, filing))
    for menu in menus.values():
        menu.setToolTipsVisible(True)

    def translate() -> None:
        for name, menu in menus.items():
            menu.setTitle(tr(f"menu.{name}"))

    translate()
    forget = on_language_change(translate)
    window.destroyed.connect(lambda: forget())


class Toolbar(QToolBar):
    """The buttons; play is the one coloured among them."""

    def __init__(self, window: QMainWindow, actions: Actions, run: Run) -> None:
        super().__init__(window)
        self._actions = actions
        self.setMovable(False)
        icons(self, 20, 20)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for i, group in enumerate(BAR):
            if i:
                self.addSeparator()
            for id in group:
                self.addAction(actions[id])
                if id == "epoch":
                    self.pace = PaceButton(run, actions, self)
                    self.addWidget(self.pace)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        for id in AT_END:
            self.addAction(actions[id])
        play = self.widgetForAction(actions["play"])
        assert isinstance(play, QToolButton)
        play.setObjectName("primary")
        play.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.dress()
        forget = on_language_change(self.dress)
        theme.changed.connect(self.dress)
        self.destroyed.connect(lambda: forget())

    def dress(self) -> None:
        """Words and colours anew."""
        self.setWindowTitle(tr("toolbar.name"))
        self._actions["play"].setIcon(icon("mdi6.play", colour("on_accent"), "faint"))
        for action in self.actions():
            button = self.widgetForAction(action)
            if button is not None and action.text():
                button.setAccessibleName(action.text())
