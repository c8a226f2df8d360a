"""Data of a person's own in the window: imported, changed, and found again after a move."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.data_protocol import Answer, Identified, Identify, Refused
from engine.layers.starters import with_network
from engine.protocol import Failed
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.options import NO_OPTIONS
from engine.spec.sources import Source, with_sources
from gui.canvas.layout import arranged
from gui.data_client import DataClient
from gui.file_words import complaint_text, refusal_text
from gui.importing.dialog import ImportDialog
from gui.importing.placing import box_for, sources_of, with_source
from gui.store import DocumentStore
from gui.window.notice import Action, Notice, Words
from gui.words import tr

ABOUT = "sources"  # what its sentences in the strip are about
NETWORK = "network"


class OwnData(QObject):
    """Puts what the import page read into the document, and asks where files are now."""

    help_asked = Signal(str)  # the form of the files on the import page; empty: none yet
    used = Signal()  # a source came into the document
    built = Signal()  # and a network with it

    def __init__(
        self, store: DocumentStore, client: DataClient, notice: Notice, window: QWidget
    ) -> None:
        super().__init__(window)
        self.store, self.client, self.notice, self.window = store, client, notice, window
        self.dialog: ImportDialog | None = None
        self._offered = ""  # the data box for which a network was offered last
        self._was_alone = False  # whether that box was all there was
        self._sought: dict[int, tuple[Source, str]] = {}  # by task: what is sought, and where
        store.changed.connect(self._forget)
        store.replaced.connect(self.check)
        client.answered.connect(self._identified)
        client.refused.connect(self._not_identified)

    def _forget(self, old: Document, new: Document) -> None:
        """What was said about sources or a network is not said about others, or after undo."""
        if sources_of(old) != sources_of(new):
            self.notice.withdraw(ABOUT)
        is_begun = self._was_alone and len(new.network.nodes) > 1  # by hand: the words are wrong
        if is_begun or not self.store.analysis.errors or not new.network.has(self._offered):
            self.notice.withdraw(NETWORK)

    def _say(self, words: Words, *actions: Action, severity: str = "error") -> None:
        self.notice.say(words, *actions, severity=severity, about=ABOUT)

    # importing

    def import_data(self, path: str = "", box: str = "", choose: str = "file") -> None:
        """Show the import page for `path`, or ask for a "file" or "folder" over it.

        `box` is the data box that is meant; otherwise it is the one that is selected, or the only
        one, or a new one.
        """
        page = self._page(box)
        page.begin(path, may_build=not self.store.document.network.nodes)
        if not path and choose == "folder":
            page.choose_folder()
        elif not path:
            page.choose_file()

    def do(self, box: str, what: str) -> None:
        """What the page of a data box asks for."""
        match what:
            case "file" | "folder":
                self.import_data(box=box, choose=what)
            case "change":
                self.change(box)
            case "show":
                self.show_where(box)
            case "embed" | "unembed":
                self.embed(box, what == "embed")

    def change(self, box: str) -> None:
        """Show the import page for the files of a data box, read as they are now."""
        source = sources_of(self.store.document).get(box)
        if source is not None:
            page = self._page(box)
            page.begin(source.path, source.form, source.recipe, source.embedded)

    def _page(self, box: str) -> ImportDialog:
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
        self.dialog = page = ImportDialog(self.client, self.window)
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), page)
        key.activated.connect(lambda: self.help_asked.emit(page.reading.form))
        page.used.connect(partial(self._use, page, box))
        return page

    def _use(self, page: ImportDialog, box: str, source: Source, builds: bool) -> None:
        """One edit: the data box holds the source."""
        document = self.store.document
        place = box or box_for(document, self.store.selection)
        after, id = with_source(document, source, place)
        if builds:
            after = _built(after, id)
        self.store.edit(tr("edit.import", name=source.name), after)
        self.store.select((id,))
        if builds:
            self.built.emit()
        else:
            self.offer(id, lambda: source.name)
        told = page.reading.complaints
        if told:
            self._say(
                lambda: " ".join(complaint_text(c.code, c.numbers) for c in told), severity="info"
            )
        self.used.emit()

    def offer(self, box: str, name: Words) -> None:
        """Offer a network that fits the data in a box, where what is drawn does not."""
        self.notice.withdraw(NETWORK)
        if not self.store.analysis.errors:
            return
        self._offered = box
        self._was_alone = is_alone = len(self.store.document.network.nodes) == 1
        sentence, button = ("own.alone", "own.begin") if is_alone else ("own.unfit", "own.build")
        build = (lambda: tr(button), lambda: self.build(box))
        self.notice.say(lambda: tr(sentence, name=name()), build, severity="info", about=NETWORK)

    def build(self, box: str) -> None:
        """Put a network that fits in the place of all that a data box leads to."""
        if self.store.document.network.has(box):
            self.store.edit(tr("own.build"), lambda d: _built(d, box))
            self.built.emit()

    def embed(self, box: str, embedded: bool) -> None:
        """Let saved documents carry the files of a data box, or not."""
        source = sources_of(self.store.document).get(box)
        if source is not None:
            kept = replace(source, embedded=embedded)
            self.store.edit(tr("edit.embed"), lambda d: with_source(d, kept, box)[0])

    # files that are not where they were

    def check(self) -> None:
        """Another document: say of which sources the files are gone."""
        self.notice.withdraw(NETWORK)
        gone = {s.path: s for s in sources_of(self.store.document).values() if is_gone(s)}
        for path in gone:
            words = partial(tr, "refusal.missing", path=path)
            self._say(words, *self._ways_out(path))

    def actions_for(self, failure: Failed) -> tuple[Action, ...]:
        """What can be done about a run that could not read its data."""
        if failure.code in ("refusal.missing", "refusal.changed"):
            return self._ways_out(str(failure.numbers.get("path", "")))
        return ()

    def _ways_out(self, path: str) -> tuple[Action, ...]:
        boxes = [id for id, s in sources_of(self.store.document).items() if s.path == path]
        if not boxes:
            return ()
        show = (lambda: tr("own.show"), lambda: self.show_where(boxes[0]))
        if not os.path.exists(path):
            return (show,)
        return show, (lambda: tr("own.again"), lambda: self.change(boxes[0]))

    def show_where(self, box: str) -> None:
        """Ask where the files of a data box are now; whether they are the same is looked at."""
        source = sources_of(self.store.document).get(box)
        if source is None:
            return
        title, folder = tr("own.show.title", name=source.name), _nearest(Path(source.path))
        if Path(source.path).suffix:
            path, _ = QFileDialog.getOpenFileName(self.window, title, str(folder))
        else:
            path = QFileDialog.getExistingDirectory(self.window, title, str(folder))
        if path:
            self._sought[self.client.ask(Identify(0, path))] = source, path

    def _identified(self, answer: Answer) -> None:
        if not isinstance(answer, Identified) or answer.task not in self._sought:
            return
        source, path = self._sought.pop(answer.task)
        if answer.fingerprint == source.fingerprint:
            self.store.edit(tr("own.show"), lambda d: _moved(d, source, path))
            return
        name = Path(path).name
        self._say(
            lambda: tr("own.another", name=name),
            (lambda: tr("own.again"), lambda: self._again(source, path)),
            severity="info",
        )

    def _again(self, source: Source, path: str) -> None:
        """Import other files in place of a source, read as that one was."""
        boxes = [id for id, s in sources_of(self.store.document).items() if s == source]
        page = self._page(boxes[0] if boxes else "")
        page.begin(path, source.form, source.recipe if boxes else NO_OPTIONS, source.embedded)

    def _not_identified(self, refusal: Refused) -> None:
        if self._sought.pop(refusal.task, None) is not None:
            self._say(lambda: refusal_text(refusal.code, refusal.numbers))


def is_gone(source: Source) -> bool:
    """Whether nothing stands where a source lay."""
    return not os.path.exists(source.path)


def _built(document: Document, box: str) -> Document:
    """The document with nothing but a data box and a network behind it, in rows."""
    others = {node.id for node in document.network.nodes} - {box}
    document = with_network(edits.remove_nodes(document, others), box)
    return edits.move_nodes(document, arranged(document.network))


def _moved(document: Document, source: Source, path: str) -> Document:
    """The document whose sources at the place of `source` lie at `path`."""

    def change(each: Source) -> Source:
        return replace(each, path=path) if each.path == source.path else each

    return with_sources(document, change)


def _nearest(path: Path) -> Path:
    """The nearest folder above a path that is there."""
    return next((folder for folder in path.parents if folder.is_dir()), Path.home())
