"""Compare this document with another open one, a file, its saved state or a step of its past."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu

from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.files import SUFFIX, read
from gui.difference.side import Side
from gui.file_words import read_error
from gui.store import DocumentStore
from gui.theme import icon
from gui.words import tr

if TYPE_CHECKING:
    from gui.difference.page import DifferencePage
    from gui.window.main_window import MainWindow

MOST_STEPS = 20  # of the past that are offered, the newest first


class Comparing(QObject):
    """Makes the page when it is first wanted, and shows it in place of the drawing."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    @cached_property
    def page(self) -> DifferencePage:
        """Both drawings side by side."""
        from gui.difference.page import DifferencePage

        page = DifferencePage()
        page.closed.connect(self.close)
        self.window.centre.addWidget(page)
        return page

    def open_menu(self) -> None:
        """Ask what to compare with, over the canvas."""
        menu = self.menu()
        menu.popup(self.window.centre.mapToGlobal(QPoint(16, 16)))
        menu.setActiveAction(next(a for a in menu.actions() if a.isEnabled()))

    def menu(self) -> QMenu:
        """What this document can be compared with."""
        menu = QMenu(self.window)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        self.fill(menu)
        return menu

    def fill(self, menu: QMenu) -> None:
        """Put everything that there is to compare with into a menu."""
        window, desk = self.window, self.window.tabs.desk
        others = [w for w in desk.windows if w is not window] if desk is not None else []
        for other in others:
            self._offer(menu, other.filing.name, "mdi6.tab", partial(self.with_open, other))
        menu.addSeparator()
        path = window.filing.path
        saved = self._offer(menu, tr("compare.saved"), "mdi6.content-save-outline", self.with_saved)
        saved.setEnabled(path is not None and path.is_file())
        steps = menu.addMenu(icon("mdi6.history"), tr("compare.step"))
        edits = window.store.edits()
        names = window.store.step_names(tr("history.step"))
        for place in range(len(edits) - 1, max(len(edits) - 1 - MOST_STEPS, -1), -1):
            document = edits[place].before
            text = tr("compare.before", step=names[place])
            self._offer(steps, text, "mdi6.circle-small", partial(self.with_step, document, text))
        steps.setEnabled(bool(edits))
        menu.addSeparator()
        self._offer(menu, tr("compare.file"), "mdi6.folder-open-outline", self.ask_file)

    def _offer(self, menu: QMenu, text: str, sign: str, act: Callable[[], object]) -> QAction:
        action = menu.addAction(icon(sign), text.replace("&", "&&"))
        action.triggered.connect(lambda _=False: act())
        return action

    # with what

    @property
    def here(self) -> Side:
        """This document."""
        return Side(lambda: self.window.filing.name, self.window.store, True)

    def with_open(self, other: MainWindow) -> None:
        """Compare with a document in another tab."""
        self.show(Side(lambda: other.filing.name, other.store, True), self.here)

    def with_saved(self) -> None:
        """Compare with this document's own file."""
        path = self.window.filing.path
        if path is not None:
            self._with_file(path, lambda: tr("compare.saved_name", name=path.stem))

    def with_step(self, document: Document, name: str) -> None:
        """Compare with what this document once was."""
        self.show(Side(lambda: name, DocumentStore(document, self), False), self.here)

    def ask_file(self) -> None:
        """Ask for a file to compare with."""
        pattern = f"{tr('file.kind')} (*{SUFFIX} *.json)"
        path = self.window.filing.path
        start = str(path.parent if path is not None else Path.home())
        name, _ = QFileDialog.getOpenFileName(self.window, tr("compare.title"), start, pattern)
        if name:
            self._with_file(Path(name), lambda: Path(name).name)

    def _with_file(self, path: Path, name: Callable[[], str]) -> None:
        try:
            document = read(path).document
        except (Unreadable, OSError) as error:
            problem = error  # `error` itself ends with this block
            self.window.notice.say(lambda: read_error(path, problem))
            return
        self.show(Side(name, DocumentStore(document, self), False), self.here)

    # showing

    def show(self, first: Side, second: Side) -> None:
        """Show the page in place of the drawing: what leads from the first to the second."""
        self.window.centre.setCurrentWidget(self.page)
        self.page.compare(first, second)

    def close(self) -> None:
        """Show the drawing again."""
        self.window.centre.setCurrentWidget(self.window.room)
        self.window.canvas.setFocus()
