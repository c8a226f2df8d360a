"""The foot of the import page: what else is wished, how far reading is, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from gui.theme import STEP
from gui.words import tr

BAR = 160


class Footer(QWidget):
    """Two ticks, a progress bar, Cancel and the primary button."""

    cancelled = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.embed, self.build = QCheckBox(), QCheckBox()
        self.state, self.bar = QLabel(), QProgressBar()
        self.state.setObjectName("faint")
        self.bar.setFixedWidth(BAR)
        self.bar.setTextVisible(False)
        self.cancel, self.use = QPushButton(), QPushButton()
        self.cancel.setAutoDefault(False)
        self.use.setDefault(True)
        self.cancel.clicked.connect(self.cancelled)
        self.use.clicked.connect(self.accepted)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * STEP, 3 * STEP, 4 * STEP, 3 * STEP)
        row.setSpacing(3 * STEP)
        row.addWidget(self.build)
        row.addWidget(self.embed)
        row.addStretch(1)
        for widget in (self.state, self.bar, self.cancel, self.use):
            row.addWidget(widget)

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Show that something is going on; without words, that nothing is."""
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.bar.setVisible(bool(words))
        self.bar.setRange(0, 1000 if total else 0)  # from 0 to 0: busy, nobody knows how long
        self.bar.setValue(round(1000 * min(done / total, 1.0)) if total else 0)

    def retranslate(self) -> None:
        """Words of the present language."""
        for box, key in ((self.embed, "import.embed"), (self.build, "import.build")):
            box.setText(tr(key))
            box.setToolTip(tr(f"{key}.tip"))
        self.cancel.setText(tr("import.cancel"))
        self.cancel.setToolTip(tr("import.cancel.tip"))
        self.use.setText(tr("import.use"))
        self.use.setToolTip(tr("import.use.tip"))
        self.bar.setAccessibleName(tr("import.progress"))
