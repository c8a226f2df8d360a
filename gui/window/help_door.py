"""The way to the help: F1 and ? anywhere, and from there to the page about what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.store import DocumentStore

if TYPE_CHECKING:
    from gui.help.window import HelpWindow


class HelpDoor(QObject):
    """Makes the help window when it is first wanted, and keeps it."""

    def __init__(self, store: DocumentStore, window: QWidget) -> None:
        super().__init__(window)
        self.store, self.window = store, window
        self.help: HelpWindow | None = None
        # fields in which a question mark can be typed take it for themselves
        QShortcut(QKeySequence("?"), window).activated.connect(self.open)

    def open(self, page: str = "") -> None:
        """Show a page; without one, that about the selected box."""
        from gui.help.pages import page_of  # with the window, what makes pages of Markdown
        from gui.help.window import HelpWindow

        if self.help is None:
            self.help = HelpWindow(self.window)
        chosen, network = self.store.selection, self.store.document.network
        box = network.node(chosen[0]) if len(chosen) == 1 else None
        self.help.open_page(page or page_of(box))
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()
