"""What a person is asked at the very first start: language, colours, and how much to show."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.level import BEGINNER, LEVELS, level
from gui.sizes import icons, least, letters
from gui.theme import STEP, colour, icon, theme
from gui.window.looks import Looks
from gui.words import LANGUAGES, language, on_language_change, tr

MODES = {"light": "mdi6.white-balance-sunny", "dark": "mdi6.weather-night"}
SIGNS = {"beginner": "mdi6.sprout-outline", "everything": "mdi6.toolbox-outline"}


class FirstStart(QDialog):
    """Three rows of large buttons, applied at once; a level ends it. Closing means a beginner."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = looks
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.line = QLabel(), QLabel()
        self.title.setObjectName("heading")
        self.line.setObjectName("faint")
        self.line.setWordWrap(True)
        letters(self.title, 15.0, bold=True)
        self.languages = {name: QPushButton() for name in LANGUAGES}
        self.modes = {name: QPushButton() for name in MODES}
        self.levels = {name: QPushButton() for name in LEVELS}
        self.about = {name: QLabel() for name in LEVELS}
        self._lay_out()
        for name, button in self.languages.items():
            button.clicked.connect(partial(looks.use_language, name))
        for name, button in self.modes.items():
            button.clicked.connect(partial(looks.use_theme, name))
        for name, button in self.levels.items():
            button.clicked.connect(partial(self._choose, name))
        theme.changed.connect(self.refresh)
        self.destroyed.connect(on_language_change(self.refresh))
        self.refresh()
        self.levels[BEGINNER].setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * STEP, 7 * STEP, 8 * STEP, 8 * STEP)
        column.setSpacing(3 * STEP)
        column.addWidget(self.title)
        column.addWidget(self.line)
        for buttons in (self.languages, self.modes):
            row = QHBoxLayout()
            row.setSpacing(3 * STEP)
            for button in buttons.values():
                button.setCheckable(True)
                button.setObjectName("choice")
                button.setAutoExclusive(False)
                least(button, 200, 40)
                row.addWidget(button)
            column.addLayout(row)
        cards = QHBoxLayout()
        cards.setSpacing(3 * STEP)
        for name, button in self.levels.items():
            card = QVBoxLayout()
            least(button, 200, 64)
            icons(button, 24, 24)
            self.about[name].setObjectName("faint")
            self.about[name].setWordWrap(True)
            card.addWidget(button)
            card.addWidget(self.about[name], 0, Qt.AlignmentFlag.AlignTop)
            card.addStretch(1)
            cards.addLayout(card, 1)
        column.addSpacing(2 * STEP)
        column.addLayout(cards)

    def _choose(self, name: str) -> None:
        self.looks.use_level(name)
        self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.reject()
        super().closeEvent(event)

    def reject(self) -> None:
        """Skipped: a beginner sees less, and finds where the rest is."""
        self.looks.use_level(BEGINNER)
        super().reject()

    def refresh(self) -> None:
        """Words and colours anew."""
        self.setWindowTitle(tr("app.name"))
        self.title.setText(tr("first.title"))
        self.line.setText(tr("first.line"))
        for name, button in self.languages.items():
            button.setText(LANGUAGES[name])
            button.setToolTip(tr("settings.language.tip"))
            button.setChecked(name == language())
        dark = "dark" if theme.is_dark else "light"
        for name, button in self.modes.items():
            button.setText(tr(f"settings.theme.{name}"))
            button.setToolTip(tr("settings.theme.tip"))
            button.setIcon(icon(MODES[name]))
            button.setChecked(name == dark)
        for name, button in self.levels.items():
            button.setText(tr(f"level.{name}"))
            button.setToolTip(tr("settings.level.tip"))
            self.about[name].setText(tr(f"level.{name}.about"))
            button.setIcon(icon(SIGNS[name], colour("on_accent" if name == BEGINNER else "text")))
        self.levels[BEGINNER].setObjectName("primary")


def is_first(looks: Looks) -> bool:
    """Whether nobody was asked yet."""
    return looks.window.settings.any_text("level") not in LEVELS and not level.is_beginner
