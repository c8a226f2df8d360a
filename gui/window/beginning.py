"""The first page: shown while nothing is drawn, made when that is first so."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.spec.document import Document
from engine.spec.files import read_drawing
from gui.words import on_language_change

if TYPE_CHECKING:
    from gui.gallery.card import Shown
    from gui.gallery.first_page import FirstPage
    from gui.window.main_window import MainWindow

EXAMPLES = ("welcome", "spiral", "names", "unet")
WAYS = {"first.examples": "gallery", "action.open": "open", "action.import": "import"}
MOST_RECENT = 4


class Beginning(QObject):
    """Watches the document, and shows the page over the canvas of the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        window.store.changed.connect(self._changed)
        self.destroyed.connect(on_language_change(self._retranslate))

    @cached_property
    def page(self) -> FirstPage:
        """The page."""
        from gui.gallery.first_page import FirstPage

        window = self.window
        actions = {words: window.actions_table[id] for words, id in WAYS.items()}
        page = FirstPage(window.ways.pictures, window.canvas, window.canvas.hint, actions)
        page.opened.connect(self._open)
        return page

    @property
    def _is_wanted(self) -> bool:
        document = self.window.store.document
        return not document.network.nodes and not document.notes

    def refresh(self) -> None:
        """Show the page with what is recent now, or hide it."""
        if self._is_wanted:
            self._fill()
            self.page.appear(True)
        elif "page" in vars(self):
            self.page.appear(False)

    def _changed(self, old: Document, new: Document) -> None:
        shown = "page" in vars(self) and self.page.isVisibleTo(self.window.canvas)
        if shown != self._is_wanted:
            self.refresh()

    def _retranslate(self) -> None:
        if "page" in vars(self):
            self.refresh()

    def _fill(self) -> None:
        from gui.gallery.facts import facts_of
        from gui.gallery.window import shown_of

        recent = self.window.settings.recent()[:MOST_RECENT]
        self.page.fill("recent", [_file(path) for path in recent])
        examples = (shown_of(facts_of(name)) for name in EXAMPLES)
        self.page.fill("examples", [replace(each, facts="", marks=()) for each in examples])

    def _open(self, row: str, key: str) -> None:
        if row == "recent":
            self.window.filing.visit(Path(key))
        else:
            self.window.ways.open_example(key)


def _file(path: Path) -> Shown:
    """The card of a file."""
    from gui.gallery.card import Shown

    try:
        found = path.stat()
        stamp = f"{path}|{found.st_mtime_ns}|{found.st_size}"
    except OSError:  # gone since it was looked for
        stamp = str(path)
    folder = str(path.parent)
    return Shown(str(path), path.stem, folder, "", (), stamp, partial(read_drawing, path))
