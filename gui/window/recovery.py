"""Nothing drawn is ever lost: the document is kept beside, and offered again after a crash.

Each window writes its own file a moment after every change, with the newest weights at hand, and
removes it when it is closed properly. A file whose window is gone is what a crash left behind.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from engine.spec.codec import Unreadable
from engine.spec.files import SUFFIX, Saved, read, write
from gui.run import Run
from gui.store import DocumentStore

DELAY_MS = 800


class Recovery(QObject):
    """Keeps one window's document in `folder`."""

    def __init__(self, store: DocumentStore, run: Run, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.store, self.run, self.folder = store, run, folder
        self.path = folder / f"{os.getpid()}-{id(self):x}{SUFFIX}"
        self._lock = QLockFile(str(self.path) + ".lock")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.write)
        store.undo_stack.indexChanged.connect(lambda _: self._timer.start())
        store.replaced.connect(self.forget)
        run.held_changed.connect(self._timer.start)

    def write(self) -> None:
        """Write what there is now; a full disk must not stop the person."""
        if self.store.undo_stack.isClean() and not self.run.has_result:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.tryLock(0)
            write(self.path, self.run.saved())
        except OSError:
            pass

    def forget(self) -> None:
        """The document is safe elsewhere, or was given up."""
        self._timer.stop()
        self.path.unlink(missing_ok=True)
        self._lock.unlock()

    def left_behind(self) -> tuple[Path, Saved] | None:
        """The newest document of a window that ended without closing, if there is one."""
        found = sorted(self.folder.glob(f"*{SUFFIX}"), key=_age, reverse=True)
        for path in found:
            lock = QLockFile(str(path) + ".lock")
            lock.setStaleLockTime(0)
            if path != self.path and lock.tryLock(0):  # its window is gone
                lock.unlock()
                try:
                    return path, read(path)
                except (Unreadable, OSError):
                    path.unlink(missing_ok=True)
        return None


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
