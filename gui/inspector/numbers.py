"""A field for a number: typed freely, refused with a sentence, stepped with arrows and the wheel.

Ctrl with an arrow key goes to the next power of two, because sizes of networks are such, or doubles
and halves a real number. What is typed on the way to a number counts at once, and is taken back if
the whole is refused; Escape gives back what was there when the keys came. Its unit, and whatever
else is made a `Handle`, can be dragged.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QStyle, QStyleOptionSpinBox, QWidget

from engine.spec.options import Real, Value, Whole
from gui.inspector.elsewhere import Elsewhere
from gui.inspector.scrubbing import Handle
from gui.inspector.typed import may_become_number
from gui.option_words import bounds, number_text, unit_text
from gui.sizes import least
from gui.theme import STEP, icon, px, theme
from gui.words import tr

EXACT = 20  # decimals kept by Qt: enough for every bound of an option
ARROW = 16  # pixels
WIDTH = 92  # pixels: a field shows at least "0.00001" and its arrows


class NumberEditor(QDoubleSpinBox):
    """What the fields for whole and real numbers share."""

    edited = Signal(object)
    refused = Signal(str)  # why a text is not accepted; empty when all is well again
    stroke = Signal()  # a drag begins or ends
    taken_back = Signal()  # several boxes shall differ again, as they did before typing

    def __init__(
        self, option: Whole | Real, special: dict[int, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.option, self.special = option, special
        self._mixed = ""
        self._before = self.value()  # what held before typing began
        self._unit = QLabel(self.lineEdit())
        self._unit.setObjectName("faint")
        self._entered, self._entered_mixed = self.value(), False  # what held when the keys came
        self._dragged_from: float | None = None
        self._elsewhere = Elsewhere(self, self.commit)
        self._frame(False)
        self.setDecimals(EXACT)
        self.setRange(option.low, option.high)
        self.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToPreviousValue)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel alone does not focus
        least(self, WIDTH)
        self.natural_width = WIDTH
        self.valueChanged.connect(self._changed)
        self.lineEdit().textEdited.connect(self._typed)
        self.editingFinished.connect(self._finished)
        Handle(self._unit, self)
        self._show_unit()

    # what the two kinds of number differ in

    def parse(self, text: str) -> float | None:
        """The number that a text means, or None."""
        raise NotImplementedError(type(self))

    def stepped(self, steps: int) -> float:
        """The value some steps further."""
        raise NotImplementedError(type(self))

    def typed_value(self) -> Value:
        """The value in the option's own type."""
        raise NotImplementedError(type(self))

    # the interface of all editors

    def set_value(self, value: Value) -> None:
        """Show a value; a field that has it already keeps its text and its cursor."""
        if self.typed_value() == value and not self._mixed:
            return
        self._mixed = ""
        with QSignalBlocker(self):
            assert isinstance(value, int | float)
            self.setValue(float(value))
            self.lineEdit().setText(self.textFromValue(self.value()))
            self._before = self.value()
        self._well()

    def forget(self) -> None:
        """Show the value that holds, whatever was typed."""
        self._elsewhere.stop()
        self._dragged_from = None
        self.lineEdit().setText(self.textFromValue(self.value()))
        self._well()

    def set_mixed(self, text: str) -> None:
        """Show that several boxes differ, until something is typed."""
        self._mixed = text
        self.lineEdit().setPlaceholderText(text)
        self.lineEdit().clear()
        self._before = self.value()
        self._well()

    def set_careful(self, careful: bool) -> None:
        """Whether a typed number counts only when the field is left or Enter is pressed."""
        self.setKeyboardTracking(not careful)

    def commit(self) -> None:
        """Let what was typed count, as if the field was left."""
        if self._fits():
            self.interpretText()
            self._finished()

    # what a handle does

    @property
    def is_dragged(self) -> bool:
        """Whether dragging goes on."""
        return self._dragged_from is not None

    def begin_drag(self) -> None:
        """Take the keys, and remember the value for Escape."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.commit()
        self.stroke.emit()
        self._dragged_from = self._entered = self.value()
        self._entered_mixed = bool(self._mixed)

    def drag_to(self, value: float) -> None:
        """Show a value; a careful field tells of it only at the end."""
        if self.is_dragged and self._own(value) != self._own(self.value()):
            with QSignalBlocker(self):
                self._mixed = ""
                self.setValue(value)
            self._show_unit()
            if self.keyboardTracking():
                self._changed()

    def end_drag(self) -> None:
        """Keep what was dragged to; a click alone selects the number, to be typed over."""
        begun, self._dragged_from = self._dragged_from, None
        if begun is not None and begun != self.value():
            self._finished()
            if not self.keyboardTracking():
                self._changed()
        self.stroke.emit()
        self.selectAll()

    def double(self, steps: int) -> None:
        """Twice the value, or half of it."""
        self.interpretText()
        value = self.value()
        self._step_to(max(value, 1.0) * 2 if steps > 0 and value <= 0 else value * 2.0**steps)

    # Qt's side

    def textFromValue(self, value: float) -> str:
        if self._mixed:
            return ""
        return self.special.get(round(value), "") or number_text(self._own(value))

    def valueFromText(self, text: str) -> float:
        found = self.parse(text)
        return self.value() if found is None else found

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Everything may be typed; what is not accepted never becomes the value."""
        state = QValidator.State
        return (state.Acceptable if self._fits(text) else state.Intermediate), text, position

    def stepBy(self, steps: int) -> None:
        self.interpretText()
        self._step_to(self.stepped(steps))
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in arrows:
            self.double(arrows[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._fits():
            self._refuse()
        elif event.key() == Qt.Key.Key_Escape:
            event.setAccepted(self._give_back())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()  # the panel scrolls
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.double(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._entered, self._entered_mixed = self.value(), bool(self._mixed)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A refused text gives way to the value that still holds; the sentence stays."""
        if not self._fits():
            self._refuse()
            self.lineEdit().setText(self.textFromValue(self.value()))
            self._frame(False)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_unit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does it, with arrows in the theme's colours; none while nothing can change."""
        super().paintEvent(event)
        if not self.isEnabled():
            return
        painter, shown = QPainter(self), QStyleOptionSpinBox()
        self.initStyleOption(shown)
        control, part = QStyle.ComplexControl.CC_SpinBox, QStyle.SubControl
        arrows = {part.SC_SpinBoxUp: "mdi6.chevron-up", part.SC_SpinBoxDown: "mdi6.chevron-down"}
        for button, name in arrows.items():
            icon(name).paint(painter, self.style().subControlRect(control, shown, button, self))

    # inside

    def _own(self, value: float) -> Value:
        return value

    def _fits(self, text: str | None = None) -> bool:
        shown = self.lineEdit().text() if text is None else text
        if self._mixed and not shown:
            return True
        found = self.parse(shown)
        return found is not None and self.minimum() <= found <= self.maximum()

    def _give_back(self) -> bool:
        """Back to the value that was there before; whether there was anything to give back."""
        before, self._dragged_from = self._entered, None
        if self._entered_mixed:
            return self._differ_again()
        shown = self.textFromValue(self.value())
        if self.value() == before and self.lineEdit().text() == shown:
            return False
        with QSignalBlocker(self):
            is_other = self.value() != before
            self.setValue(before)
            self.lineEdit().setText(self.textFromValue(before))
        self._finished()
        if is_other:
            self._changed()
        self._well()
        self.selectAll()
        return True

    def _differ_again(self) -> bool:
        """Take back the one value that was given to boxes which differed; whether one was."""
        if self._mixed and not self.lineEdit().text():
            return False
        is_given = not self._mixed
        self.set_mixed(self.lineEdit().placeholderText())
        if is_given:
            self.taken_back.emit()
        return True

    def _step_to(self, value: float) -> None:
        was_mixed, self._mixed = self._mixed, ""
        before = self.value()
        self.setValue(value)  # Qt keeps the bounds
        self._finished()
        if self.value() == before:
            self.lineEdit().setText(self.textFromValue(before))
            if was_mixed:
                self._changed()

    def _typed(self, text: str) -> None:
        if not self.keyboardTracking():  # otherwise it counts at once
            self._elsewhere.watch()
        if self._mixed and text and self._fits(text):
            self._mixed = ""
            if self.parse(text) == self.value() and self.keyboardTracking():
                self._changed()
        found = self.parse(text)
        hopeless = not may_become_number(text) if found is None else found > self.maximum()
        if hopeless and text not in self.special.values():
            self._refuse()
        else:
            self._well()

    def _changed(self) -> None:
        self._well()
        self._show_unit()
        self.edited.emit(self.typed_value())

    def _finished(self) -> None:
        self._before = self.value()
        self._elsewhere.stop()

    def _refuse(self) -> None:
        """Say what is accepted; numbers that were typed on the way are taken back."""
        line = self.lineEdit()
        given, place = line.text(), line.cursorPosition()
        if self.value() != self._before:
            with QSignalBlocker(self):
                self.setValue(self._before)
                line.setText(given)
                line.setCursorPosition(place)
            self.edited.emit(self.typed_value())
        self._frame(True)
        self.refused.emit(tr("inspector.refused", given=given, accepted=bounds(self.option)))

    def _well(self) -> None:
        self._frame(False)
        self.refused.emit("")
        self._show_unit()

    def _frame(self, red: bool) -> None:
        """A red frame or the theme's own; in both the style leaves room for the arrows."""
        border = f"border-color: {theme.colours.error};" if red else ""
        sheet = (
            f"QDoubleSpinBox {{ padding-right: 0; {border} }}"
            f"QDoubleSpinBox::up-button, QDoubleSpinBox::down-button"
            f" {{ width: {px(ARROW)}px; border: 0; background: transparent; }}"
        )
        if self.styleSheet() != sheet:
            self.setStyleSheet(sheet)

    def _show_unit(self) -> None:
        named = round(self.value()) in self.special or bool(self._mixed)
        text = "" if named else unit_text(self.option.unit, self.value())
        if text != self._unit.text():
            self._unit.setText(text)
            self._place_unit()

    def _place_unit(self) -> None:
        line, wide = self.lineEdit(), self._unit.sizeHint().width()
        margin = wide + STEP if self._unit.text() else 0
        line.setTextMargins(STEP, 0, margin, 0)
        self._unit.setGeometry(line.width() - wide, 0, wide, line.height())
