"""The way to the help: F1 and ? anywhere, and from there to the page about what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.help_page import page_here
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
        sign = QShortcut(QKeySequence("?"), window)
        sign.setContext(Qt.ShortcutContext.ApplicationShortcut)
        sign.activated.connect(self.open)

    def open(self, page: str = "") -> None:
        """Show a page; without one, that about the selected box."""
        from gui.help.pages import page_of  # with the window, what makes pages of Markdown
        from gui.help.window import HelpWindow

        if self.help is None:
            # no child of the window, so that it can be read while a dialog waits for an answer
            self.help = HelpWindow()
            self.help.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
            self.window.destroyed.connect(self.help.deleteLater)
        chosen, network = self.store.selection, self.store.document.network
        box = network.node(chosen[0]) if len(chosen) == 1 else None
        self.help.open_page(page or page_here() or page_of(box))
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def open_form(self, form: str) -> None:
        """Show the page about a form of one's own data; "" is of none yet."""
        from gui.help.pages import FIRST, OF_FORM

        self.open(OF_FORM.get(form, FIRST))
