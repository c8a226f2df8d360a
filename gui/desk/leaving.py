"""What is unsaved when several documents are closed: asked one by one, or listed at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from gui.formats import count
from gui.words import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.window.main_window import MainWindow


class Leaving(QObject):
    """Asks, and closes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self._is_asking = False

    def close_others(self, kept: MainWindow) -> None:
        """Close every tab but one; each that has something unsaved asks, and cancelling ends it."""
        others = [window for window in self.desk.windows if window is not kept]
        for window in others:
            if not window.filing.is_modified:
                self.desk.drop(window)
        self._ask_one_by_one([w for w in others if w in self.desk.windows], kept)

    def _ask_one_by_one(self, left: list[MainWindow], kept: MainWindow) -> None:
        if not left:
            if kept in self.desk.windows:
                self.desk.show_document(kept)
            return
        window, *others = left
        self.desk.show_document(window)

        def done() -> None:
            self.desk.drop(window)
            self._ask_one_by_one(others, kept)

        window.filing.leave(done)

    def ask(self, then: Callable[[], object]) -> None:
        """Call `then`, which gives up all documents; what is unsaved is listed first."""
        unsaved = [window for window in self.desk.windows if window.filing.is_modified]
        if len(unsaved) == 1:
            self.desk.show_document(unsaved[0])
            unsaved[0].filing.leave(then)
        elif unsaved and not self._is_asking:
            self._is_asking = True
            answer = self._question(unsaved)
            self._is_asking = False
            if answer == "save":
                self._save_all(unsaved, then)
            elif answer == "discard":
                then()
        elif not unsaved:
            then()

    def _question(self, unsaved: list[MainWindow]) -> str:
        box = QMessageBox(self.desk)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("file.unsaved_title"))
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
        names = "\n".join(f"• {window.filing.name}" for window in unsaved)
        box.setText(tr("tabs.unsaved_all", count=count(len(unsaved)), names=names))
        save = box.addButton(tr("tabs.save_all"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("tabs.discard_all"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(save)
        box.setEscapeButton(box.addButton(tr("file.cancel"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        answers = {save: "save", discard: "discard"}
        return next((name for b, name in answers.items() if b is box.clickedButton()), "")

    def _save_all(self, left: list[MainWindow], then: Callable[[], object]) -> None:
        """Save one after the other; one that is not saved keeps everything open."""
        if not left:
            then()
            return
        window, *others = left
        self.desk.show_document(window)
        window.filing.save(lambda: self._save_all(others, then))
