"""The ways into and out of the builder: what finds everything, and what takes a drawing away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from gui.analysis.page import AnalysisPage
from gui.commands.board import CommandBoard
from gui.window.command_entries import gather
from gui.window.history import History
from gui.window.shortcuts import ShortcutsPage
from gui.window.taking import Taking

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


class Ways(QObject):
    """Makes each way when it is first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.taking = Taking(window)
        self.analysis = AnalysisPage(window.store)
        self.analysis.chosen.connect(window.canvas.reveal_selection)
        self.board: CommandBoard | None = None
        self.shortcuts: ShortcutsPage | None = None
        self.history: History | None = None

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions call, by id."""
        return {
            "commands": self.open_commands,
            "shortcuts": self.open_shortcuts,
            "analyse": self.open_analysis,
            "history": self.open_history,
            "picture": self.taking.export_picture,
            "copy_picture": self.taking.copy_picture,
            "copy_text": self.taking.copy_text,
        }

    def open_commands(self) -> None:
        """Show the command palette, or put it away."""
        if self.board is None:
            self.board = CommandBoard(
                self.window, self.window.settings, lambda: gather(self.window)
            )
        self.board.open()

    def open_shortcuts(self) -> None:
        """Show all keys."""
        if self.shortcuts is None:
            self.shortcuts = ShortcutsPage(self.window.actions_table, self.window)
        self.shortcuts.open_page()

    def open_analysis(self) -> None:
        """Show the table of all boxes."""
        self.window.bottom.setCurrentWidget(self.analysis)
        self.analysis.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_history(self) -> None:
        """Show the steps that can be undone, at the left top corner of the canvas."""
        if self.history is None:
            self.history = History(self.window.store, self.window)
        self.history.open_beside(self.window.canvas.mapToGlobal(QPoint(12, 12)))
