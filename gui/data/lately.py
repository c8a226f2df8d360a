"""The files and folders of one's own that were used lately, first on the shelf."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.spec.document import Document
from engine.spec.options import Options
from gui.settings import Settings
from gui.sizes import letters
from gui.theme import STEP, colour, icon, theme
from gui.words import on_language_change, tr

MOST = 4


class Lately(QWidget):
    """A heading and a button for each path; nothing at all where there are none."""

    asked = Signal(object)  # a Path

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.heading = QLabel()
        letters(self.heading, 9.5, bold=True)
        self.buttons: list[QToolButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        theme.changed.connect(self.refresh)
        forget = on_language_change(self.refresh)
        self.destroyed.connect(lambda: forget())
        self.refresh()

    def remember(self, document: Document) -> None:
        """Put what a drawing reads first among the files used lately."""
        paths, known = own_paths(document), self.settings.recent_data()
        if any(path not in known[: len(paths)] for path in paths):
            for path in paths:
                self.settings.add_recent_data(path)
            self.refresh()

    def refresh(self) -> None:
        """Words, colours and paths anew."""
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.heading.setText(tr("shelf.lately"))
        self.buttons = [self._button(path) for path in self.settings.recent_data()[:MOST]]
        for button in self.buttons:
            self._column.addWidget(button)
        self.setVisible(bool(self.buttons))

    def _button(self, path: Path) -> QToolButton:
        button = QToolButton()
        button.setObjectName("path")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        sign = "mdi6.folder-outline" if path.is_dir() else "mdi6.file-outline"
        button.setIcon(icon(sign, colour("faint")))
        button.setText(path.name.replace("&", "&&"))
        button.setToolTip(tr("shelf.again", path=str(path)))
        button.setAccessibleName(tr("shelf.again", path=path.name))
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._again, path))
        return button

    def _again(self, path: Path, checked: bool = False) -> None:
        self.asked.emit(path)


def own_paths(document: Document) -> list[Path]:
    """The files of a person's own that a drawing reads."""
    origins = (node.options.get("origin") for node in document.network.nodes)
    paths = (origin.get("path") for origin in origins if isinstance(origin, Options))
    return [Path(path) for path in paths if isinstance(path, str) and path]
