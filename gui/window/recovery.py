"""Nothing drawn is ever lost: the document is kept beside, and offered again after a crash.

Each window writes its own file a moment after every change, with the newest weights at hand, and
removes it when nothing is unsaved any more. A file whose window is gone is what a crash left
behind. Packing weights takes long, so it is done by a thread.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from engine.spec.codec import Unreadable
from engine.spec.files import SUFFIX, Saved, read, write
from gui.window.filing import Filing

EDIT_MS = 800  # after an edit; the next edit begins the wait anew
TRAINING_MS = 5000  # at most this much of training is lost


class Recovery(QObject):
    """Keeps one window's document in `folder` as long as something in it is unsaved."""

    def __init__(self, filing: Filing, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.filing, self.folder = filing, folder
        self.path = folder / f"{os.getpid()}-{secrets.token_hex(8)}{SUFFIX}"
        self._lock = QLockFile(str(self.path) + ".lock")
        self._writer = threading.Thread()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)
        filing.store.undo_stack.indexChanged.connect(self._edited)
        filing.store.replaced.connect(self.forget)
        filing.run.held_changed.connect(self._weights_came)
        filing.saved.connect(self.write)

    def _edited(self) -> None:
        self._timer.start(EDIT_MS)

    def _weights_came(self) -> None:
        if not self._timer.isActive():
            self._timer.start(TRAINING_MS)

    def write(self) -> None:
        """Write what there is now if it is unsaved, without holding up the window."""
        if not self.filing.is_modified:
            self.forget()
        elif self._writer.is_alive():
            self._timer.start(EDIT_MS)
        else:
            self._writer = threading.Thread(target=self._put, args=(self.filing.content(),))
            self._writer.start()

    def write_now(self) -> bool:
        """Write what there is now, and say whether it is on the disk."""
        self.wait()
        return self._put(self.filing.content())

    def wait(self) -> None:
        """Until what is being written is on the disk."""
        if self._writer.is_alive():
            self._writer.join()

    def _put(self, saved: Saved) -> bool:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock.tryLock(0)
            write(self.path, saved, embed=False)
        except OSError:
            return False  # a full disk must not stop the person
        return True

    def forget(self) -> None:
        """The document is safe elsewhere, or was given up."""
        self._timer.stop()
        self.wait()
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
        self._lock.unlock()

    def left_behind(self) -> list[tuple[Path, Saved]]:
        """The documents of windows that ended without closing, newest first."""
        found = []
        for path in sorted(self.folder.glob(f"*{SUFFIX}"), key=_age, reverse=True):
            lock = QLockFile(str(path) + ".lock")
            lock.setStaleLockTime(0)
            if path != self.path and lock.tryLock(0):  # its window is gone
                lock.unlock()
                with contextlib.suppress(Unreadable, OSError):
                    found.append((path, read(path)))
        return found


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
