"""The page of settings: each is applied as soon as it is changed, and kept for the next start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec.places import data_cache
from gui.formats import size as size_text
from gui.level import LEVELS, level
from gui.theme import SIZES, STEP, theme
from gui.window.cache_folder import cached_files, clear, total
from gui.window.looks import Looks
from gui.words import LANGUAGES, language, on_language_change, tr

MODES = ("system", "light", "dark")


class Preferences(QDialog):
    """A row for each setting, with its name, its choices and a hover text."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looks = looks
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._names: dict[str, QLabel] = {}
        self._is_showing = False
        self.form = QFormLayout()
        self.form.setVerticalSpacing(3 * STEP)
        self.form.setHorizontalSpacing(4 * STEP)
        self.language = self._choice("language", list(LANGUAGES), self.looks.use_language)
        self.theme = self._choice("theme", list(MODES), self.looks.use_theme)
        percents = [str(round(100 * size)) for size in SIZES]
        self.percent = self._choice("size", percents, lambda text: looks.resize(int(text) / 100))
        self.level = self._choice("level", list(LEVELS), self.looks.use_level)
        self.projector, self.again = QCheckBox(), QCheckBox()
        self.projector.toggled.connect(self._project)
        self._row("projector", self.projector)
        self.again.toggled.connect(self._open_again)
        self._row("open_again", self.again)
        self.folder, self.clear = QLabel(), QPushButton()
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self._clear)
        line = QHBoxLayout()
        line.addWidget(self.folder, 1)
        line.addWidget(self.clear)
        beside = QWidget()
        beside.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        self._row("cache", beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * STEP, 5 * STEP, 5 * STEP, 5 * STEP)
        column.addLayout(self.form)
        column.addStretch(1)
        theme.changed.connect(self.refresh)
        level.changed.connect(self.refresh)
        self.destroyed.connect(on_language_change(self.refresh))
        self.refresh()

    def _choice(self, name: str, values: list[str], use: Callable[[str], object]) -> QComboBox:
        box = QComboBox()
        for value in values:
            box.addItem("", value)
        box.activated.connect(lambda i: use(str(box.itemData(i))))
        self._row(name, box)
        return box

    def _row(self, name: str, widget: QWidget) -> None:
        label = QLabel()
        label.setBuddy(widget)
        self._names[name] = label
        self.form.addRow(label, widget)

    def refresh(self) -> None:
        """Show what is set, in the present language."""
        self._is_showing = True
        self.setWindowTitle(tr("settings.title"))
        for name, label in self._names.items():
            label.setText(tr(f"settings.{name}"))
            widget = label.buddy()
            for each in (label, widget):
                each.setToolTip(tr(f"settings.{name}.tip"))
            widget.setAccessibleName(tr(f"settings.{name}"))
        self._show(self.language, language(), lambda value: LANGUAGES[value])
        self._show(self.theme, theme.mode, lambda value: tr(f"settings.theme.{value}"))
        percent = str(round(100 * theme.size))
        self._show(self.percent, percent, lambda value: tr("settings.percent", count=value))
        self._show(self.level, level.name, lambda value: tr(f"level.{value}"))
        self.projector.setChecked(theme.is_projected)
        self.again.setChecked(self.looks.window.actions_table["open_again"].isChecked())
        self._show_cache()
        self._is_showing = False

    def _show(self, box: QComboBox, value: str, words: Callable[[str], str]) -> None:
        for i in range(box.count()):
            box.setItemText(i, words(str(box.itemData(i))))
        box.setCurrentIndex(box.findData(value))

    def _project(self) -> None:
        if not self._is_showing:
            self.looks.switch_projector()

    def _open_again(self) -> None:
        if not self._is_showing:
            self.looks.window.actions_table["open_again"].trigger()

    def _show_cache(self) -> None:
        held = total(cached_files())
        size = size_text(held)
        self.folder.setText(tr("settings.cache.size", size=size))
        self.folder.setToolTip(str(data_cache()))
        self.clear.setText(tr("settings.cache.clear"))
        self.clear.setToolTip(tr("settings.cache.clear.tip"))
        self.clear.setEnabled(held > 0)

    def _clear(self) -> None:
        clear(cached_files())
        self._show_cache()
