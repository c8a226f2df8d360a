"""The other open documents, for the command palette: to go to, and to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from gui.commands.finding import Entry
from gui.words import tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


def documents(window: MainWindow) -> Iterator[Entry]:
    """Nothing where there is one document."""
    desk = window.tabs.desk
    if desk is None:
        return
    for place, other in enumerate(desk.windows):
        if other is window:
            continue
        name, path = other.filing.name, str(other.filing.path or tr("tabs.no_file"))
        key = str(other.filing.path or f"{place}.{name}")  # for what was used lately
        show = partial(desk.show_document, other)
        yield Entry(f"document.{key}", "documents", name, show, "mdi6.tab", detail=path)
        compare = partial(window.tabs.comparing.with_open, other)
        sign = "mdi6.compare-horizontal"
        yield Entry(f"compare.{key}", "comparing", name, compare, sign, detail=path)
