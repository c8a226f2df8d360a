"""Taking a drawing away: as a picture into a file or onto the clipboard, or as a table in text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from gui.canvas.picture import Picture
from gui.canvas.picture_files import FORMATS, for_clipboard, write
from gui.file_words import write_error
from gui.formats import count
from gui.network_table import as_markdown, rows_of
from gui.window.picture_dialog import PictureDialog
from gui.words import tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


class Taking(QObject):
    """What is selected is meant; everything, if nothing is."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window

    @property
    def _can(self) -> bool:
        """Whether anything is drawn; if not, that is said."""
        drawn = bool(self.window.store.document.network.nodes)
        if not drawn:
            self.window.notice.say(lambda: tr("picture.empty"), severity="info")
        return drawn

    def export_picture(self) -> None:
        """Ask how the picture is to look, then for a file, and write it."""
        if not self._can:
            return
        window, scene = self.window, self.window.canvas.canvas
        dialog = PictureDialog(scene, window.store.selection, window.settings, window)
        is_wanted = dialog.exec() == QDialog.DialogCode.Accepted
        wish = dialog.wish
        dialog.deleteLater()
        path = self._ask(wish.form) if is_wanted else None
        if path is None:
            return
        try:
            write(path, Picture(scene, wish.ids), wish.ground, wish.scale, window.filing.name)
        except OSError as error:
            problem = error  # `error` itself ends with this block
            window.notice.say(lambda: write_error(path, problem))

    def _ask(self, form: str) -> Path | None:
        """A path; one without an ending that is known gets that of the form."""
        filing = self.window.filing
        folder = filing.path.parent if filing.path else Path.home()
        kinds = [f"{tr(f'picture.form.{name}')} (*.{name})" for name in FORMATS]
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            tr("picture.title"),
            str(folder / f"{filing.name}.{form}"),
            ";;".join(kinds),
            kinds[FORMATS.index(form)],
        )
        if not name:
            return None
        path = Path(name)
        if path.suffix.lower().removeprefix(".") in FORMATS:
            return path
        path = path.with_name(f"{path.name}.{form}")
        asked_of_this_name = not path.exists() or filing.may_replace(path)
        return path if asked_of_this_name else None

    def copy_picture(self) -> None:
        """Put a picture on white paper onto the clipboard."""
        if self._can:
            ids = self.window.store.selection
            picture = Picture(self.window.canvas.canvas, ids)
            data = for_clipboard(picture, "white", self.window.filing.name)
            QGuiApplication.clipboard().setMimeData(data)
            self._say("picture.copied", len(picture.nodes))

    def copy_text(self) -> None:
        """Put a table of layers in Markdown onto the clipboard."""
        if self._can:
            store = self.window.store
            rows = rows_of(store.document, store.analysis)
            chosen = [row for row in rows if row.id in store.selection] or rows
            QGuiApplication.clipboard().setText(as_markdown(chosen, self.window.filing.name))
            self._say("picture.text_copied", len(chosen))

    def _say(self, key: str, boxes: int) -> None:
        self.window.notice.say(lambda: tr(key, count=count(boxes)), severity="info")
