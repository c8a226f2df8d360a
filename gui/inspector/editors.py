"""One editor for each kind of option, with one interface: `value`, `set_value`, `edited`.

Editors know nothing of the document. `edited` is emitted by the person's own changes only, never
by `set_value`, and only with values that the option accepts; `refused` says why others are not.
While a run goes on editors are `careful`: what is typed counts when the field is left, so that a
half-typed learning rate never reaches the network.
"""

from __future__ import annotations

from html import escape
from typing import cast

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from engine.spec.options import Choice, Flag, Option, Real, Text, Value, Whole
from gui.describe import value_text
from gui.inspector.elsewhere import Elsewhere
from gui.inspector.number_kinds import RealEditor, WholeEditor
from gui.inspector.numbers import NumberEditor
from gui.inspector.sources import chosen_text

SHORTEST = 6  # characters that a choice shows at least


class ChoiceEditor(QComboBox):
    """A list to choose from, with the choices in the reader's language."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, option: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self._entered = -1
        for choice in option.choices:
            self.addItem(value_text(option.name, choice), choice)
            about = chosen_text(option.name, choice)
            self.setItemData(self.count() - 1, about, Qt.ItemDataRole.ToolTipRole)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel alone does not focus
        self.ensurePolished()  # the style sheet's margins count
        self.natural_width = self.sizeHint().width()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(SHORTEST)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        self.activated.connect(lambda index: self.edited.emit(self.itemData(index)))

    def value(self) -> Value:
        """The chosen value; the default while several boxes differ."""
        return cast(Value, self.currentData() if self.currentIndex() >= 0 else self.option.default)

    def set_value(self, value: Value) -> None:
        """Show a value."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(value))

    def set_mixed(self, text: str) -> None:
        """Show that several boxes differ."""
        self.setPlaceholderText(text)
        with QSignalBlocker(self):
            self.setCurrentIndex(-1)

    def set_careful(self, careful: bool) -> None:
        """A choice is never half made."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the panel scrolls

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:  # its own list
            self._entered = self.currentIndex()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives back what was chosen when the keys came."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._entered in (-1, self.currentIndex()):
            event.ignore()
        else:
            self.setCurrentIndex(self._entered)
            self.edited.emit(self.currentData())

    def shown_in_full(self) -> bool:
        """Whether the chosen text fits the field."""
        shown = QStyleOptionComboBox()
        self.initStyleOption(shown)
        return self.fontMetrics().horizontalAdvance(self.currentText()) <= self._room(shown).width()

    def _room(self, shown: QStyleOptionComboBox) -> QRect:
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(control, shown, part, self).adjusted(0, 0, -4, 0)

    def event(self, event: QEvent) -> bool:
        """The hover text begins with the whole text where the field is too narrow for it."""
        if isinstance(event, QHelpEvent) and not self.shown_in_full():
            QToolTip.showText(event.globalPos(), self.full_hover(), self)
            return True
        return super().event(event)

    def full_hover(self) -> str:
        """The chosen text in full, and the hover text."""
        return f"<p><b>{escape(self.currentText())}</b></p>{self.toolTip()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does it, but a text that does not fit ends in an ellipsis."""
        painter = QStylePainter(self)
        shown = QStyleOptionComboBox()
        self.initStyleOption(shown)
        if self.currentIndex() < 0:
            shown.currentText = self.placeholderText()
        shown.currentText = self.fontMetrics().elidedText(
            shown.currentText, Qt.TextElideMode.ElideRight, self._room(shown).width()
        )
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, shown)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, shown)


class FlagEditor(QCheckBox):
    """Yes or no."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, option: Flag, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.natural_width = self.sizeHint().width()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # screen readers toggle without a click; a click that ends "mixed" toggles nothing
        self.clicked.connect(lambda checked: self.edited.emit(bool(checked)))
        self.toggled.connect(lambda checked: self.edited.emit(bool(checked)))

    def value(self) -> bool:
        """Whether it is checked."""
        return self.isChecked()

    def set_value(self, value: Value) -> None:
        """Show a value."""
        with QSignalBlocker(self):
            self.setTristate(False)
            self.setChecked(bool(value))

    def set_mixed(self, text: str) -> None:
        """Show that several boxes differ."""
        with QSignalBlocker(self):
            self.setCheckState(Qt.CheckState.PartiallyChecked)

    def set_careful(self, careful: bool) -> None:
        """A tick is never half made."""

    def nextCheckState(self) -> None:
        """Two states for the person, though the third can be shown."""
        checked = self.checkState() == Qt.CheckState.Checked
        self.setTristate(False)
        self.setChecked(not checked)


class TextEditor(QLineEdit):
    """A line of text."""

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, option: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self._is_careful, self._entered = False, ""
        self._elsewhere = Elsewhere(self, self._left)
        self.setMaxLength(option.longest)
        self.natural_width = 0  # beside its name: a long text can be scrolled
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._left)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._entered = self.text()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives back the text that was there when the keys came."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text() == self._entered:
            event.ignore()
        else:
            self.setText(self._entered)
            self._typed(self._entered)
            self.selectAll()

    def _typed(self, text: str) -> None:
        if self._is_careful:
            self._elsewhere.watch()
        if not self._is_careful and self.option.accepts(text):
            self.edited.emit(text)

    def _left(self) -> None:
        self._elsewhere.stop()
        if self._is_careful and self.isModified() and self.option.accepts(self.text()):
            self.setModified(False)
            self.edited.emit(self.text())

    def value(self) -> str:
        """The text."""
        return self.text()

    def set_value(self, value: Value) -> None:
        """Show a value; a field that has it already keeps its cursor."""
        self.setPlaceholderText("")
        if self.text() != value:
            self.setText(str(value))

    def set_mixed(self, text: str) -> None:
        """Show that several boxes differ."""
        self.clear()
        self.setPlaceholderText(text)

    def set_careful(self, careful: bool) -> None:
        """Whether what is typed counts only when the field is left."""
        self._is_careful = careful


Editor = NumberEditor | ChoiceEditor | FlagEditor | TextEditor


def make_editor(
    option: Option, special: dict[int, str] | None = None, parent: QWidget | None = None
) -> Editor:
    """The editor that fits an option; `special` names whole numbers that mean something else."""
    match option:
        case Whole():
            return WholeEditor(option, special or {}, parent)
        case Real():
            return RealEditor(option, parent)
        case Choice():
            return ChoiceEditor(option, parent)
        case Flag():
            return FlagEditor(option, parent)
        case Text():
            return TextEditor(option, parent)
    raise TypeError(type(option))


__all__ = ["ChoiceEditor", "Editor", "FlagEditor", "NumberEditor", "TextEditor", "make_editor"]
