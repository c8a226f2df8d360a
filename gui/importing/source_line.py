"""The line at the top of the import page: which files, read as what, and the way to others."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec.recipes import RECIPES
from gui.sizes import least, letters
from gui.theme import FONT_POINTS, STEP, colour, icon
from gui.words import tr

SIDE = 28
FORM_ICONS = {
    "table": "mdi6.table",
    "pictures": "mdi6.image-multiple-outline",
    "arrays": "mdi6.code-brackets",
    "passage": "mdi6.text-box-outline",
    "sounds": "mdi6.waveform",
    "collection": "mdi6.view-grid-outline",
}


class SourceLine(QWidget):
    """Shows a path and a form of data; knows nothing of files."""

    form_chosen = Signal(str)
    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path, self._form = "", ""
        self.mark, self.name, self.folder = QLabel(), QLabel(), QLabel()
        letters(self.name, FONT_POINTS + 3, bold=True)
        self.folder.setObjectName("faint")
        for label in (self.name, self.folder):
            least(label, 80)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
        self.label, self.forms = QLabel(), QComboBox()
        self.label.setObjectName("faint")
        self.label.setBuddy(self.forms)
        self.forms.setObjectName("form")
        self.forms.activated.connect(lambda i: self.form_chosen.emit(self.forms.itemData(i)))
        self.file_button, self.folder_button = QPushButton(), QPushButton()
        self.file_button.clicked.connect(self.file_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.name)
        names.addWidget(self.folder)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        row.setSpacing(2 * STEP)
        row.addWidget(self.mark)
        row.addLayout(names, 1)
        for widget in (self.label, self.forms, self.file_button, self.folder_button):
            row.addWidget(widget)
        for button in (self.file_button, self.folder_button):
            button.setAutoDefault(False)

    def show_source(self, path: str, form: str) -> None:
        """Show where data come from, and as what they are read."""
        self._path, self._form = path, form
        with QSignalBlocker(self.forms):
            self.forms.setCurrentIndex(self.forms.findData(form))
        for widget in (self.label, self.forms, self.file_button, self.folder_button):
            widget.setVisible(bool(path))
        self._elide()
        self.recolour()

    def _elide(self) -> None:
        path = Path(self._path)
        name = path.name or self._path
        for label, text in ((self.name, name), (self.folder, str(path.parent))):
            shown = text if self._path else ""
            mode = Qt.TextElideMode.ElideMiddle
            label.setText(label.fontMetrics().elidedText(shown, mode, label.width()))
            label.setToolTip(self._path)
        self.folder.setVisible(bool(self._path))
        if not self._path:
            self.name.setText(tr("import.title"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def retranslate(self) -> None:
        """Words of the present language."""
        with QSignalBlocker(self.forms):
            self.forms.clear()
            for form in RECIPES:
                self.forms.addItem(tr(f"form.{form}"), form)
            for place, form in enumerate(RECIPES):
                self.forms.setItemData(place, tr(f"form.{form}.tip"), Qt.ItemDataRole.ToolTipRole)
        self.label.setText(tr("import.form"))
        self.forms.setToolTip(tr("import.form.tip"))
        self.forms.setAccessibleName(tr("import.form"))
        self.forms.setPlaceholderText(tr("import.form.unknown"))
        self.file_button.setText(tr("import.file"))
        self.file_button.setToolTip(tr("import.file.tip"))
        self.folder_button.setText(tr("import.folder"))
        self.folder_button.setToolTip(tr("import.folder.tip"))
        self.show_source(self._path, self._form)

    def recolour(self) -> None:
        """Colours of the theme in use."""
        name = FORM_ICONS.get(self._form, "mdi6.database-import-outline")
        self.mark.setPixmap(icon(name, colour("accent")).pixmap(SIDE, SIDE))
        for place, form in enumerate(RECIPES):
            self.forms.setItemIcon(place, icon(FORM_ICONS[form]))
