"""The panel for trying the network, joined to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from engine.protocol import Passage
from gui.trying.panel import TryPanel
from gui.words import tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

ABOUT = "try"
BREAK_MS = 100  # between two pictures in the boxes: the answer itself must not wait for them


class Trying(QObject):
    """Belongs to one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.page = TryPanel(window.store, window.run, window.data_client)
        self.page.failed.connect(self._say_failure)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BREAK_MS)
        self._timer.timeout.connect(self._show_flows)
        self.page.flows_changed.connect(self._flows_changed)

    def _flows_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _show_flows(self) -> None:
        """Let the boxes on the canvas show what they make of what is tried."""
        flows = self.page.flows
        self.window.flowing.show_own(Passage(0, 1, flows, {}) if flows else None)

    def _say_failure(self) -> None:
        self.window.notice.say(lambda: tr("try.unreadable"), about=ABOUT)
