"""The page of runs joined to the window: bring one back, compare it, forget it, draw its curves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.spec.files import Saved
from engine.spec.history import History
from engine.spec.runs import Record
from gui.runs.model import curve_colour
from gui.runs.page import RunsPage
from gui.theme import tag_colour, theme
from gui.words import tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

ABOUT = "runs"


class EarlierRuns(QObject):
    """Belongs to one window, and goes with it: it listens to the theme, which stays."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.book = window, window.filing.book
        self.page = RunsPage(self.book)
        self.page.restore_wanted.connect(self.restore)
        self.page.compare_wanted.connect(self.compare)
        self.page.forget_wanted.connect(self.forget)
        self.book.overlaid_changed.connect(self.draw)
        window.store.replaced.connect(partial(window.notice.withdraw, ABOUT))
        theme.changed.connect(self.draw)

    def restore(self, number: int) -> None:
        """Bring back the drawing of a run in one step of undo, and its weights if they are kept."""
        record = self.book.record(number)
        if record is None:
            return
        store, run = self.window.store, self.window.run
        kept = store.document
        wanted = record.document
        store.edit(tr("runs.edit.restore", number=number), wanted)
        if record.weights is None:
            told = tr("runs.restored.drawing", number=number)
        else:
            run.open(Saved(wanted, record.weights, record.history))
            told = tr("runs.restored", number=number)
        back = (lambda: tr("runs.undo"), lambda: store.edit(tr("runs.edit.back"), kept))
        self.window.notice.say(lambda: told, back, severity="info", about=ABOUT)

    def compare(self, number: int) -> None:
        """Show what leads from the network of a run to the present one."""
        record = self.book.record(number)
        if record is not None:
            name = tr("runs.short", number=number)
            self.window.tabs.comparing.with_step(record.document, name)

    def forget(self, number: int) -> None:
        """Forget a run, which can be taken back."""
        bring_back = self.book.remove(number)
        self.window.notice.say(
            lambda: tr("runs.forgotten", number=number),
            (lambda: tr("runs.undo"), bring_back),
            severity="info",
            about=ABOUT,
        )

    def draw(self) -> None:
        """Draw the curves of the chosen runs beside the present ones."""
        chosen = [self.book.record(number) for number in sorted(self.book.overlaid)]
        self.window.curves.show_others([_curve(record) for record in chosen if record])


def _curve(record: Record) -> tuple[History, str, str]:
    tint = tag_colour(curve_colour(record.number)).name()
    return History.from_json(record.history), tint, tr("runs.short", number=record.number)
