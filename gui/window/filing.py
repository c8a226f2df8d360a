"""Opening and saving: the file behind the window, and the question about unsaved changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from engine.spec.codec import Unreadable
from engine.spec.document import Document
from engine.spec.embedding import LARGEST
from engine.spec.files import SUFFIX, Saved, read, write
from gui.example_files import WELCOME, read_example
from gui.file_words import read_error, write_error
from gui.run import Run
from gui.runs.book import RunsBook
from gui.settings import Settings
from gui.store import DocumentStore
from gui.words import has, tr

STATE_MS = 4000  # how long to wait for the engine's weights before saving those at hand


@dataclass(frozen=True, slots=True)
class Put:
    """A document that was put away, with its weights and its steps of undo."""

    saved: Saved
    path: Path | None
    example: str
    is_modified: bool


class Host(Protocol):
    """What has room for several documents, and gives each a `Filing` of its own."""

    def room(self, asking: Filing, is_new: bool) -> Filing:
        """Where the next document goes; a new one never goes over an empty one."""

    def reveal(self, path: Path) -> bool:
        """Show the document of a file if it is open already; whether it is."""


class Filing(QObject):
    """Knows the path and whether anything is unsaved."""

    changed = Signal()  # path or modified
    saved = Signal()
    failed = Signal(object)  # a function that says why, in the language of the moment

    def __init__(self, store: DocumentStore, run: Run, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self.store, self.run, self.settings, self.window = store, run, settings, window
        self.path: Path | None = None
        self.host: Host | None = None  # without one, another document takes the place of this one
        self.number = 1  # of a document without a name, where there are several
        self._example = ""
        self._trained_since_save = self._is_asking = False
        self.book = RunsBook(run, self)
        self.book.changed.connect(self._note_training)
        store.undo_stack.cleanChanged.connect(self.changed)
        run.trained.connect(self._note_training)
        run.history_replaced.connect(self._note_reset)

    @property
    def is_modified(self) -> bool:
        """Whether closing would lose something."""
        return not self.store.undo_stack.isClean() or self._trained_since_save

    @property
    def name(self) -> str:
        """What the title bar calls the document."""
        if self.path is not None:
            return self.path.stem
        if has(f"example.{self._example}.name"):
            return tr(f"example.{self._example}.name")
        return f"{tr('file.untitled')} {self.number}" if self.number > 1 else tr("file.untitled")

    @property
    def is_unnamed(self) -> bool:
        """Whether neither a file nor an example gave it a name."""
        return self.path is None and not self._example

    @property
    def is_untouched(self) -> bool:
        """Whether nobody would miss it: empty or an example, and nothing was done to it."""
        steps = self.store.undo_stack.count()
        return self.path is None and not steps and not self.is_modified and not self.run.has_result

    def content(self) -> Saved:
        """All that a file of this document holds."""
        return replace(self.run.saved(), runs=self.book.records)

    def _note_training(self) -> None:
        if not self._trained_since_save:
            self._trained_since_save = True
            self.changed.emit()

    def _note_reset(self) -> None:
        """Without trained weights there is none to lose."""
        if self._trained_since_save and not self.run.has_result:
            self._trained_since_save = False
            self.changed.emit()

    # opening

    def new(self) -> None:
        """An empty canvas."""
        self._show(Saved(Document()), is_new=True)

    def welcome(self) -> None:
        """The welcome document: a network ready to train."""
        self.open_example(WELCOME)

    def open_example(self, path: Path) -> None:
        """A bundled example, which a save never overwrites."""
        self._show(Saved(read_example(path)), path.stem)

    def _show(self, saved: Saved, example: str = "", is_new: bool = False) -> None:
        """Show a document that no file holds, where there is room for it."""
        if self.host is None:
            self.leave(lambda: self._take(saved, None, example))
        else:
            self.host.room(self, is_new)._take(saved, None, example)

    def ask_open(self) -> None:
        """Ask for a file, and open it."""
        if self.host is None:
            self.leave(self._choose)
        else:
            self._choose()

    def _choose(self) -> None:
        start = str(self.path.parent if self.path else Path.home())
        pattern = f"{tr('file.kind')} (*{SUFFIX} *.json)"
        name, _ = QFileDialog.getOpenFileName(self.window, tr("file.open_title"), start, pattern)
        if name:
            self._open_where_room_is(Path(name))

    def visit(self, path: Path) -> None:
        """Open a file where there is room for it; what is unsaved here is not lost by that."""
        if self.host is None:
            self.leave(lambda: self.open(path))
        else:
            self._open_where_room_is(path)

    def _open_where_room_is(self, path: Path) -> None:
        if self.host is None:
            self.open(path)
        elif not self.host.reveal(path.absolute()) and (saved := self._read(path)) is not None:
            self.host.room(self, False)._adopt(saved, path)

    def open(self, path: Path) -> bool:
        """Open a file here; on failure say why, and keep what is shown."""
        saved = self._read(path)
        if saved is not None:
            self._adopt(saved, path)
        return saved is not None

    def _read(self, path: Path) -> Saved | None:
        try:
            return read(path.absolute())
        except (Unreadable, OSError) as error:
            problem = error  # `error` itself ends with this block
            self.failed.emit(lambda: read_error(path.absolute(), problem))
            return None

    def _adopt(self, saved: Saved, path: Path) -> None:
        path = path.absolute()
        self._take(saved, path if is_ours(path) else None)
        self.settings.add_recent(path)

    def _take(self, saved: Saved, path: Path | None, example: str = "") -> None:
        self.run.settle()  # what is being saved is the old document
        self.store.open(saved.document, saved.past)
        self.run.open(saved)
        self.book.open(saved.runs)
        self.path, self._example, self._trained_since_save = path, example, False
        self.changed.emit()

    def put_away(self) -> Put:
        """The document as it is now, to be shown again with `bring_back`."""
        return Put(self.content(), self.path, self._example, self.is_modified)

    def bring_back(self, put: Put) -> None:
        """Show a document that was put away."""
        self._take(put.saved, put.path, put.example)
        if put.is_modified:
            self.store.undo_stack.resetClean()
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
        start = str(self.path or Path.home() / (self.name + SUFFIX))
        pattern = f"{tr('file.kind')} (*{SUFFIX})"
        name, _ = QFileDialog.getSaveFileName(self.window, tr("file.save_title"), start, pattern)
        if not name:
            return
        path = Path(name)
        if not is_ours(path):
            path = path.with_name(path.name + SUFFIX)
            if path.exists() and not self.may_replace(path):  # the dialog asked of another name
                return
        self._save_to(path, then)

    def may_replace(self, path: Path) -> bool:
        """Ask whether a file that exists already may be written over."""
        title, text = tr("file.save_title"), tr("file.replace", name=path.name)
        box, replace = self._question(title, text, tr("file.replace.yes"))
        box.exec()
        return box.clickedButton() is replace

    def _save_to(self, path: Path, then: Callable[[], object] | None) -> None:
        """Save, with the weights as they are now if there is a run."""
        self.run.with_state(STATE_MS, lambda: self._write(path, then))

    def _write(self, path: Path, then: Callable[[], object] | None) -> None:
        try:
            outside = write(path, self.content())
        except OSError as error:
            problem = error  # `error` itself ends with this block
            self.failed.emit(lambda: write_error(path, problem))
            return
        if outside:
            names = ", ".join(outside)
            self.failed.emit(lambda: tr("file.not_embedded", names=names, limit=LARGEST >> 20))
        self.path, self._trained_since_save = path, self.run.is_ahead
        self.store.undo_stack.setClean()
        self.settings.add_recent(path)
        self.changed.emit()
        self.saved.emit()
        if then is not None:
            QTimer.singleShot(0, self, then)  # it may ask something, and the engine's news wait

    def leave(self, then: Callable[[], object]) -> None:
        """Call `then`, which gives up the present document; if something is unsaved, ask first."""
        if not self.is_modified:
            then()
            return
        if self._is_asking:
            return  # such as a second Ctrl+C in the terminal
        title, text = tr("file.unsaved_title"), tr("file.unsaved", name=self.name)
        box, save = self._question(title, text, tr("file.save"))
        discard = box.addButton(tr("file.discard"), QMessageBox.ButtonRole.DestructiveRole)
        self._is_asking = True
        box.exec()
        self._is_asking = False
        if box.clickedButton() is save:
            self.save(then)
        elif box.clickedButton() is discard:
            then()

    def _question(self, title: str, text: str, yes: str) -> tuple[QMessageBox, QPushButton]:
        """A question that can be answered with `yes`, or be taken back."""
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
        box.setText(text)
        accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(accept)
        box.setEscapeButton(box.addButton(tr("file.cancel"), QMessageBox.ButtonRole.RejectRole))
        return box, accept


def is_ours(path: Path) -> bool:
    """Whether a file is named as one of ours; some systems write endings in capitals."""
    return path.suffix.lower() == SUFFIX
