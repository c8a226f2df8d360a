"""Several documents in one window, by real clicks and keys: opened, shown, trained, closed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTabBar
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from engine.spec.files import SUFFIX, read
from gui import words
from gui.box import HEIGHT, body_of, look
from gui.desk.desk import Desk
from gui.engine_client import EngineClient
from gui.example_files import EXAMPLES
from gui.window.command_entries import gather
from gui.window.main_window import MainWindow
from gui.words import LANGUAGES, tr
from tests.gui.desk.hands import LEFT, NONE, click_tab, draw, is_shown, middle, names, press, saved
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd, complete, start
from tests.gui.window.dialogs import Answers, click, name_file, press_escape
from tests.gui.window.test_main_window import drop_file

# opening


def test_one_document_has_no_tabs(desk: Desk) -> None:
    assert desk.strip.isHidden()
    assert desk.windowTitle() == "Untitled – Layerwise"
    assert desk.current.window() is desk
    for id in ("next_tab", "previous_tab", "reopen_closed"):
        assert not desk.current.actions_table[id].isEnabled()


def test_the_first_key_is_for_the_canvas(desk: Desk) -> None:
    assert desk.focusWidget() is desk.current.canvas


def test_what_was_touched_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    desk.current.filing.visit(saved(tmp_path, "a"))
    assert len(desk.windows) == 1, "nobody would miss the empty one"
    desk.current.filing.visit(saved(tmp_path, "b"))
    assert names(desk) == ["a", "b"]
    assert not desk.strip.isHidden()
    assert desk.windowTitle() == "b – Layerwise"
    desk.current.filing.visit(tmp_path / f"a{SUFFIX}")
    assert names(desk) == ["a", "b"], "the same file is not opened twice"
    assert desk.current is desk.windows[0]
    desk.current.filing.visit(tmp_path / "gone.layerwise")
    assert len(desk.windows) == 2
    assert "gone" in desk.current.notice.label.text()


def test_an_example_takes_the_place_of_an_untouched_one(desk: Desk) -> None:
    desk.current.filing.open_example(EXAMPLES / "parity.json")
    desk.current.filing.open_example(EXAMPLES / "wave.json")
    assert len(desk.windows) == 1
    assert desk.current.filing.name == tr("example.wave.name")
    draw(desk.current)
    desk.current.filing.open_example(EXAMPLES / "parity.json")
    assert names(desk) == ["*" + tr("example.wave.name"), tr("example.parity.name")]


def test_new_documents_are_numbered(desk: Desk) -> None:
    press(desk, "new")
    press(desk, "new")
    assert names(desk) == ["Untitled", "Untitled 2", "Untitled 3"]
    QTest.mouseClick(desk.strip.add, LEFT)
    assert names(desk)[-1] == "Untitled 4"
    words.set_language("zh_CN")
    assert names(desk)[1] == "未命名 2"
    assert desk.windowTitle() == "未命名 4 – Layerwise"


@pytest.mark.slow
def test_dropped_documents_get_a_tab_each(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    draw(desk.current)
    for at, target in enumerate((desk.current.canvas.viewport(), desk.strip.bar, desk.menus)):
        assert drop_file(target, saved(tmp_path, f"dropped {at}"))
        name = f"dropped {at}"
        qtbot.waitUntil(partial(is_shown, desk, name))
    assert len(desk.windows) == 4


# going from one to the other


def test_keys_go_round_and_those_of_hidden_pages_do_nothing(desk: Desk) -> None:
    assert QTest.qWaitForWindowActive(desk)
    press(desk, "new")
    press(desk, "new")
    first, second, third = desk.windows
    assert desk.current is third
    press(desk, "next_tab")
    assert desk.current is first
    press(desk, "previous_tab")
    assert desk.current is third
    QTest.keyClick(third.canvas, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert desk.current is second
    for window in desk.windows:
        draw(window)
    QTest.keySequence(second.canvas, QKeySequence(QKeySequence.StandardKey.Undo))
    drawn = [bool(window.store.document.network.nodes) for window in desk.windows]
    assert drawn == [True, False, True]


def test_the_keys_stay_where_they_were_in_each_document(desk: Desk) -> None:
    assert QTest.qWaitForWindowActive(desk)
    field = desk.current.palette_panel.search
    field.setFocus()
    press(desk, "new")
    assert QApplication.focusWidget() is desk.current.canvas
    click_tab(desk, 0)
    assert QApplication.focusWidget() is field


def test_menus_and_title_are_those_of_the_document_shown(desk: Desk) -> None:
    press(desk, "new")
    assert desk.menus.currentIndex() == 1
    click_tab(desk, 0)
    assert desk.menus.currentIndex() == 0
    assert desk.menus.isVisible()
    assert desk.windowTitle() == "Untitled – Layerwise"
    draw(desk.current)
    assert desk.windowTitle() == "*Untitled – Layerwise"
    assert names(desk) == ["*Untitled", "Untitled 2"]


def test_tabs_are_dragged_to_another_place(desk: Desk, qtbot: QtBot) -> None:
    press(desk, "new")
    press(desk, "new")
    first, second, third = desk.windows
    bar = desk.strip.bar
    start_at, end = middle(desk, 0), QPoint(bar.tabRect(2).right() - 4, middle(desk, 2).y())
    QTest.mousePress(bar, LEFT, NONE, start_at)
    for step in range(1, 11):
        QTest.mouseMove(bar, start_at + (end - start_at) * step / 10)
    QTest.mouseRelease(bar, LEFT, NONE, end)
    assert desk.windows == [second, third, first]
    assert desk.current is first
    qtbot.waitUntil(lambda: names(desk) == ["Untitled 2", "Untitled 3", "Untitled"])
    click_tab(desk, 1)
    assert desk.current is third


@pytest.mark.slow
def test_a_switch_holds_in_all_documents(desk: Desk) -> None:
    press(desk, "new")
    desk.current.canvas.switch("grid")
    click_tab(desk, 0)
    assert not desk.current.canvas.habits.grid


def test_what_boxes_show_is_switched_in_all_documents(desk: Desk) -> None:
    first = desk.current
    first.store.open(chain())
    second = desk.add()
    try:
        second.canvas.switch("flow")
        desk.show_document(first)
        boxes = first.canvas.canvas.nodes.values()
        assert all(item.outline == body_of(item.kind) for item in boxes)
        assert any(item.outline.height() == HEIGHT for item in boxes)
    finally:
        look.shows_flow = True


def test_a_block_kept_in_one_document_is_in_the_palette_of_the_others(desk: Desk) -> None:
    first = desk.current
    second = desk.add()
    second.blocks.save(chain())
    assert second.palette_panel.entries.blocks
    desk.show_document(first)
    first.panels.bring("layers")
    assert first.palette_panel.entries.blocks == second.palette_panel.entries.blocks


def test_ctrl_k_finds_the_other_documents(desk: Desk, tmp_path: Path) -> None:
    desk.current.filing.visit(saved(tmp_path, "seagull"))
    first = desk.current
    second = desk.add()
    found = [entry for entry in gather(second) if entry.name == "seagull"]
    assert [entry.group for entry in found] == ["documents", "comparing"]
    found[1].run()
    assert second.centre.currentWidget() is second.tabs.comparing.page
    found[0].run()
    assert desk.current is first


# closing


def test_ctrl_w_the_button_and_the_middle_button_close(desk: Desk) -> None:
    for _ in range(3):
        press(desk, "new")
    first, second, third, _ = desk.windows
    press(desk, "close")
    assert desk.windows == [first, second, third]
    click_tab(desk, 1, Qt.MouseButton.MiddleButton)
    assert desk.windows == [first, third]
    button = desk.strip.bar.tabButton(0, QTabBar.ButtonPosition.RightSide)
    QTest.mouseClick(button, LEFT)
    assert desk.windows == [third]
    assert desk.strip.isHidden()
    press(desk, "close")
    assert len(desk.windows) == 1, "an empty one instead of the last"
    assert desk.current is not third


def test_closing_asks_about_what_is_unsaved(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    press(desk, "new")
    first, second = desk.windows
    draw(first)
    answers = Answers(press_escape)
    desk.close_document(first)
    answers.end()
    assert desk.current is first, "what is asked about is shown"
    assert len(desk.windows) == 2
    answers = Answers(click("Save"), name_file(tmp_path / "kept.layerwise"))
    press(desk, "close")
    answers.wait(qtbot)
    assert desk.windows == [second]
    assert read(tmp_path / "kept.layerwise").document.network.has("dense_1")


def test_what_was_closed_comes_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    desk.current.filing.visit(saved(tmp_path, "net"))
    draw(desk.current, "relu_nobody_knows")
    drawn = desk.current.store.document
    answers = Answers(click("Discard"))
    press(desk, "close")
    answers.end()
    assert desk.current.store.document == Document()
    assert desk.current.actions_table["reopen_closed"].isEnabled()
    press(desk, "reopen_closed")
    assert len(desk.windows) == 1
    assert desk.current.store.document == drawn
    assert desk.current.filing.name == "net"
    assert desk.current.filing.is_modified
    assert not desk.current.actions_table["reopen_closed"].isEnabled()
    press(desk, "undo")
    assert len(desk.current.store.document.network.nodes) == 1


def chosen(menu: QMenu, text: str) -> None:
    (action,) = (action for action in menu.actions() if action.text() == text)
    action.trigger()


@pytest.mark.slow
def test_close_others_asks_one_by_one_and_can_be_taken_back(desk: Desk) -> None:
    for _ in range(3):
        press(desk, "new")
    first, second, third, _ = desk.windows
    for window in (second, third):
        draw(window)
    menu = desk.strip.menu_of(first)
    answers = Answers(click("Discard"), click("Cancel"))
    chosen(menu, tr("tabs.close_others"))
    answers.end()
    assert desk.windows == [first, third]
    assert "Untitled 2" in answers.seen[0]
    assert desk.current is third
    menu.deleteLater()


@pytest.mark.parametrize("language", LANGUAGES)
def test_quitting_lists_what_is_unsaved(desk: Desk, language: str, qtbot: QtBot) -> None:
    words.set_language(language)
    desk.add()
    for window in desk.windows:
        draw(window)
    answers = Answers(click(tr("file.cancel")))
    desk.close()
    answers.wait(qtbot)
    assert desk.isVisible()
    for window in desk.windows:
        assert f"• {window.filing.name}" in answers.seen[0]
    answers = Answers(click(tr("tabs.discard_all")))
    desk.current.actions_table["quit"].trigger()  # some systems have no key to quit
    answers.wait(qtbot)
    assert not desk.isVisible()


@pytest.mark.slow
def test_all_are_saved_before_the_end(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.current.filing.visit(saved(tmp_path, "a"))
    desk.add()
    for window in desk.windows:
        draw(window, "flatten")
    answers = Answers(click(tr("tabs.save_all")), name_file(tmp_path / "b.layerwise"))
    desk.close()
    answers.wait(qtbot)
    qtbot.waitUntil(lambda: not desk.isVisible())
    for name in "ab":
        assert read(tmp_path / f"{name}.layerwise").document.network.has("flatten_1")
    assert list((tmp_path / "settings" / "recovery").glob("*")) == []


# training


def test_one_trains_while_another_is_drawn(desk: Desk) -> None:
    first = desk.current
    engine = OtherEnd(first.client)
    first.store.open(chain())
    start(first.run, engine)
    second = desk.add()
    assert second.run.engine_state == "waiting"
    assert not second.client.process_id
    assert tr("tabs.run.running") in desk.strip.bar.tabToolTip(0)
    assert not desk.strip.bar.tabIcon(0).isNull()
    draw(second)
    other = OtherEnd(second.client)
    second.store.open(chain())
    start(second.run, other)
    assert tr("status.shared", count=1) in second.status.engine.text()
    complete_rest(first, engine)
    assert tr("tabs.run.finished") in desk.strip.bar.tabToolTip(0)
    assert tr("status.shared", count=1) not in second.status.engine.text()
    click_tab(desk, 0)
    assert desk.strip.bar.tabIcon(0).isNull(), "it has been seen"


def complete_rest(window: MainWindow, engine: OtherEnd) -> None:
    engine.end_epoch(window.run, 0)
    engine.send_state(window.run, b"trained", 1)
    engine.finish(window.run)


@pytest.mark.slow
def test_trained_weights_come_back_with_the_document(desk: Desk) -> None:
    window = desk.current
    engine = OtherEnd(window.client)
    window.store.open(chain())
    complete(window.run, engine)
    answers = Answers(click("Discard"))
    press(desk, "close")
    answers.end()
    assert desk.current.client.waits
    desk.current.client.listen(OtherEnd(EngineClient()).pipe)  # no process for the weights
    press(desk, "reopen_closed")
    assert desk.current.run.saved().weights == b"trained"
