"""What the import page shows before files were chosen, and where files cannot be read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.sizes import letters
from gui.theme import FONT_POINTS, STEP, colour, icon
from gui.words import tr

SIDE = 48
WIDEST = 560


class StartPage(QWidget):
    """A place to drop files on, and two buttons to choose them."""

    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = ""
        self.picture, self.heading, self.line = QLabel(), QLabel(), QLabel()
        letters(self.heading, FONT_POINTS + 3, bold=True)
        self.line.setObjectName("faint")
        self.file_button, self.folder_button = QPushButton(), QPushButton()
        self.file_button.clicked.connect(self.file_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.file_button, self.folder_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * STEP, 8 * STEP, 8 * STEP, 8 * STEP)
        column.setSpacing(3 * STEP)
        column.addStretch(1)
        for label in (self.picture, self.heading, self.line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self.picture)
            label.setTextFormat(Qt.TextFormat.PlainText)
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(label, 8)
            row.addStretch(1)
            column.addLayout(row)
        column.addLayout(buttons)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """Show why files cannot be read; without a sentence, invite."""
        self._sentence = sentence
        self.retranslate()
        self.recolour()
        self.update()

    @property
    def sentence(self) -> str:
        """Why files cannot be read, or nothing."""
        return self._sentence

    def retranslate(self) -> None:
        """Words of the present language."""
        self.heading.setText(tr("import.refused" if self._sentence else "import.drop"))
        self.line.setText(self._sentence or tr("import.drop.line"))
        self.file_button.setText(tr("import.file"))
        self.file_button.setToolTip(tr("import.file.tip"))
        self.folder_button.setText(tr("import.folder"))
        self.folder_button.setToolTip(tr("import.folder.tip"))

    def recolour(self) -> None:
        """Colours of the theme in use."""
        name, tint = "mdi6.tray-arrow-down", "accent"
        if self._sentence:
            name, tint = "mdi6.alert-circle-outline", "error"
        self.picture.setPixmap(icon(name, colour(tint)).pixmap(SIDE, SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed frame, which says: here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("border"), 2.0, Qt.PenStyle.DashLine))
        painter.setBrush(colour("panel"))
        edge = 4.0 * STEP
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 12, 12)
