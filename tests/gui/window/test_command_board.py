"""Ctrl+K: a field that finds actions, layers, examples, data, help and boxes, by key and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.spec.datasets import CARDS
from engine.spec.files import read
from gui import theme, words
from gui.actions import TABLE
from gui.commands.board import CommandBoard
from gui.commands.rows import LINE
from gui.example_files import EXAMPLES
from gui.window.command_entries import gather
from gui.window.examples import TOPICS
from gui.window.main_window import MainWindow
from tests.gui.networks import chain

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def press_opening_keys(window: MainWindow) -> CommandBoard:
    QTest.keyClick(window, Key.Key_K, CONTROL)
    board = window.ways.board
    assert board is not None
    return board


@pytest.fixture
def board(window: MainWindow) -> CommandBoard:
    window.canvas.setFocus()
    board = press_opening_keys(window)
    assert board.isVisible() and board.field.hasFocus()
    return board


def type_in(board: CommandBoard, text: str) -> None:
    board.field.clear()
    QTest.keyClicks(board.field, text)


def do(board: CommandBoard, text: str) -> None:
    type_in(board, text)
    QTest.keyClick(board.field, Key.Key_Return)
    QApplication.processEvents()


def groups(board: CommandBoard) -> list[str]:
    return [line.group for line in board.lines.lines if line.entry is None]


def test_everything_there_is_can_be_found(window: MainWindow) -> None:
    keys = [entry.key for entry in gather(window)]
    assert len(keys) == len(set(keys))
    wanted = {f"action.{spec.id}" for spec in TABLE} - {"action.commands"}
    wanted |= {f"layer.{kind}" for kind in CATALOGUE} | {f"dataset.{name}" for name in CARDS}
    wanted |= {f"example.{name}" for names in TOPICS.values() for name in names}
    wanted |= {f"box.{node.id}" for node in window.store.document.network.nodes}
    wanted |= {"help.tables", "help.dataset/iris"}
    assert wanted <= set(keys)
    window.store.select(("dense_1",))
    assert "option.dense.units" in {entry.key for entry in gather(window)}


def test_enter_does_the_first_action_and_gives_the_keys_back(
    window: MainWindow, board: CommandBoard
) -> None:
    window.store.select(("dense_1",))
    do(board, "select all")
    assert not board.isVisible() and window.canvas.hasFocus()
    assert len(window.store.selection) == len(chain().network.nodes)


def test_a_layer_goes_behind_the_selected_box(window: MainWindow, board: CommandBoard) -> None:
    window.store.select(("flatten_1",))
    do(board, "dropout")
    network = window.store.document.network
    assert [e.source for e in network.into("dropout_1")] == ["flatten_1"]


def test_a_data_set_goes_into_the_data_box(window: MainWindow, board: CommandBoard) -> None:
    do(board, "wine")
    assert board.settings.words("recent_commands") == ["dataset.wine"]
    assert window.store.document.network.node("data_1").options["dataset"] == "wine"


def test_a_box_is_selected_and_put_into_the_middle(window: MainWindow, board: CommandBoard) -> None:
    type_in(board, "max pool")
    row = next(
        i for i, line in enumerate(board.lines.lines) if line.entry and line.group == "boxes"
    )
    place = board.list.visualRect(board.lines.index(row)).center()
    QTest.mouseClick(board.list.viewport(), LEFT, pos=place)
    QApplication.processEvents()
    assert window.store.selection == ("max_pool2d_1",)
    centre = window.canvas.canvas.bounds(("max_pool2d_1",)).center()
    away = window.canvas.camera.centre - centre
    assert abs(away.x()) < 4 and abs(away.y()) < 4
    assert window.canvas.hasFocus()


def test_an_option_of_the_selected_box_gets_the_keys(
    window: MainWindow, board: CommandBoard
) -> None:
    QTest.keyClick(board.field, Key.Key_Escape)
    window.store.select(("dense_1",))
    window.right.setCurrentWidget(window.training_page)
    do(press_opening_keys(window), "units")
    assert window.right.currentWidget() is window.inspector
    focus = QApplication.focusWidget()
    page = window.inspector.page
    assert page is not None and focus is not None and page.isAncestorOf(focus)


def test_examples_and_help_pages_open(window: MainWindow, board: CommandBoard) -> None:
    do(board, words.tr("example.spiral.name"))
    kept = read(EXAMPLES / "spiral.json").document.network
    assert window.store.document.network == kept
    do(press_opening_keys(window), "baselines")
    assert window.help_door.help is not None and window.help_door.help.isVisible()
    assert window.help_door.help.page == "baselines"


def test_arrow_keys_choose_and_go_round(board: CommandBoard) -> None:
    type_in(board, "zoom")
    first = board.chosen
    QTest.keyClick(board.field, Key.Key_Down)
    second = board.chosen
    assert first is not None and second is not None and first.key != second.key
    QTest.keyClick(board.field, Key.Key_Up)
    assert board.chosen == first
    QTest.keyClick(board.field, Key.Key_Up)
    assert board.chosen == board.lines.lines[-1].entry
    QTest.keyClick(board.field, Key.Key_Down)
    assert board.chosen == first
    QTest.keyClick(board.field, Key.Key_Tab)
    assert board.chosen == second and board.field.hasFocus()
    assert second.name in board.field.accessibleDescription()
    board.field.clear()
    QTest.keyClick(board.field, Key.Key_PageDown)
    assert board.list.currentIndex().row() >= 8


@pytest.mark.parametrize("way", ["escape", "same keys", "click beside"])
def test_it_closes_without_doing_anything(
    window: MainWindow, board: CommandBoard, way: str
) -> None:
    type_in(board, "delete")
    if way == "escape":
        QTest.keyClick(board.field, Key.Key_Escape)
    elif way == "same keys":
        QTest.keyClick(window, Key.Key_K, CONTROL)
    else:
        QTest.mouseClick(board, LEFT, pos=QPoint(20, 700))
    assert not board.isVisible() and window.store.document == chain()
    assert window.canvas.hasFocus()


def test_what_is_not_possible_is_faint_and_says_why(
    window: MainWindow, board: CommandBoard
) -> None:
    window.store.open(chain())
    type_in(board, "undo")
    chosen = board.chosen
    assert chosen is not None and chosen.obstacle == words.tr("action.undo.nothing")
    QTest.keyClick(board.field, Key.Key_Return)
    assert board.isVisible()  # nothing was done
    assert chosen.obstacle in board.field.accessibleDescription()


def test_what_was_used_lately_comes_first(window: MainWindow, board: CommandBoard) -> None:
    do(board, "zoom out")
    board = press_opening_keys(window)
    assert groups(board)[0] == "recent"
    assert board.chosen is not None and board.chosen.key == "action.zoom_out"


def test_shortcuts_stand_at_the_actions(board: CommandBoard) -> None:
    type_in(board, "arrange")
    assert board.chosen is not None and board.chosen.keys == "Ctrl+L"


def test_english_names_are_found_in_a_chinese_window(
    window: MainWindow, board: CommandBoard
) -> None:
    words.set_language("zh_CN")
    type_in(board, "dropout")
    assert board.chosen is not None and board.chosen.key == "layer.dropout"
    assert board.chosen.name == words.tr("layer.dropout.name") != "Dropout"
    board.field.clear()
    composed = QInputMethodEvent()
    composed.setCommitString("保存")  # as an input method hands it on
    QApplication.sendEvent(board.field, composed)
    assert board.chosen is not None and board.chosen.key == "action.save"
    assert board.hint.text() == words.tr("commands.hint")


def test_nothing_found_is_said(board: CommandBoard) -> None:
    type_in(board, "qwertz")
    assert board.nothing.isVisible() and "qwertz" in board.nothing.text()
    assert not board.list.isVisible()
    QTest.keyClick(board.field, Key.Key_Return)
    assert board.isVisible()


def test_it_is_painted_in_both_themes(board: CommandBoard, qtbot: QtBot) -> None:
    type_in(board, "conv")
    pictures = [board.board.grab().toImage()]
    theme.theme.use("dark")
    pictures.append(board.board.grab().toImage())
    assert pictures[0] != pictures[1]
    index = board.lines.index(1)
    assert board.lines.data(index, LINE).entry is not None


def test_it_follows_the_size_of_the_window(window: MainWindow, board: CommandBoard) -> None:
    window.resize(1000, 700)
    QApplication.processEvents()
    assert board.size() == window.size()
    assert board.rect().contains(board.board.geometry())
