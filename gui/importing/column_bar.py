"""The editors above a table: role, type and gaps of the columns that are selected."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine.spec.options import Choice, Real, Value, options_of
from engine.spec.recipes import Column
from gui.formats import count
from gui.importing.columns import Columns, shared
from gui.inspector.editors import ChoiceEditor, Editor, make_editor
from gui.inspector.numbers import NumberEditor
from gui.inspector.scrubbing import Handle
from gui.option_words import hover, option_help, option_name
from gui.theme import STEP
from gui.words import tr

OWNER = "column"  # of the words
SHOWN = ("role", "type", "gaps", "constant")
OPTIONS = options_of(Column)
LENGTHS = {"role": 7, "type": 8, "gaps": 11}  # characters that are shown
NAME = 100  # pixels for the name of a column, at least


class ColumnBar(QWidget):
    """Shows what the selected columns share; `edited` tells what a person chose for all of them."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: Columns = ()
        self._which: tuple[int, ...] = ()
        self.about = QLabel()
        self.about.setMinimumWidth(NAME)
        self.about.setTextFormat(Qt.TextFormat.PlainText)  # a name may look like markup
        self.labels: dict[str, QLabel] = {}
        self.editors: dict[str, Editor] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * STEP)
        self._row.addWidget(self.about, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """Make the editors anew, with the words of the present language."""
        for widget in (*self.labels.values(), *self.editors.values()):
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for name in SHOWN:
            label, editor = QLabel(option_name(OWNER, name)), make_editor(_option(name))
            label.setObjectName("faint")
            label.setBuddy(editor)
            editor.setObjectName(name)
            editor.setAccessibleName(option_name(OWNER, name))
            for widget in (label, editor):
                widget.setToolTip(hover(option_name(OWNER, name), option_help(OWNER, name)))
                self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            if isinstance(editor, NumberEditor):
                Handle(label, editor)
            if isinstance(editor, ChoiceEditor):
                editor.setMinimumContentsLength(LENGTHS[name])
            editor.edited.connect(lambda value, name=name: self.edited.emit(name, value))
            self.labels[name], self.editors[name] = label, editor
        self.show_columns(self._columns, self._which)

    def show_columns(self, columns: Columns, which: Collection[int]) -> None:
        """Show the selected columns' options."""
        self._columns = columns
        self._which = tuple(i for i in sorted(which) if i < len(columns))
        chosen = [columns[i] for i in self._which]
        self._show_name([column.name for column in chosen])
        constant = any(column.gaps == "constant" for column in chosen)
        for name in SHOWN:
            value = shared(columns, self._which, name)
            if value is None:
                self.editors[name].set_mixed(tr("inspector.mixed") if chosen else "")
            else:
                self.editors[name].set_value(value)
            seen = bool(chosen) and (name != "constant" or constant)
            self.labels[name].setVisible(seen)
            self.editors[name].setVisible(seen)

    def _show_name(self, names: list[str]) -> None:
        """Say which columns are meant, as far as there is room; all of it in the hover text."""
        text = tr("import.columns.none")
        if names:
            text = names[0] if len(names) == 1 else tr("import.columns", count=count(len(names)))
        self.about.setObjectName("heading" if names else "faint")
        self.about.style().polish(self.about)
        self.about.setToolTip(text if names else "")
        room = max(self.about.width(), NAME) if names else self.width()
        metrics = self.about.fontMetrics()
        self.about.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))


def _option(name: str) -> Choice | Real:
    return cast("Choice | Real", OPTIONS[name])


def choices(name: str) -> tuple[Value, ...]:
    """The possible values of an option of columns."""
    option = OPTIONS[name]
    assert isinstance(option, Choice)
    return option.choices
