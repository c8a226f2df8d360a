"""The import page: choose files, check how they are read, use them. It knows no document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.data_protocol import TableGlimpse
from engine.spec.options import NO_OPTIONS, Options
from engine.spec.sources import Source
from gui.data_client import DataClient
from gui.file_words import complaint_text, refusal_text
from gui.formats import count
from gui.importing.columns import columns_of
from gui.importing.footer import Footer
from gui.importing.preview import Preview
from gui.importing.reading import Reading
from gui.importing.recipe_form import RecipeForm
from gui.importing.remarks import Remarks
from gui.importing.source_line import SourceLine
from gui.importing.start_page import StartPage
from gui.theme import STEP
from gui.upkeep import keep_up
from gui.words import tr

WIDTH, HEIGHT = 980, 640
SMALLEST = 760, 480
LEFT = 288


class ImportDialog(QDialog):
    """`used` tells that all was read, and whether a network is wanted with it."""

    used = Signal(object, bool)  # Source

    def __init__(self, client: DataClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reading = Reading(client, self)
        self.source_line, self.start_page = SourceLine(), StartPage()
        self.recipe_form, self.preview = RecipeForm(), Preview()
        self.remarks, self.footer = Remarks(), Footer()
        self.busy, self.line = QProgressBar(), QLabel()
        self.pages = QStackedWidget()
        self._folder = Path.home()
        self._is_new = False  # whether nothing was seen of these files yet
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.resize(WIDTH, HEIGHT)
        self._lay_out()
        self._connect()
        keep_up(self, self.retranslate, self.recolour)

    def _lay_out(self) -> None:
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        kept = self.busy.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.busy.setSizePolicy(kept)
        self.busy.setMaximumHeight(STEP)
        self.line.setObjectName("heading")
        form = QScrollArea()
        form.setWidgetResizable(True)
        form.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        form.setMinimumWidth(LEFT)
        self.recipe_form.setObjectName("panel")
        form.setWidget(self.recipe_form)
        right = QWidget()
        right.setObjectName("panel")
        column = QVBoxLayout(right)
        column.setContentsMargins(3 * STEP, 0, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        for widget in (self.busy, self.remarks, self.preview, self.line):
            column.addWidget(widget, 1 if widget is self.preview else 0)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.right = QStackedWidget()
        self.found = right
        self.right.addWidget(self.found)
        self.split.addWidget(form)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([LEFT, WIDTH - LEFT])
        self.pages.addWidget(self.start_page)
        self.pages.addWidget(self.split)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self.source_line, _rule(), self.pages, _rule(), self.footer):
            whole.addWidget(part, 1 if part is self.pages else 0)

    def _connect(self) -> None:
        for page in (self.source_line, self.start_page):
            page.file_wanted.connect(self.choose_file)
            page.folder_wanted.connect(self.choose_folder)
        self.source_line.form_chosen.connect(self.reading.set_form)
        self.recipe_form.edited.connect(self.reading.set_option)
        self.preview.columns_changed.connect(self.reading.set_columns)
        self.footer.accepted.connect(self.reading.take)
        self.footer.cancelled.connect(self._cancel)
        self.reading.changed.connect(self._show)
        self.reading.taken.connect(self._taken)
        self.reading.seen.connect(self._focus)

    # what others ask for

    def begin(
        self,
        path: str = "",
        form: str = "",
        recipe: Options = NO_OPTIONS,
        embedded: bool = False,
        may_build: bool = False,
    ) -> None:
        """Show the page for files, or to choose some; `may_build` offers a network with them."""
        self.footer.embed.setChecked(embedded)
        self.footer.build.setChecked(may_build)
        self.footer.build.setVisible(may_build)
        if path:
            self._read(path, form, recipe)
        else:
            self._show()
        self.open()

    def choose_file(self) -> None:
        """Ask for a file."""
        title = tr("import.file.title")
        name, _ = QFileDialog.getOpenFileName(self, title, str(self._folder))
        if name:
            self._read(name)

    def choose_folder(self) -> None:
        """Ask for a folder."""
        title = tr("import.folder.title")
        name = QFileDialog.getExistingDirectory(self, title, str(self._folder))
        if name:
            self._read(name)

    def _read(self, path: str, form: str = "", recipe: Options = NO_OPTIONS) -> None:
        self._folder = Path(path).parent
        self._is_new = True
        self.reading.open(path, form, recipe)

    # what is going on

    def _focus(self) -> None:
        """At the first sight of files, the keys go to what was found."""
        if self._is_new:
            self._is_new = False
            self._show()  # first, so that there is something to go to
            if (found := self.preview.currentWidget()) is not None:
                found.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter uses the data, but ends no more than the typing in a field of the form."""
        typed = isinstance(self.focusWidget(), QLineEdit | QAbstractSpinBox)
        if not typed or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _show(self) -> None:
        reading = self.reading
        self.source_line.show_source(reading.path, reading.form)
        self._show_page()
        if reading.form:
            self.recipe_form.show_recipe(reading.form, reading.recipe, reading.glimpse)
        if reading.glimpse is not None:
            wanted = columns_of(reading.recipe)
            self.line.setText(self.preview.show_glimpse(reading.glimpse, wanted))
        self.busy.setVisible(reading.is_looking)
        told = [complaint_text(c.code, c.numbers) for c in reading.complaints]
        if isinstance(reading.glimpse, TableGlimpse) and (wrong := len(reading.glimpse.wrong)):
            told.append(tr("import.wrong_cells", count=count(wrong)))
        refusal = reading.refusal
        if refusal is not None and reading.glimpse is not None:  # of taking
            self.remarks.say([refusal_text(refusal.code, refusal.numbers)], is_error=True)
        else:
            self.remarks.say(told)
        self._show_footer()

    def _show_page(self) -> None:
        """The start page, alone or with a sentence and the form beside it, or what was found."""
        reading, refusal = self.reading, self.reading.refusal
        is_refused = refusal is not None and reading.glimpse is None
        sentence = refusal_text(refusal.code, refusal.numbers) if is_refused and refusal else ""
        if sentence != self.start_page.sentence:
            self.start_page.say(sentence)
        beside = is_refused and bool(reading.form)
        if beside and self.right.indexOf(self.start_page) < 0:
            self.right.addWidget(self.start_page)
        elif not beside and self.pages.indexOf(self.start_page) < 0:
            self.pages.insertWidget(0, self.start_page)
        self.right.setCurrentWidget(self.start_page if beside else self.found)
        is_start = not reading.path or (is_refused and not beside)
        self.pages.setCurrentWidget(self.start_page if is_start else self.split)

    def _show_footer(self) -> None:
        reading, footer = self.reading, self.footer
        may_go = reading.glimpse is not None or (reading.is_looking and reading.refusal is None)
        footer.use.setEnabled(may_go and not reading.is_taking)
        footer.embed.setVisible(bool(reading.path))
        words = ""
        if reading.is_taking:
            words = tr("import.taking")
        elif reading.is_looking and reading.glimpse is None:
            words = tr("import.looking")
        footer.show_progress(words, reading.done, reading.total)
        for widget in (self.recipe_form, self.preview, self.source_line):
            widget.setEnabled(not reading.is_taking)

    def _taken(self, source: Source) -> None:
        wanted = self.footer.build.isChecked() and not self.footer.build.isHidden()
        self.used.emit(replace(source, embedded=self.footer.embed.isChecked()), wanted)
        self.accept()

    def _cancel(self) -> None:
        """Read no further; if nothing is being read, close."""
        if self.reading.is_taking:
            self.reading.stop()
        else:
            self.reject()

    def done(self, result: int) -> None:
        """Close; nothing goes on afterwards."""
        self.reading.stop()
        super().done(result)

    # words, colours, drops

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.setWindowTitle(tr("import.title"))
        self.busy.setAccessibleName(tr("import.looking"))
        for part in (self.source_line, self.start_page, self.footer, self.preview):
            part.retranslate()
        self.recipe_form.forget()
        self.start_page.say("")
        self._show()

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for part in (self.source_line, self.start_page, self.remarks):
            part.recolour()
        self.recipe_form.forget()
        self._show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and not self.reading.is_taking:
            event.acceptProposedAction()
            self._read(paths[0])


def _rule() -> QFrame:
    line = QFrame()
    line.setObjectName("rule")
    line.setFixedHeight(1)
    return line
