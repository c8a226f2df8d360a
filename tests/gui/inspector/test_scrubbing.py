"""Dragging numbers by their names and units: how far, how fine, and what Escape gives back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.spec.options import Real, Whole
from gui.inspector.form import OptionRow
from gui.inspector.inspector import Inspector
from gui.inspector.numbers import NumberEditor
from gui.inspector.scrubbing import COARSE, FINE, USUAL, dragged, pace
from gui.inspector.typed import power_of_two
from gui.store import DocumentStore

Show = Callable[..., Inspector]
Row = Callable[[Inspector, str], OptionRow]
KEYS = Qt.KeyboardModifier
UNITS = Whole("units", 64, "units", low=1, high=4096)
RATE = Real("rate", 0.5, low=0.0, high=0.95)
LEARNING_RATE = Real("learning_rate", 0.001, low=1e-8, high=100.0, logarithmic=True)
PENALTY = Real("l2", 0.0, low=0.0, high=10.0, logarithmic=True)


def mouse(widget: QWidget, kind: QEvent.Type, x: int, keys: Qt.KeyboardModifier) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    place = QPointF(x, 4)
    event = QMouseEvent(kind, place, QPointF(widget.mapToGlobal(QPoint(x, 4))), button, left, keys)
    QApplication.sendEvent(widget, event)


class Pull:
    """A drag on a widget, move by move."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget
        mouse(widget, QEvent.Type.MouseButtonPress, 10, KEYS.NoModifier)

    def to(self, pixels: int, keys: Qt.KeyboardModifier = KEYS.NoModifier) -> Pull:
        mouse(self.widget, QEvent.Type.MouseMove, 10 + pixels, keys)
        return self

    def release(self) -> None:
        mouse(self.widget, QEvent.Type.MouseButtonRelease, 10, KEYS.NoModifier)


@pytest.mark.parametrize(
    ("option", "start", "pixels", "how", "wanted"),
    [
        (UNITS, 64, 0, USUAL, 64),
        (UNITS, 64, 40, USUAL, 74),
        (UNITS, 64, -40, USUAL, 54),
        (UNITS, 64, 40, FINE, 67),
        (UNITS, 513, 8, USUAL, 530),  # large ones by tens, on round numbers
        (UNITS, 100, 24, COARSE, 128),
        (UNITS, 100, -48, COARSE, 32),
        (UNITS, 3, -400, USUAL, 1),
        (UNITS, 4000, 4000, COARSE, 4096),
        (RATE, 0.5, 20, USUAL, 0.55),
        (RATE, 0.5, 20, FINE, 0.505),
        (RATE, 0.5, -4000, USUAL, 0.0),
        (LEARNING_RATE, 0.001, 100, USUAL, 0.01),
        (LEARNING_RATE, 0.001, -100, USUAL, 0.0001),
        (LEARNING_RATE, 0.001, 40, COARSE, 0.01),
        (LEARNING_RATE, 0.001, 400, FINE, 0.01),
        (LEARNING_RATE, 0.001, -9000, USUAL, 1e-8),
        (PENALTY, 0.0, 100, USUAL, 0.0001),
        (PENALTY, 0.0001, -101, USUAL, 0.0),
    ],
)
def test_how_far_a_drag_goes(
    option: Whole | Real, start: float, pixels: int, how: str, wanted: float
) -> None:
    assert dragged(option, start, pixels, how) == pytest.approx(wanted)


def test_keys_make_a_drag_fine_or_coarse() -> None:
    assert pace(KEYS.ShiftModifier) == pace(KEYS.AltModifier) == FINE
    assert pace(KEYS.ControlModifier) == COARSE and pace(KEYS.NoModifier) == USUAL


@pytest.mark.parametrize(
    ("value", "above", "below"), [(100, 128, 64), (128, 256, 64), (1, 2, 0), (0, 1, 0), (3, 4, 2)]
)
def test_powers_of_two_above_and_below(value: float, above: float, below: float) -> None:
    assert (power_of_two(value, True), power_of_two(value, False)) == (above, below)


def units(store: DocumentStore) -> object:
    return store.document.network.node("dense_1").options["units"]


def test_a_name_is_dragged_live_and_in_one_step_of_undo(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    label = row(inspector("dense_1"), "units").label
    assert label.cursor().shape() == Qt.CursorShape.SizeHorCursor
    pull = Pull(label).to(8)
    assert units(store) == 66
    pull.to(80)
    assert units(store) == 84
    pull.release()
    assert store.undo_stack.count() == 1
    store.undo_stack.undo()
    assert units(store) == 64


def test_each_drag_is_a_step_of_its_own_after_typing(
    store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot
) -> None:
    line = row(inspector("dense_1"), "units")
    line.editor.setFocus()
    qtbot.waitUntil(line.editor.hasFocus)
    line.editor.selectAll()  # type: ignore[union-attr]
    QTest.keyClicks(line.editor, "100")
    Pull(line.label).to(8).release()
    Pull(line.label).to(40).release()
    QTest.keyClick(line.editor, Qt.Key.Key_Up)
    found = []
    while store.undo_stack.canUndo():
        found.append(units(store))
        store.undo_stack.undo()
    assert found == [221, 220, 120, 100] and units(store) == 64


def test_a_unit_is_a_handle_too(store: DocumentStore, inspector: Show, row: Row) -> None:
    editor = row(inspector("dense_1"), "units").editor
    unit = next(each for each in editor.findChildren(QLabel) if each.text() == "units")
    Pull(unit).to(8).release()
    assert units(store) == 66


def test_another_pace_goes_on_from_where_the_mouse_is(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    label = row(inspector("dense_1"), "units").label
    pull = Pull(label).to(40)
    pull.to(41, KEYS.ControlModifier).to(64, KEYS.ControlModifier)
    assert units(store) == 128  # from 74
    pull.release()


def test_a_click_on_a_name_selects_its_number(
    store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot
) -> None:
    line = row(inspector("dense_1"), "units")
    before = store.document
    Pull(line.label).to(2).release()
    editor = line.editor
    assert isinstance(editor, NumberEditor)
    qtbot.waitUntil(editor.hasFocus)
    assert editor.lineEdit().selectedText() == "64"
    assert store.document == before


def test_escape_gives_a_drag_up(store: DocumentStore, inspector: Show, row: Row) -> None:
    line = row(inspector("dense_1"), "units")
    pull = Pull(line.label).to(40)
    QTest.keyClick(line.editor, Qt.Key.Key_Escape)
    assert units(store) == 64
    pull.to(80)
    assert units(store) == 64
    pull.release()
    assert units(store) == 64 and not store.undo_stack.canUndo()


def test_a_careful_number_is_told_only_at_the_end(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    line = row(inspector("dense_1"), "units")
    line.editor.set_careful(True)
    pull = Pull(line.label).to(40)
    assert units(store) == 64
    assert isinstance(line.editor, NumberEditor) and line.editor.value() == 74
    pull.release()
    assert units(store) == 74


def test_what_is_locked_cannot_be_dragged(store: DocumentStore, inspector: Show, row: Row) -> None:
    line = row(inspector("dense_1"), "units")
    line.lock("not now")
    assert line.label.cursor().shape() == Qt.CursorShape.ArrowCursor
    Pull(line.label).to(40).release()
    assert units(store) == 64
    line.unlock()
    assert line.label.cursor().shape() == Qt.CursorShape.SizeHorCursor
