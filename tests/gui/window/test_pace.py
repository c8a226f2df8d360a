"""Slow motion: chosen in the toolbar, in the menu or by keys, and told to each engine."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine import protocol
from gui import words
from gui.run import Run
from gui.window.main_window import MainWindow
from gui.window.pace import PACES
from tests.gui.other_end import OtherEnd


def paces(engine: OtherEnd) -> list[float]:
    heard = engine.heard()
    return [c.batches_per_second for c in heard if isinstance(c, protocol.SetPace)]


def test_a_pace_is_chosen_in_the_toolbar(window: MainWindow, engine: OtherEnd) -> None:
    button = window.toolbar.pace
    assert button.text() == "" and button.toolTip() and button.accessibleName()
    actions = button.menu().actions()
    assert actions[0].text() == "Full speed" and len(actions) == len(PACES)
    actions[3].trigger()
    assert paces(engine) == [3.0] and window.run.pace == 3.0
    assert button.text() == "3 a second"
    assert [a.isChecked() for a in actions].index(True) == 3
    words.set_language("zh_CN")
    assert button.text() == "每秒 3 批"


def test_keys_make_it_slower_and_faster(window: MainWindow, engine: OtherEnd) -> None:
    for _ in range(9):
        QTest.keyClick(window, Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    assert window.run.pace == 0.5
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.run.pace == 1.0
    for _ in range(9):
        QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.run.pace == 0.0
    assert paces(engine) == [30.0, 10.0, 3.0, 1.0, 0.5, 1.0, 3.0, 10.0, 30.0, 0.0]


def test_a_new_engine_is_told(window: MainWindow, engine: OtherEnd) -> None:
    run: Run = window.run
    run.set_pace(10.0)
    engine.heard()
    engine.begin()
    assert paces(engine) == [10.0]
