"""Fields for numbers: what may be typed, how they step, and what they refuse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.spec.options import Real, Whole
from gui.inspector.number_kinds import RealEditor, WholeEditor
from gui.inspector.numbers import NumberEditor
from gui.inspector.typed import neighbour

UNITS = Whole("units", 64, "units", low=1, high=4096)
RATE = Real("rate", 0.5, low=0.0, high=0.95)
LEARNING_RATE = Real("learning_rate", 0.001, low=1e-8, high=100.0, logarithmic=True)
PENALTY = Real("l2", 0.0, low=0.0, high=10.0, logarithmic=True)


class Field:
    """A field in a window with another one to go to, and what it emitted."""

    def __init__(self, qtbot: QtBot, editor: NumberEditor, value: float) -> None:
        self.editor = editor
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.other = QLineEdit()
        column.addWidget(editor)
        column.addWidget(self.other)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        editor.set_value(value)
        self.edited: list[object] = []
        self.refused: list[str] = []
        editor.edited.connect(self.edited.append)
        editor.refused.connect(self.refused.append)
        editor.setFocus()
        qtbot.waitUntil(editor.hasFocus)

    def type(self, text: str) -> None:
        self.editor.selectAll()
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self.editor, sign)
            else:  # QTest types Latin letters only
                none = Qt.KeyboardModifier.NoModifier
                event = QKeyEvent(QEvent.Type.KeyPress, 0, none, sign)
                QApplication.sendEvent(self.editor, event)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.editor, key, modifier)

    def leave(self) -> None:
        self.other.setFocus()

    @property
    def text(self) -> str:
        return self.editor.lineEdit().text()


@pytest.fixture
def whole(qtbot: QtBot) -> Field:
    return Field(qtbot, WholeEditor(UNITS, {}), 64)


@pytest.fixture
def rate(qtbot: QtBot) -> Field:
    return Field(qtbot, RealEditor(RATE), 0.5)


@pytest.fixture
def learning_rate(qtbot: QtBot) -> Field:
    return Field(qtbot, RealEditor(LEARNING_RATE), 0.001)


def test_a_typed_whole_number_is_a_whole_number(whole: Field) -> None:
    whole.type("128")
    assert whole.edited[-1] == 128
    assert type(whole.edited[-1]) is int


@pytest.mark.parametrize("text", ["0.25", "0,25", "２５e-2", "０。２５", "+.25"])
def test_a_number_is_understood_however_it_is_typed(rate: Field, text: str) -> None:
    rate.type(text)
    assert rate.edited[-1] == 0.25


def test_thousands_may_be_separated(whole: Field) -> None:
    whole.type("4,096")
    assert whole.edited[-1] == 4096


def test_what_is_typed_stays_as_it_is_until_the_field_is_left(rate: Field) -> None:
    rate.type("0,250")
    assert rate.text == "0,250"
    rate.leave()
    assert rate.text == "0.25"


def test_a_number_that_is_too_large_is_refused_at_once(whole: Field) -> None:
    whole.type("5000")
    assert whole.edited == [5, 50, 500, 64]  # what was accepted on the way is taken back
    assert whole.text == "5000"
    assert "1 to 4,096" in whole.refused[-1] and "5000" in whole.refused[-1]
    assert "border-color" in whole.editor.styleSheet()


def test_a_number_that_is_too_small_is_refused_when_it_is_finished(whole: Field) -> None:
    whole.type("0")
    assert whole.refused[-1] == ""  # it may yet become something
    whole.press(Qt.Key.Key_Return)
    assert "“0”" in whole.refused[-1]
    assert whole.edited == []
    assert whole.text == "0"


def test_leaving_a_field_puts_the_number_that_holds_back_and_keeps_the_sentence(
    whole: Field,
) -> None:
    whole.type("0")
    whole.leave()
    assert whole.text == "64"
    assert "“0”" in whole.refused[-1]
    assert "border-color" not in whole.editor.styleSheet()
    assert whole.edited == []


def test_escape_takes_back_what_is_refused(whole: Field) -> None:
    whole.type("abc")
    assert whole.refused[-1]
    whole.press(Qt.Key.Key_Escape)
    assert whole.text == "64" and whole.refused[-1] == ""


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "-0.1", "x", "0..5"])
def test_what_is_no_number_of_this_option_never_becomes_its_value(rate: Field, text: str) -> None:
    rate.type(text)
    rate.press(Qt.Key.Key_Return)
    assert rate.refused[-1]
    assert all(0.0 <= float(str(value)) <= 0.95 for value in rate.edited)


def test_arrow_keys_step_whole_numbers_by_one(whole: Field) -> None:
    whole.press(Qt.Key.Key_Up)
    whole.press(Qt.Key.Key_Down)
    whole.press(Qt.Key.Key_Down)
    assert whole.edited == [65, 64, 63]


def test_control_and_arrow_keys_double_and_halve(whole: Field) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    whole.press(Qt.Key.Key_Up, control)
    whole.press(Qt.Key.Key_Down, control)
    whole.press(Qt.Key.Key_Down, control)
    assert whole.edited == [128, 64, 32]


def test_steps_stop_at_the_bounds(whole: Field) -> None:
    whole.type("4096")
    whole.press(Qt.Key.Key_Up)
    whole.press(Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert whole.edited[-1] == 4096
    assert whole.text == "4096"


def test_a_logarithmic_option_steps_by_factors(learning_rate: Field) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down):
        learning_rate.press(key)
    assert learning_rate.edited == [0.002, 0.005, 0.002, 0.001, 0.0005]


@pytest.mark.parametrize(
    ("value", "above", "below"),
    [(1.0, 2.0, 0.5), (3.0, 5.0, 2.0), (9.9, 10.0, 5.0), (1e-8, 2e-8, 5e-9), (0.5, 1.0, 0.2)],
)
def test_the_ladder_of_factors(value: float, above: float, below: float) -> None:
    assert neighbour(value, True) == above
    assert neighbour(value, False) == below


def test_a_logarithmic_option_steps_to_zero_where_that_is_allowed(qtbot: QtBot) -> None:
    field = Field(qtbot, RealEditor(PENALTY), 0.0)
    field.press(Qt.Key.Key_Up)
    field.press(Qt.Key.Key_Up)
    field.press(Qt.Key.Key_Down)
    field.press(Qt.Key.Key_Down)
    field.press(Qt.Key.Key_Down)
    assert field.edited == [1e-5, 2e-5, 1e-5, 0.0]


def test_other_real_numbers_step_on_round_values(qtbot: QtBot) -> None:
    field = Field(qtbot, RealEditor(RATE), 0.52)
    field.press(Qt.Key.Key_Up)
    field.press(Qt.Key.Key_Up)
    field.press(Qt.Key.Key_Down)
    assert field.edited == [0.55, 0.6, 0.55]


def test_a_careful_field_counts_only_when_it_is_finished(learning_rate: Field) -> None:
    learning_rate.editor.set_careful(True)
    learning_rate.type("1e-4")
    assert learning_rate.edited == []
    learning_rate.press(Qt.Key.Key_Return)
    assert learning_rate.edited == [0.0001]
    learning_rate.type("0.5")
    learning_rate.leave()
    assert learning_rate.edited == [0.0001, 0.5]


def test_numbers_are_shown_short_but_never_wrong(qtbot: QtBot) -> None:
    editor = RealEditor(Real("beta_2", 0.999, low=0.0, high=0.999999))
    qtbot.addWidget(editor)
    for value, text in ((0.999, "0.999"), (0.999999, "0.999999"), (0.1 + 0.2, "0.3")):
        editor.set_value(value)
        assert editor.lineEdit().text() == text


def test_a_special_number_has_a_name(qtbot: QtBot) -> None:
    threads = Whole("threads", 0, "threads", low=0, high=256)
    field = Field(qtbot, WholeEditor(threads, {0: "automatic"}), 0)
    assert field.text == "automatic"
    field.press(Qt.Key.Key_Up)
    assert field.edited == [1] and field.text == "1"
    field.type("automatic")
    assert field.edited[-1] == 0


def test_different_values_are_shown_as_different_until_one_is_given(whole: Field) -> None:
    whole.editor.set_mixed("differ")
    assert whole.text == "" and whole.editor.lineEdit().placeholderText() == "differ"
    whole.leave()
    assert whole.text == "" and whole.edited == []
    whole.editor.setFocus()
    whole.type("64")  # the number that the field remembers
    assert whole.edited[-1] == 64


def wheel(editor: NumberEditor) -> None:
    middle = editor.rect().center()
    event = QWheelEvent(
        QPointF(middle),
        QPointF(editor.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor, event)


def test_the_wheel_turns_numbers_only_in_the_field_with_focus(whole: Field) -> None:
    whole.leave()
    wheel(whole.editor)
    assert whole.edited == []
    whole.editor.setFocus()
    wheel(whole.editor)
    assert whole.edited == [65]


def test_the_arrows_can_be_clicked(qtbot: QtBot, whole: Field) -> None:
    right = whole.editor.width() - 10
    qtbot.mouseClick(whole.editor, Qt.MouseButton.LeftButton, pos=QPoint(right, 8))
    assert whole.edited == [65]
    below = whole.editor.height() - 8
    qtbot.mouseClick(whole.editor, Qt.MouseButton.LeftButton, pos=QPoint(right, below))
    assert whole.edited == [65, 64]


def test_a_sum_counts_as_its_result(whole: Field) -> None:
    whole.type("28*28")
    assert whole.editor.typed_value() == 784
    whole.leave()
    assert whole.text == "784"
    assert not [sentence for sentence in whole.refused if sentence]


def test_a_sum_without_a_whole_result_is_refused_with_a_sentence(whole: Field) -> None:
    whole.type("10/4")
    whole.press(Qt.Key.Key_Return)
    assert whole.refused[-1]
    assert whole.editor.typed_value() == 64
