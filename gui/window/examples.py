"""The menu of the bundled examples, by topic."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.example_files import path_of
from gui.example_topics import TOPICS
from gui.window.filing import Filing
from gui.words import tr


def list_examples(menu: QMenu, filing: Filing) -> None:
    """Fill the menu anew, in the language of the moment: a submenu for each topic."""
    menu.clear()
    for topic, names in TOPICS.items():
        below = menu.addMenu(tr(f"menu.examples.{topic}"))
        below.setToolTipsVisible(True)
        for name in names:
            action = QAction(tr(f"example.{name}.name"), below)
            action.setToolTip(tr(f"example.{name}.line"))
            action.triggered.connect(partial(filing.open_example, path_of(name)))
            below.addAction(action)
