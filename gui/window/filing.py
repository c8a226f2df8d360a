"""Opening and saving: the file behind the window, and the question about unsaved changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.files import SUFFIX, Saved, read, write
from gui.file_words import read_error
from gui.run import Run
from gui.settings import Settings
from gui.store import DocumentStore
from gui.words import tr

WELCOME = Path(__file__).resolve().parents[2] / "resources" / "examples" / "welcome.json"
STATE_MS = 4000  # how long to wait for the engine's weights before saving those at hand


class Filing(QObject):
    """Knows the path and whether anything is unsaved. `failed` carries a sentence to show."""

    changed = Signal()  # path or modified
    failed = Signal(str)

    def __init__(self, store: DocumentStore, run: Run, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.store, self.run, self.settings, self.window = store, run, settings, window
        self.path: Path | None = None
        self._trained_since_save = False
        store.undo_stack.cleanChanged.connect(lambda _: self.changed.emit())
        run.points_added.connect(self._note_training)

    @property
    def is_modified(self) -> bool:
        """Whether closing would lose something."""
        return not self.store.undo_stack.isClean() or self._trained_since_save

    @property
    def name(self) -> str:
        """What the title bar calls the document."""
        return self.path.stem if self.path is not None else tr("file.untitled")

    def _note_training(self) -> None:
        if not self._trained_since_save:
            self._trained_since_save = True
            self.changed.emit()

    # opening

    def new(self) -> None:
        """An empty canvas."""
        self.leave(lambda: self._take(Saved(Document()), None))

    def welcome(self) -> None:
        """The welcome document: a network ready to train."""
        self.leave(lambda: self._take(read(WELCOME), None))

    def ask_open(self) -> None:
        """Ask for a file, and open it."""
        self.leave(self._choose)

    def _choose(self) -> None:
        start = str(self.path.parent if self.path else Path.home())
        pattern = f"{tr('file.kind')} (*{SUFFIX} *.json)"
        name, _ = QFileDialog.getOpenFileName(self.window, tr("file.open_title"), start, pattern)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Open a file; on failure say why, and keep what is shown."""
        try:
            saved = read(path)
            self._take(saved, path if path.suffix == SUFFIX else None)
        except (Unreadable, OSError) as error:
            self.failed.emit(read_error(path, error))
            return False
        self.settings.add_recent(path)
        return True

    def _take(self, saved: Saved, path: Path | None) -> None:
        self.store.open(saved.document)
        self.run.open(saved)
        self.path, self._trained_since_save = path, False
        self.changed.emit()

    def take_over(self, saved: Saved) -> None:
        """Show a document that no file holds yet, such as one saved from a crash."""
        self._take(saved, None)
        self.store.undo_stack.resetClean()
        self.changed.emit()

    # saving

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save to the known path, or ask for one; `then` is called once it is on the disk."""
        if self.path is None:
            self.save_as(then)
        else:
            self._save_to(self.path, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a path, and save."""
        start = str((self.path or Path.home() / self.name).with_suffix(SUFFIX))
        pattern = f"{tr('file.kind')} (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(self.window, tr("file.save_title"), start, pattern)
        if name:
            path = Path(name)
            self._save_to(path if path.suffix == SUFFIX else path.with_suffix(SUFFIX), then)

    def _save_to(self, path: Path, then: Callable[[], object] | None) -> None:
        """Save, with the weights as they are now if there is a run."""
        self.run.with_state(STATE_MS, lambda: self._write(path, then))

    def _write(self, path: Path, then: Callable[[], object] | None) -> None:
        try:
            write(path, self.run.saved())
        except OSError as error:
            self.failed.emit(
                tr("file.not_saved", name=path.name, reason=error.strerror or str(error))
            )
            return
        self.path, self._trained_since_save = path, False
        self.store.undo_stack.setClean()
        self.settings.add_recent(path)
        self.changed.emit()
        if then is not None:
            then()

    def leave(self, then: Callable[[], object]) -> None:
        """Call `then`, which gives up the present document; if something is unsaved, ask first."""
        if not self.is_modified:
            then()
            return
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("file.unsaved_title"))
        box.setText(tr("file.unsaved", name=self.name))
        save = box.addButton(tr("file.save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("file.discard"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(tr("file.cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        box.exec()
        if box.clickedButton() is save:
            self.save(then)
        elif box.clickedButton() is discard:
            then()
