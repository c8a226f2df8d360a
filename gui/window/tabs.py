"""What the actions about several documents do in one window: they ask the desk that holds it.

A window that stands alone has one document at a time, and most of them are not possible there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.spec.files import Saved
from gui.formats import count
from gui.settings import Settings
from gui.window.comparing import Comparing
from gui.words import tr

if TYPE_CHECKING:
    from gui.desk.desk import Desk
    from gui.window.main_window import MainWindow

YES, NO = "yes", "no"


def opens_again(settings: Settings) -> bool:
    """Whether the documents of the last time are opened at the start; not unless asked for."""
    return settings.text("open_again", (YES, NO), NO) == YES


class Tabs(QObject):
    """Knows the desk, once there is one."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.desk: Desk | None = None
        self.offers = True  # whether this window offers what a crash has left
        self.comparing = Comparing(window)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions call, by id."""
        return {
            "close": self.close,
            "compare": self.comparing.open_menu,
            "reopen_closed": self.reopen,
            "next_tab": lambda: self.step(1),
            "previous_tab": lambda: self.step(-1),
            "open_again": self.switch_open_again,
            "quit": lambda: (self.desk or self.window).close(),
        }

    def refresh(self) -> None:
        """Say what is possible now, and how many others train."""
        window, desk = self.window, self.desk
        several = desk is not None and len(desk.windows) > 1
        for id in ("next_tab", "previous_tab"):
            window.actions_table.allow(id, several, tr("tabs.only_one"))
        some = desk is not None and bool(desk.closed)
        window.actions_table.allow("reopen_closed", some, tr("tabs.none_closed"))
        window.actions_table["open_again"].setChecked(opens_again(window.settings))

    def close(self) -> None:
        """Close this document."""
        if self.desk is None:
            self.window.close()
        else:
            self.desk.close_document(self.window)

    def reopen(self) -> None:
        """Bring back what was closed last."""
        if self.desk is not None:
            self.desk.reopen()

    def step(self, by: int) -> None:
        """Show the next document, or the one before."""
        if self.desk is not None:
            self.desk.step(by)

    def switch_open_again(self) -> None:
        """Open the documents of today at the next start, or do not."""
        settings = self.window.settings
        settings.set_text("open_again", NO if opens_again(settings) else YES)
        self.refresh()

    def open_all(self, paths: Sequence[Path]) -> None:
        """Open files, each in a tab of its own; alone, the first of them."""
        for path in paths if self.desk is not None else paths[:1]:
            self.window.open_path(path)

    def offer_recovery(self) -> None:
        """Offer what a window that ended without closing has left: with a desk, all of it."""
        if not self.offers:
            return
        found = self.window.recovery.left_behind()
        left = found if self.desk is not None else found[:1]
        if not left:
            return

        def restore() -> None:
            self._restore(left)

        def discard() -> None:
            for path, _ in left:
                path.unlink(missing_ok=True)

        several = len(left) > 1
        number = count(len(left))
        self.window.notice.say(
            lambda: tr("recovery.offer_all", count=number) if several else tr("recovery.offer"),
            (
                lambda: tr("recovery.restore_all" if several else "recovery.restore"),
                restore if self.desk is not None else lambda: self.window.filing.leave(restore),
            ),
            (lambda: tr("recovery.discard_all" if several else "recovery.discard"), discard),
            severity="info",
        )

    def _restore(self, left: Sequence[tuple[Path, Saved]]) -> None:
        for path, saved in left:
            window = self.window if self.desk is None else self.desk.room_in(self.window)
            window.filing.take_over(saved)
            if window.recovery.write_now():
                path.unlink(missing_ok=True)
