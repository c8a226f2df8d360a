"""The head of the shelf: data of one's own are opened or dropped here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec.files import SUFFIX
from gui.sizes import icons
from gui.theme import STEP, colour, icon, theme
from gui.words import on_language_change, tr


class OwnFiles(QFrame):
    """A button, and a place to drop files on."""

    asked = Signal(object)  # a Path, or None: the person chooses one

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self.open, self.hint = QPushButton(), QLabel()
        self.open.setObjectName("primary")
        icons(self.open, 18, 18)
        self.hint.setObjectName("faint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, 2 * STEP, 2 * STEP, STEP)
        column.setSpacing(STEP)
        column.addWidget(self.open)
        column.addWidget(self.hint)
        self.open.clicked.connect(lambda: self.asked.emit(None))
        theme.changed.connect(self.refresh)
        forget = on_language_change(self.refresh)
        self.destroyed.connect(lambda: forget())
        self.refresh()

    def refresh(self) -> None:
        """Words and colours anew."""
        self.open.setText(tr("shelf.open"))
        self.open.setToolTip(tr("shelf.open_tip"))
        self.open.setIcon(icon("mdi6.folder-open-outline", colour("on_accent")))
        self.hint.setText(tr("shelf.drop"))

    # files from outside

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_path(event) is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_path(event)
        self.light(False)
        if path is not None:
            event.acceptProposedAction()
            self.asked.emit(path)

    def light(self, on: bool) -> None:
        """Show that a file may be let go here."""
        self.setProperty("lit", on)
        self.style().unpolish(self)
        self.style().polish(self)


def dropped_path(event: QDropEvent) -> Path | None:
    """The file or folder that is dropped, unless it is a drawing of ours."""
    for url in event.mimeData().urls():
        path = Path(url.toLocalFile())
        if url.isLocalFile() and path.exists() and path.suffix.lower() not in (SUFFIX, ".json"):
            return path
    return None
