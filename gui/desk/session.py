"""What the desk shows at the start: the files asked for, those of the last time, or the welcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.spec.files import read
from gui.desk.desk import Desk
from gui.example_files import WELCOME
from gui.window.tabs import opens_again

STARTED = "started"  # whether there was a start before this one


def begin(desk: Desk, paths: Sequence[Path] = ()) -> None:
    """Fill the desk; of the last time only the names of files are remembered."""
    if not paths and opens_again(desk.settings):
        last = [Path(name) for name in desk.settings.words("open_last")]
        paths = [path for path in last if path.is_file()]
    is_first = not desk.settings.text(STARTED, ("yes",), "")
    desk.settings.set_text(STARTED, "yes")
    if paths or not is_first:  # the first time, the first page says what can be done
        desk.current.store.open(read(WELCOME).document)
    for path in paths:
        desk.current.filing.visit(path)
    if paths:
        desk.show_document(desk.windows[0])
