"""The part of a data box's page about files of one's own: which they are, and what can be done."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.spec.sources import Source
from gui.option_words import hover
from gui.theme import STEP, colour, icon
from gui.words import tr

BUTTONS = ("file", "folder", "change", "show")  # what is wanted
SIDE = 18


class OwnPart(QWidget):
    """Knows a source, not the document; `wanted` says what a person asks for."""

    wanted = Signal(str)  # one of BUTTONS, "embed" or "unembed"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.name, self.line = QLabel(), QLabel(), QLabel()
        self.name.setObjectName("heading")
        for label in (self.name, self.line):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
        self.embed = QCheckBox(tr("import.embed"))
        self.embed.setAccessibleName(tr("import.embed"))
        self.embed.setToolTip(hover(tr("import.embed"), tr("import.embed.tip")))
        self.embed.toggled.connect(  # not clicked: screen readers toggle without a click
            lambda checked: self.wanted.emit("embed" if checked else "unembed")
        )
        self.buttons = {name: self._button(name) for name in BUTTONS}
        grid = QGridLayout()
        grid.setSpacing(2 * STEP)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.mark, 0, 0)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.line, 1, 0, 1, 2)
        keys = QGridLayout()
        keys.setSpacing(STEP)
        for place, button in enumerate(self.buttons.values()):  # the first two side by side
            wide = place > 1
            keys.addWidget(button, place if wide else 0, 0 if wide else place, 1, 1 + wide)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addLayout(grid)
        column.addLayout(keys)
        column.addWidget(self.embed)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(tr(f"own.{name}"))
        button.setObjectName(name)
        button.setAccessibleName(tr(f"own.{name}"))
        button.setToolTip(hover(tr(f"own.{name}"), tr(f"own.{name}.tip")))
        button.clicked.connect(lambda: self.wanted.emit(name))
        return button

    def show_source(self, source: Source | None) -> None:
        """Show where data come from, and what can be done; None where none were chosen yet."""
        is_gone = source is not None and not os.path.exists(source.path)
        symbol, tint = "mdi6.database-outline", colour("accent")
        if is_gone:
            symbol, tint = "mdi6.alert-circle-outline", colour("error")
        self.mark.setPixmap(icon(symbol, tint).pixmap(SIDE, SIDE))
        self.name.setText(source.name if source is not None else tr("own.none"))
        line = tr("own.none.line")
        if source is not None:
            line = str(Path(source.path).parent)
        if source is not None and is_gone:
            line = tr("refusal.missing", path=source.path)
        self.line.setText(line)
        self.line.setStyleSheet(f"color: {colour('error' if is_gone else 'faint').name()};")
        self.name.setToolTip(source.path if source is not None else "")
        self.buttons["change"].setVisible(source is not None and not is_gone)
        self.buttons["show"].setVisible(is_gone)
        self.embed.setVisible(source is not None and not is_gone)
        with QSignalBlocker(self.embed):
            self.embed.setChecked(source is not None and source.embedded)
