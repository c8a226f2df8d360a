"""The ways into and out of the builder: what finds everything, and what takes a drawing away."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from gui.example_files import path_of

if TYPE_CHECKING:
    from gui.analysis.page import AnalysisPage
    from gui.commands.board import CommandBoard
    from gui.gallery.pictures import Pictures
    from gui.gallery.window import GalleryWindow
    from gui.outline.page import OutlinePage
    from gui.window.history import History
    from gui.window.main_window import MainWindow
    from gui.window.shortcuts import ShortcutsPage
    from gui.window.taking import Taking


class Ways(QObject):
    """Loads and makes each way when it is first wanted, so that the window opens sooner."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions call, by id."""
        return {
            "commands": lambda: self.board.open(),
            "shortcuts": lambda: self.shortcuts.open_page(),
            "analyse": self.open_analysis,
            "outline": self.open_outline,
            "history": self.open_history,
            "gallery": lambda: self.gallery.open_page(),
            "picture": lambda: self.taking.export_picture(),
            "copy_picture": lambda: self.taking.copy_picture(),
            "copy_text": lambda: self.taking.copy_text(),
        }

    def prepare(self) -> None:
        """Make what is to open at once, while nobody waits."""
        self.board.hide()

    @cached_property
    def board(self) -> CommandBoard:
        """The command palette."""
        from gui.commands.board import CommandBoard
        from gui.window.command_entries import gather

        return CommandBoard(self.window, self.window.settings, lambda: gather(self.window))

    @cached_property
    def analysis(self) -> AnalysisPage:
        """The table of all boxes."""
        from gui.analysis.page import AnalysisPage

        page = AnalysisPage(self.window.store)
        page.chosen.connect(self.window.canvas.reveal_selection)
        return page

    @cached_property
    def outline(self) -> OutlinePage:
        """The drawing as rows of words."""
        from gui.outline.page import OutlinePage

        page, canvas = OutlinePage(self.window.store), self.window.canvas
        page.chosen.connect(canvas.reveal_selection)
        page.note_chosen.connect(lambda id: canvas.canvas.select_notes((id,)))
        page.note_wanted.connect(canvas.edit_note)
        page.details_wanted.connect(lambda _: self.open_options())
        return page

    @cached_property
    def shortcuts(self) -> ShortcutsPage:
        """All keys."""
        from gui.window.shortcuts import ShortcutsPage

        return ShortcutsPage(self.window.actions_table, self.window)

    @cached_property
    def history(self) -> History:
        """The steps that can be undone."""
        from gui.window.history import History

        return History(self.window.store, self.window)

    @cached_property
    def pictures(self) -> Pictures:
        """Pictures of drawings, kept for the next start beside the settings."""
        from gui.gallery.pictures import Pictures

        return Pictures(self.window.settings.folder / "pictures", self)

    @cached_property
    def gallery(self) -> GalleryWindow:
        """All examples as cards."""
        from gui.gallery.window import GalleryWindow

        return GalleryWindow(self.pictures, self.open_example, self.window)

    def open_example(self, name: str) -> None:
        """Show an example, after the question about what is not saved."""
        self.window.filing.open_example(path_of(name))

    @cached_property
    def taking(self) -> Taking:
        """Pictures and tables to take away."""
        from gui.window.taking import Taking

        return Taking(self.window)

    def open_analysis(self) -> None:
        """Show the table of all boxes, with the keys in it."""
        self.window.panels.bring("analysis")
        self.analysis.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_outline(self) -> None:
        """Show the drawing as rows of words, with the keys in them."""
        self.window.panels.bring("outline")
        self.outline.take_keys()

    def open_options(self) -> None:
        """Put the keys into the first option of what is selected."""
        self.window.panels.bring("box")
        self.window.inspector.begin()

    def open_history(self) -> None:
        """Show the steps at the left top corner of the canvas."""
        self.history.open_beside(self.window.canvas.mapToGlobal(QPoint(12, 12)))
