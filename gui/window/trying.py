"""The panel for trying the network, joined to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.trying.panel import TryPanel
from gui.words import tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

ABOUT = "try"


class Trying(QObject):
    """Belongs to one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.page = TryPanel(window.store, window.run, window.data_client)
        self.page.failed.connect(self._say_failure)

    def _say_failure(self) -> None:
        self.window.notice.say(lambda: tr("try.unreadable"), about=ABOUT)
