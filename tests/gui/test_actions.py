"""The table of actions: words, icons, keys, and that each calls what it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from gui import theme, words
from gui.actions import TABLE, Actions
from gui.words import LANGUAGES, tr


class Owner:
    """A window with all actions, and what they were called for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.called: list[str] = []
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        calls = {spec.id: self.note(spec.id) for spec in TABLE}
        self.actions = Actions(self.window, calls)

    def show(self) -> None:
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def note(self, id: str) -> Callable[[], None]:
        return lambda: self.called.append(id)


@pytest.fixture
def owner(qtbot: QtBot, qapp: QApplication) -> Owner:
    theme.set_up(qapp, "light")
    return Owner(qtbot)


def test_no_two_actions_have_the_same_keys(owner: Owner) -> None:
    keys = Counter(key.toString() for spec in TABLE for key in owner.actions[spec.id].shortcuts())
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("id", [spec.id for spec in TABLE if spec.keys])
def test_the_keys_call_the_action(owner: Owner, id: str) -> None:
    owner.show()
    sequence = owner.actions[id].shortcut()
    assert not sequence.isEmpty() or id == "quit"  # some systems have no key to quit
    QTest.keySequence(owner.window, sequence)
    assert owner.called == [id] or sequence.isEmpty()


def test_the_keys_of_a_disabled_action_do_nothing(owner: Owner) -> None:
    owner.show()
    owner.actions["play"].setEnabled(False)
    QTest.keySequence(owner.window, QKeySequence(Qt.Key.Key_F5))
    assert owner.called == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_words_icon_and_keys_in_its_hover_text(
    owner: Owner, language: str
) -> None:
    words.set_language(language)
    for spec in TABLE:
        action = owner.actions[spec.id]
        assert action.text() == tr(f"action.{spec.id}")
        assert tr(f"action.{spec.id}.tip") in action.toolTip()
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert keys in action.toolTip()
        assert not action.icon().isNull()


def test_a_hover_text_of_its_own_keeps_the_keys(owner: Owner) -> None:
    owner.actions.explain("play", "Not now")
    hover = owner.actions["play"].toolTip()
    assert "Not now" in hover
    assert hover.endswith("(F5)")


def test_a_window_that_is_gone_is_not_dressed_again(qtbot: QtBot, qapp: QApplication) -> None:
    window = QMainWindow()
    Actions(window, {spec.id: lambda: None for spec in TABLE})
    listeners = len(words._listeners)
    with qtbot.waitSignal(window.destroyed):
        window.deleteLater()
    assert len(words._listeners) < listeners
    words.set_language("zh_CN")
    theme.theme.use("dark")
    theme.theme.use("light")


def test_a_call_that_is_forgotten_is_noticed(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    with pytest.raises(AssertionError):
        Actions(window, {})
