"""The strip above the canvas: a sentence, buttons that do what they say, and a way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui import theme, words
from gui.window.notice import Notice
from gui.words import tr

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def notice(qtbot: QtBot, qapp: QApplication) -> Notice:
    theme.set_up(qapp, "light")
    notice = Notice()
    qtbot.addWidget(notice)
    notice.resize(600, 60)
    return notice


def buttons(notice: Notice) -> list[QPushButton]:
    return [b for b in notice.findChildren(QPushButton) if b.isVisible()]


def test_it_is_hidden_until_there_is_something_to_say(notice: Notice) -> None:
    assert not notice.isVisible()
    notice.say(lambda: tr("engine.restarted"))
    assert notice.isVisible()
    assert notice.label.text() == tr("engine.restarted")
    assert buttons(notice) == []


def test_sentence_and_buttons_follow_the_language(notice: Notice) -> None:
    notice.say(lambda: tr("recovery.offer"), (lambda: tr("recovery.restore"), lambda: None))
    words.set_language("zh_CN")
    (button,) = buttons(notice)
    assert notice.label.text() == tr("recovery.offer")
    assert button.text() == button.toolTip() == tr("recovery.restore")
    assert notice.close_button.accessibleName() == tr("notice.close")


def test_a_button_acts_once_and_takes_the_strip_away(notice: Notice) -> None:
    acts: list[str] = []
    one = (lambda: tr("recovery.restore"), lambda: acts.append("restore"))
    two = (lambda: tr("recovery.discard"), lambda: acts.append("discard"))
    notice.say(lambda: tr("recovery.offer"), one, two)
    QTest.mouseClick(buttons(notice)[1], LEFT)
    assert acts == ["discard"]
    assert not notice.isVisible()


def test_the_strip_can_be_closed(notice: Notice) -> None:
    notice.say(lambda: tr("engine.restarted"))
    QTest.mouseClick(notice.close_button, LEFT)
    assert not notice.isVisible()


def test_what_was_said_before_comes_back(notice: Notice) -> None:
    notice.say(lambda: tr("recovery.offer"), (lambda: tr("recovery.restore"), lambda: None))
    notice.say(lambda: tr("engine.died", epoch=3), (lambda: tr("engine.go_on"), lambda: None))
    assert [button.text() for button in buttons(notice)] == [tr("engine.go_on")]
    assert "3" in notice.label.text()
    QTest.mouseClick(notice.close_button, LEFT)
    assert notice.label.text() == tr("recovery.offer")
    QTest.mouseClick(buttons(notice)[0], LEFT)
    assert not notice.isVisible()


def test_the_same_is_not_said_twice(notice: Notice) -> None:
    for _ in range(3):
        notice.say(lambda: tr("failed.memory"))
    QTest.mouseClick(notice.close_button, LEFT)
    assert not notice.isVisible()


def test_a_button_may_say_something_in_turn(notice: Notice) -> None:
    again = (lambda: tr("engine.try_again"), lambda: notice.say(lambda: tr("engine.restarted")))
    notice.say(lambda: tr("engine.does_not_start", code=1), again)
    QTest.mouseClick(buttons(notice)[0], LEFT)
    assert notice.isVisible()
    assert notice.label.text() == tr("engine.restarted")


def test_names_are_no_markup(notice: Notice) -> None:
    notice.say(lambda: tr("file.missing", name="<b>net</b><img src=x>"))
    assert notice.label.textFormat() == Qt.TextFormat.PlainText
    assert "<b>net</b>" in notice.label.text()


def test_it_is_coloured_by_how_bad_it_is_in_both_themes(notice: Notice) -> None:
    sheets = set()
    for severity in ("error", "info"):
        notice.say(lambda: tr("recovery.offer"), severity=severity)
        for mode in ("light", "dark"):
            theme.theme.use(mode)
            sheets.add(notice.styleSheet())
    theme.theme.use("light")
    assert len(sheets) == 4


def test_what_is_true_no_longer_is_withdrawn_and_the_rest_stays(notice: Notice) -> None:
    notice.say(lambda: tr("engine.restarted"))
    notice.say(lambda: tr("recovery.offer"), about="sources")
    notice.withdraw("sources")
    assert notice.label.text() == tr("engine.restarted")
    notice.say(lambda: tr("recovery.offer"), about="sources")
    notice.dismiss()
    notice.withdraw("sources")
    assert notice.label.text() == tr("engine.restarted") and notice.isVisible()
