"""Pictures of the main states of the window, with a real training run, to be looked at.

    python tests/screenshots.py FOLDER [--size 1280x800] [--only en-light]

Each state is taken in both languages and both themes: empty, import (a table on the import page),
gallery, welcome, shelf, data (what the network receives), selected, error, training, finished,
looking_back, runs, difference, groups, predictions, plane (a two-feature data set), projector,
large (150 %).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402  # after the path and platform are set
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from engine.spec import edits  # noqa: E402
from engine.spec.document import Document, Group  # noqa: E402
from engine.spec.files import read  # noqa: E402
from gui import theme, words  # noqa: E402
from gui.settings import Settings  # noqa: E402
from gui.sizes import Enlarger  # noqa: E402
from gui.window.main_window import MainWindow  # noqa: E402

LOOKS = [(language, mode) for language in ("en", "zh_CN") for mode in ("light", "dark")]
PATIENCE_MS = 180_000
EXAMPLES = ROOT / "resources" / "examples"


class Photographer:
    """Drives one window through its states, and takes a picture of each in every look."""

    def __init__(self, folder: Path, size: tuple[int, int], looks: list[tuple[str, str]]) -> None:
        self.folder, self.looks = folder, looks
        self.window = MainWindow(Settings(Path(tempfile.mkdtemp())))
        self.window.resize(*size)
        self.window.show()
        self.until(lambda: hasattr(self.window, "predictions"))

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        loop, timer, limit = QEventLoop(), QTimer(), QTimer()
        timer.timeout.connect(lambda: loop.quit() if is_so() else None)
        timer.start(20)
        limit.setSingleShot(True)
        limit.timeout.connect(lambda: sys.exit("the window did not get there in time"))
        limit.start(PATIENCE_MS)
        loop.exec()

    def rest(self, milliseconds: int = 250) -> None:
        """Let drawing catch up."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def take(self, state: str, widget: QWidget | None = None) -> None:
        """One picture of the window, or of a dialog, in every look."""
        for language, mode in self.looks:
            words.set_language(language)
            theme.theme.use(mode)
            self.rest()
            self.until(lambda: self.window.ways.pictures.is_idle)
            (widget or self.window).grab().save(str(self.folder / f"{state}-{language}-{mode}.png"))

    def take_import(self) -> None:
        """A small table, with a gap and a cell that does not fit."""
        path = self.folder / "flowers.csv"
        rows = (f"{i % 9 / 2},{i % 7},{('rose', 'tulip')[i % 2]}" for i in range(60))
        path.write_text("\n".join(["height,width,kind", ",3,rose", *rows, "tall,1,rose"]), "utf-8")
        self.window.import_data(path)
        page = self.window.own_data.dialog
        assert page is not None
        self.until(lambda: not page.reading.is_looking)
        self.take("import", page)
        page.close()
        path.unlink()

    def take_runs(self) -> None:
        """An earlier moment of the run, a second run beside it, what differs, and groups."""
        window = self.window
        first = window.run.moments.all[1]
        window.run.past.show(first)
        self.until(lambda: window.run.past.shown is first)
        self.rest(1500)  # for what flows through the boxes
        self.take("looking_back")
        window.run.past.leave()
        trained = window.store.document
        window.store.edit("", lambda d: edits.set_options(d, "conv2d_1", {"filters": 8}))
        window.run.play()
        self.until(lambda: window.run.status != "finished")
        self.until(lambda: window.run.status == "finished")
        window.filing.book.overlay(1, True)
        window.panels.bring("runs")
        self.take("runs")
        window.earlier_runs.compare(1)
        self.take("difference")
        window.tabs.comparing.close()
        window.filing.book.overlay(1, False)
        window.store.edit("", lambda d: grouped(d))
        self.take("groups")
        window.store.edit("", trained)
        window.panels.bring("curves")

    def run(self) -> None:
        """All states, one after the other."""
        window = self.window
        window.store.open(Document())
        self.take("empty")
        gallery = window.ways.gallery
        gallery.open_page()
        gallery.grid.choose("unet")
        self.take("gallery", gallery)
        gallery.close()
        self.take_import()
        window.store.open(read(EXAMPLES / "welcome.json").document)
        self.take("welcome")
        window.panels.bring("data")
        window.shelf.gallery.choose("wine")
        self.take("shelf")
        window.panels.bring("received")
        self.until(lambda: window.received.pages.currentWidget() is window.received.content)
        self.take("data")
        window.panels.bring("curves")
        window.panels.bring("layers")
        window.store.select(("conv2d_2",))
        self.take("selected")
        window.store.edit("", lambda d: edits.remove_nodes(d, ("flatten_1",)))
        self.take("error")
        window.store.undo_stack.undo()
        self.until(lambda: window.run.engine_state == "ready")
        window.run.play()
        self.until(lambda: len(window.run.history.epochs) >= 4)
        window.run.pause()
        self.until(lambda: window.run.status == "paused")
        self.take("training")
        window.run.play()
        self.until(lambda: window.run.status == "finished")
        self.take("finished")
        self.take_runs()
        window.panels.bring("predictions")
        window.panels.bring("training")
        self.take("predictions")
        window.panels.bring("results")
        self.until(lambda: window.run.watched.results is not None)
        self.take("results")
        window.store.open(read(EXAMPLES / "spiral.json").document)
        window.run.open(read(EXAMPLES / "spiral.json"))
        self.until(lambda: window.run.can_play and not window.run.is_busy)
        window.run.play()
        self.until(lambda: window.run.status == "finished")
        window.panels.bring("predictions")
        self.take("plane")
        window.panels.bring("curves")
        window.looks.switch_projector()
        self.take("projector")
        window.looks.switch_projector()
        theme.theme.resize(1.5)
        self.take("large")
        theme.theme.resize(1.0)
        window.close_without_asking()


def grouped(document: Document) -> Document:
    """The welcome network with one open group and one that is folded."""
    groups = (
        Group("group:1", "Block 1", ("conv2d_1", "max_pool2d_1")),
        Group("group:2", "Block 2", ("conv2d_2", "max_pool2d_2"), is_folded=True),
    )
    return replace(document, groups=groups)


def main() -> None:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--only", default="", help="one look, such as en-light")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    width, height = map(int, asked.size.split("x"))
    application = QApplication(["layerwise"])
    theme.set_up(application, "light")
    Enlarger(application, theme.theme)
    looks = [look for look in LOOKS if asked.only in ("", "-".join(look))]
    Photographer(asked.folder, (width, height), looks).run()


if __name__ == "__main__":  # the engine process imports this file again
    main()
