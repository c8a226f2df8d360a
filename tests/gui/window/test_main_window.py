"""The window as a whole: what can be pressed when, what is said, and in which language."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from gui import words
from gui.example_files import WELCOME
from gui.window.main_window import MainWindow
from gui.words import LANGUAGES, tr
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd, change_network, complete, start
from tests.gui.window.dialogs import Answers, click

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
PATIENCE_MS = 60_000


def button(window: MainWindow, id: str) -> QToolButton:
    found = window.toolbar.widgetForAction(window.actions_table[id])
    assert isinstance(found, QToolButton)
    return found


def break_network(window: MainWindow) -> None:
    window.store.edit("", lambda document: edits.remove_nodes(document, ("flatten_1",)))
    assert window.store.analysis.errors


# what can be pressed when


def test_undo_and_redo_are_possible_as_soon_as_there_is_something(
    window: MainWindow, engine: OtherEnd
) -> None:
    undo, redo = window.actions_table["undo"], window.actions_table["redo"]
    assert not undo.isEnabled()
    window.store.edit("Filters", lambda d: edits.set_options(d, "conv2d_1", {"filters": 5}))
    assert undo.isEnabled()
    assert not redo.isEnabled()
    assert undo.text() == "Undo Filters"
    QTest.mouseClick(button(window, "undo"), LEFT)
    assert not undo.isEnabled()
    assert redo.isEnabled()
    assert (undo.text(), redo.text()) == ("Undo", "Redo Filters")
    window.store.open(chain())
    assert not redo.isEnabled()


def test_what_would_be_undone_is_still_named_in_another_theme(window: MainWindow) -> None:
    window.store.edit("Filters", lambda d: edits.set_options(d, "conv2d_1", {"filters": 5}))
    window.switch_theme()
    assert window.actions_table["undo"].text() == "Undo Filters"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_network_cannot_be_trained_and_the_reason_is_said(
    window: MainWindow, engine: OtherEnd, language: str
) -> None:
    words.set_language(language)
    break_network(window)
    window.switch_theme()
    for id in ("play", "batch", "epoch", "reset", "new_weights"):
        assert not button(window, id).isEnabled(), id
        assert tr("action.play.errors") in button(window, id).toolTip(), id
    window.store.undo_stack.undo()
    for id in ("play", "batch", "epoch", "reset", "new_weights"):
        assert button(window, id).isEnabled(), id
        assert tr(f"action.{id}.tip") in button(window, id).toolTip(), id


def test_without_an_engine_the_reason_is_another(window: MainWindow, engine: OtherEnd) -> None:
    window.client.stop()
    window.store.open(chain())
    assert not button(window, "play").isEnabled()
    assert tr("action.play.no_engine") in button(window, "play").toolTip()


def possible(window: MainWindow) -> set[str]:
    ids = ("play", "pause", "batch", "epoch", "stop", "reset")
    return {id for id in ids if window.actions_table[id].isEnabled()}


def test_the_transport_offers_what_the_run_can_do(window: MainWindow, engine: OtherEnd) -> None:
    run = window.run
    waiting = {"play", "batch", "epoch", "reset"}
    assert possible(window) == waiting
    start(run, engine)
    assert possible(window) == {"pause", "stop", "reset"}
    engine.train(run, 0, 1)
    engine.pause(run)
    assert possible(window) == {*waiting, "stop"}
    run.stop()
    engine.finish(run, protocol.STOPPED)
    assert possible(window) == waiting


def key_press(window: MainWindow, focus: QWidget, id: str) -> None:
    """Press the keys of an action while some widget has the focus."""
    focus.setFocus()
    QTest.keySequence(focus, QKeySequence(window.actions_table[id].shortcut()))


def test_keys_drive_the_run_wherever_the_focus_is(window: MainWindow, engine: OtherEnd) -> None:
    assert QTest.qWaitForWindowActive(window)
    run, search = window.run, window.palette_panel.findChild(QLineEdit)
    assert search is not None
    for focus in (window.canvas, search, window.inspector, window.bottom):
        key_press(window, focus, "play")
        (command,) = engine.heard()
        assert isinstance(command, protocol.Start | protocol.Resume)
        engine.prepare(run)
        key_press(window, focus, "pause")
        assert engine.only(protocol.Pause).run == run.number
        engine.pause(run)
        key_press(window, focus, "batch")
        assert engine.only(protocol.Resume).until == protocol.BATCH
        engine.pause(run)
        key_press(window, focus, "epoch")
        assert engine.only(protocol.Resume).until == protocol.EPOCH
        key_press(window, focus, "stop")
        assert engine.only(protocol.Stop).run == run.number
        engine.finish(run, protocol.STOPPED)
        key_press(window, focus, "reset")
        assert engine.only(protocol.Start).until == protocol.NOWHERE
        engine.prepare(run)
        engine.pause(run)


def test_no_panel_takes_a_key_away_from_the_window(window: MainWindow) -> None:
    for filters in (5, 6):
        change_network(window.run)
        window.store.edit(
            "", partial(edits.set_options, id="conv2d_1", values={"filters": filters})
        )
    assert QTest.qWaitForWindowActive(window)
    called: list[str] = []
    quiet = ("undo", "redo", "zoom_in", "zoom_out", "fit", "arrange", "theme", "language")
    for id in quiet:
        window.actions_table[id].triggered.connect(partial(called.append, id))
        key_press(window, window.canvas, id)
    assert called == list(quiet)


# what is said


def codes_of_failures() -> set[str]:
    """Every code that the session gives to Failed."""
    tree = ast.parse(Path("engine/runtime/session.py").read_text("utf-8"))
    (fail,) = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "_fail")
    found: set[str] = set()
    for node in ast.walk(fail):
        match node:
            case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str(code))):
                found.add(code)
            case ast.Assign(
                targets=[ast.Tuple(elts=[ast.Name(id="code"), _])],
                value=ast.Tuple(elts=[ast.Constant(value=str(code)), _]),
            ):
                found.add(code)
    assert len(found) > 4
    return found


def test_every_failure_is_said_once_in_both_languages(window: MainWindow, engine: OtherEnd) -> None:
    numbers: dict[str, object] = {"what": "{0} <b>what</b>", "error": "ValueError: {1}"}
    numbers |= {"given": -1, "expected": "0 … 9", "name": "data_1.target"}
    said = set()
    for code in sorted(codes_of_failures()):
        for language in LANGUAGES:
            words.set_language(language)
            window.run.play()
            engine.say(protocol.Failed(window.run.number, code, dict(numbers)))
            assert window.notice.isVisible(), code
            said.add(window.notice.label.text())
        QTest.mouseClick(window.notice.close_button, LEFT)
        words.set_language("en")
        change_network(window.run)
        window.store.undo_stack.undo()
        assert not window.notice.isVisible(), code
    assert len(said) == 2 * len(codes_of_failures())


def test_a_file_that_cannot_be_opened_is_told_in_both_languages(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "坏 😀.layerwise"
    path.write_bytes(b"broken")
    window.open_path(path)
    english = window.notice.label.text()
    assert path.name in english
    words.set_language("zh_CN")
    assert window.notice.label.text() not in ("", english)
    assert window.store.document == chain()


def notice_buttons(window: MainWindow) -> list[QPushButton]:
    return [b for b in window.notice.findChildren(QPushButton) if b.isVisible()]


def test_an_engine_that_never_speaks_is_not_started_for_ever(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.client.stop()
    window.client.start()
    assert not window.client.has_spoken
    with qtbot.waitSignal(window.client.died, timeout=PATIENCE_MS):
        process = window.client._process
        assert process is not None
        process.kill()
    assert not window.client.is_alive
    assert tr("engine.does_not_start", code=-9)[:20] in window.notice.label.text()
    (again,) = notice_buttons(window)
    QTest.mouseClick(again, LEFT)
    assert window.client.is_alive
    qtbot.waitUntil(lambda: window.run.engine_state == "ready", timeout=PATIENCE_MS)


def test_the_title_tells_name_and_changes(window: MainWindow, tmp_path: Path) -> None:
    assert window.windowTitle() == "Untitled – Layerwise"
    change_network(window.run)
    assert window.windowTitle() == "*Untitled – Layerwise"
    words.set_language("zh_CN")
    assert window.windowTitle() == "*未命名 – Layerwise"
    window.filing.path = tmp_path / "数字.layerwise"
    window.filing.save()
    assert window.windowTitle() == "数字 – Layerwise"


# files


def drop_file(on: QWidget, path: Path) -> bool:
    """Drop a file onto a widget, as the file manager does; whether somebody took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place, action = QPoint(5, 5), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, action, data, LEFT, NONE)
    QApplication.sendEvent(on, enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(place, action, data, LEFT, NONE)
    QApplication.sendEvent(on, move)
    drop = QDropEvent(QPointF(place), action, data, LEFT, NONE)
    QApplication.sendEvent(on, drop)
    return drop.isAccepted()


TARGETS: dict[str, Callable[[MainWindow], QWidget]] = {
    "canvas": lambda window: window.canvas.viewport(),
    "palette": lambda window: window.palette_panel,
    "inspector": lambda window: window.inspector,
    "curves": lambda window: window.curves,
    "menu bar": lambda window: window.menuBar(),
}


def test_a_file_dropped_anywhere_is_opened(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    for name, target in TARGETS.items():
        path = tmp_path / f"{name} 网络 😀.layerwise"
        write(path, Saved(read(WELCOME).document))
        with qtbot.waitSignal(window.store.replaced):
            assert drop_file(target(window), path), name
        assert window.filing.path == path
        assert window.store.document == read(WELCOME).document


def test_a_dropped_file_asks_before_it_replaces_what_is_unsaved(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "other.LAYERWISE"
    write(path, Saved(Document()))
    change_network(window.run)
    answers = Answers(click("Discard"))
    with qtbot.waitSignal(window.store.replaced):
        assert drop_file(window.canvas.viewport(), path)
    answers.end()
    assert window.store.document == Document()


def test_what_is_not_there_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    for target in TARGETS.values():
        assert not drop_file(target(window), tmp_path / "gone.layerwise")


def test_recent_files_are_offered_by_name(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "a & b 手写.layerwise"
    write(path, Saved(Document()))
    window.open_path(path)
    window.store.open(chain())
    menus = window.menuBar().findChildren(QMenu)
    (recent,) = (menu for menu in menus if menu.title() == tr("menu.recent"))
    recent.aboutToShow.emit()
    (entry,) = recent.actions()
    assert entry.text().replace("&&", "&") == path.name
    assert str(path) in entry.toolTip()
    entry.trigger()
    assert window.store.document == Document()
    path.unlink()
    recent.aboutToShow.emit()
    assert not recent.actions()[0].isEnabled()


def test_a_completed_run_in_a_file_is_shown_again(
    window: MainWindow, engine: OtherEnd, tmp_path: Path
) -> None:
    complete(window.run, engine)
    window.filing.path = path = tmp_path / "net.layerwise"
    window.filing.save()
    engine.send_state(window.run, b"asked", 2, asked=True)
    assert read(path).weights == b"asked"
    window.open_path(path)
    assert not window.filing.is_modified
    assert window.run.history.epochs == epochs_in(path)


def epochs_in(path: Path) -> list[dict[str, float]]:
    history = read(path).history
    assert history is not None
    epochs: list[dict[str, float]] = history["epochs"]
    return epochs


def test_no_menu_is_higher_than_a_small_screen(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    assert max(menu.sizeHint().height() for menu in menus if isinstance(menu, QMenu)) < 700
