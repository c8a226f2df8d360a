"""The slider over the run: by mouse and keys, it follows the run and says what is shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import protocol
from gui import words
from gui.plots.curves import CurvesPanel
from gui.window.main_window import MainWindow
from tests.gui.other_end import OtherEnd
from tests.gui.test_looking_back import trained

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def curves(window: MainWindow, engine: OtherEnd) -> CurvesPanel:
    trained(window.run, engine)
    window.curves.draw()
    return window.curves


def test_it_is_not_there_before_there_is_something_to_look_back_at(window: MainWindow) -> None:
    assert window.curves.scrubber.isHidden()


def test_the_slider_shows_earlier_moments(
    window: MainWindow, engine: OtherEnd, curves: CurvesPanel, qtbot: QtBot
) -> None:
    scrubber = curves.scrubber
    assert not scrubber.isHidden() and scrubber.slider.value() == scrubber.slider.maximum() == 4
    assert scrubber.back.isHidden() and not curves.plots[0].moment.isVisible()
    scrubber.slider.setFocus()
    QTest.keyClick(scrubber.slider, Qt.Key.Key_Left)
    QTest.keyClick(scrubber.slider, Qt.Key.Key_Left)
    assert [c.state for c in engine.heard() if isinstance(c, protocol.Visit)] == [b"3", b"2"]
    assert scrubber.place.text() == "as after epoch 2"
    curves.draw()
    assert curves.plots[0].moment.isVisible() and curves.plots[1].moment.value() == 20
    assert curves.readings.values[0, "validation"].text() == "1.000"  # as it was then
    words.set_language("zh_CN")
    assert scrubber.place.text() == "第 2 轮之后"
    QTest.mouseClick(scrubber.back, LEFT)
    assert engine.only(protocol.Visit).state == b"4"
    assert scrubber.slider.value() == 4 and scrubber.back.isHidden()


def test_it_is_dragged_with_the_mouse(
    window: MainWindow, engine: OtherEnd, curves: CurvesPanel
) -> None:
    slider = curves.scrubber.slider
    y = slider.height() // 2
    QTest.mousePress(slider, LEFT, pos=QPoint(slider.width() - 8, y))
    for x in range(slider.width() - 8, 0, -12):
        QTest.mouseMove(slider, QPoint(x, y))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(1, y))
    assert slider.value() == 0 and window.run.past.shown is window.run.moments.all[0]
    assert [c.state for c in engine.heard() if isinstance(c, protocol.Visit)][-1] == b"0"


def test_actions_do_the_same(window: MainWindow, engine: OtherEnd, curves: CurvesPanel) -> None:
    table = window.actions_table
    assert not table["present"].isEnabled()
    table["earlier"].trigger()
    assert curves.scrubber.slider.value() == 3 and table["present"].isEnabled()
    table["later"].trigger()
    table["earlier"].trigger()
    table["present"].trigger()
    assert curves.scrubber.slider.value() == 4


def test_it_explains_itself(curves: CurvesPanel) -> None:
    scrubber = curves.scrubber
    for widget in (scrubber.slider, scrubber.back):
        assert widget.toolTip() and widget.accessibleName()
    assert scrubber.slider.accessibleDescription() == words.tr("scrubber.present")
