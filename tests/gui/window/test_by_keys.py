"""A residual block is drawn, set and trained in the real window by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine import protocol
from engine.spec.document import Document
from gui import words
from gui.window.main_window import MainWindow
from tests.gui.networks import edges
from tests.gui.other_end import OtherEnd, start

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focus() -> QWidget:
    """What has the keys."""
    QApplication.processEvents()
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(*keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press keys wherever they are now."""
    for key in keys:
        QTest.keyClick(focus(), key, held)


def type_in(text: str) -> None:
    QTest.keyClicks(focus(), text)


def add(window: MainWindow, kind: str) -> str:
    """A layer behind the selected box: Space, its name, Enter."""
    press(Key.Key_Space)
    type_in(kind.replace("_", "-"))  # English names are found in every language
    press(Key.Key_Return)
    (id,) = window.store.selection
    assert id.startswith(kind) and focus() is window.canvas
    return id


def set_options(window: MainWindow, **values: object) -> None:
    """Enter leads to the options, Tab from one to the next, Escape back to the drawing."""
    press(Key.Key_Return)
    for name, value in values.items():
        for _ in range(40):
            if focus().objectName() == name:
                break
            press(Key.Key_Tab)
        assert focus().objectName() == name
        if isinstance(value, int):
            press(Key.Key_A, held=CONTROL)
            type_in(str(value))
        else:
            press(*[Key.Key_Down] * int(str(value).count("v")))
        press(Key.Key_Tab)  # Escape in the field would give the old value back
    press(Key.Key_Escape)
    assert focus() is window.canvas


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_residual_block_is_drawn_and_trained_by_keys_alone(
    window: MainWindow, engine: OtherEnd, language: str
) -> None:
    words.set_language(language)
    window.store.open(Document())
    window.canvas.setFocus()
    add(window, "data")
    for _ in range(2):
        add(window, "conv2d")
        set_options(window, filters=8, padding="v")  # one down from valid is same
    add(window, "add")
    press(Key.Key_Left, Key.Key_Left, held=CONTROL)
    assert window.store.selection == ("conv2d_1",)
    press(Key.Key_Return, held=CONTROL)
    joining = window.canvas._keys.joining
    place = [end.node for end in joining._ends].index("add_1")
    type_in("abcdefgh"[place])
    press(Key.Key_Return)
    press(Key.Key_Right, Key.Key_Right, held=CONTROL)
    assert window.store.selection == ("add_1",)
    add(window, "flatten")
    add(window, "dense")
    set_options(window, units=10)
    add(window, "cross_entropy")
    assert {"conv2d_1.y > add_1.x", "conv2d_2.y > add_1.x"} <= edges(window.store.document)
    assert not window.store.analysis.errors
    engine.heard()
    QTest.keyClick(window, Key.Key_F5)
    assert isinstance(engine.only(protocol.Start), protocol.Start)
    engine.prepare(window.run)
    engine.end_epoch(window.run, 0)
    QTest.keyClick(window, Key.Key_F5, SHIFT)
    assert isinstance(engine.only(protocol.Stop), protocol.Stop)


def test_control_f6_goes_round_and_escape_comes_back(window: MainWindow, engine: OtherEnd) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window, Key.Key_F6, CONTROL)
    assert window.palette_panel.isAncestorOf(focus())
    QTest.keyClick(window, Key.Key_F6, CONTROL)
    assert focus() is window.canvas  # in the other panels there is nothing to be used yet
    window.store.select(("dense_1",))
    start(window.run, engine)
    engine.end_epoch(window.run, 0)
    window.curves.redraw.now()
    seen = []
    for _ in range(4):
        QTest.keyClick(window, Key.Key_F6, CONTROL)
        here = focus()
        seen.append(next((id for id, p in window.panels.pages.items() if p.isAncestorOf(here)), ""))
    assert seen[-1] == "" and focus() is window.canvas
    assert seen[:3] == [window.panels.id_of(side) for side in front(window)]
    QTest.keyClick(window, Key.Key_F6, CONTROL | SHIFT)
    assert window.panels.pages["curves"].isAncestorOf(focus())
    press(Key.Key_Escape)
    assert focus() is window.canvas


def front(window: MainWindow) -> list[QWidget]:
    return [side.currentWidget() for side in (window.left, window.right, window.bottom)]
