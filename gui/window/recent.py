"""The menu of the files that were opened lately."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.window.filing import Filing
from gui.words import tr


def _visit(filing: Filing, path: Path, checked: bool = False) -> None:
    filing.visit(path)


def list_recent(menu: QMenu, filing: Filing) -> None:
    """Fill the menu anew: files that are not there now are grey, and say so."""
    menu.clear()
    places = filing.settings.recent_places()
    for path, is_there in places:
        name = path.name.replace("&", "&&")  # one & would underline a letter
        action = QAction(name if is_there else tr("menu.recent.missing", name=name), menu)
        action.setEnabled(is_there)
        action.setToolTip(str(path) if is_there else tr("menu.recent.missing.tip", path=path))
        action.triggered.connect(partial(_visit, filing, path))
        menu.addAction(action)
    if not places:
        empty = QAction(tr("menu.recent.empty"), menu)
        empty.setEnabled(False)
        menu.addAction(empty)
    elif not all(is_there for _, is_there in places):
        menu.addSeparator()
        forget = QAction(tr("menu.recent.forget"), menu)
        forget.setToolTip(tr("menu.recent.forget.tip"))
        forget.triggered.connect(lambda: filing.settings.forget_missing())
        menu.addAction(forget)
