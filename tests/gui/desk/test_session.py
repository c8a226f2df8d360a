"""What is on the desk at a start: after a crash, from the last time, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.spec import edits
from engine.spec.document import Document, Node
from engine.spec.files import SUFFIX, Saved, read, write
from gui.desk.desk import Desk
from gui.desk.session import STARTED, begin
from gui.engine_client import EngineClient
from gui.example_files import WELCOME
from gui.settings import Settings
from gui.words import tr
from tests.gui.desk.conftest import PATIENCE_MS
from tests.gui.desk.hands import LEFT, names, saved
from tests.gui.window.conftest import delete_now


def test_a_crash_offers_all_that_were_open(tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("one", "two"):
        (tmp_path / "settings" / "recovery").mkdir(parents=True, exist_ok=True)
        path = tmp_path / "settings" / "recovery" / (name + SUFFIX)
        write(path, Saved(edits.add_node(Document(), Node(f"{name}_1", name))))
    desk = Desk(Settings(tmp_path / "settings"), EngineClient(waits=True))
    desk.show()
    qtbot.waitUntil(lambda: hasattr(desk.current, "predictions"), timeout=PATIENCE_MS)
    notice = desk.current.notice
    assert notice.label.text() == tr("recovery.offer_all", count=2)
    (button,) = [
        b for b in notice.findChildren(QPushButton) if b.text() == tr("recovery.restore_all")
    ]
    QTest.mouseClick(button, LEFT)
    kinds = {window.store.document.network.nodes[0].kind for window in desk.windows}
    assert kinds == {"one", "two"}
    assert all(window.filing.is_modified for window in desk.windows)
    desk.close_without_asking()
    delete_now(desk)
    assert list((tmp_path / "settings" / "recovery").glob(f"*{SUFFIX}")) == []


@pytest.mark.parametrize("is_wanted", [False, True])
def test_the_last_documents_are_opened_only_if_asked_for(
    desk: Desk, tmp_path: Path, is_wanted: bool
) -> None:
    for name in "ab":
        desk.current.filing.visit(saved(tmp_path, name))
    if is_wanted:
        desk.current.actions_table["open_again"].trigger()
    desk.close_without_asking()
    settings = Settings(tmp_path / "settings")
    settings.set_text(STARTED, "yes")
    later = Desk(settings, EngineClient(waits=True))
    begin(later)
    assert later.current.actions_table["open_again"].isChecked() == is_wanted
    if is_wanted:
        assert names(later) == ["a", "b"]
        assert later.current is later.windows[0]
    else:
        assert later.current.store.document == read(WELCOME).document
    later.close_without_asking()
    delete_now(later)


def test_files_on_the_command_line_are_all_opened(desk: Desk, tmp_path: Path) -> None:
    begin(desk, [saved(tmp_path, "x"), saved(tmp_path, "y")])
    assert names(desk) == ["x", "y"]


def test_the_very_first_start_leaves_the_canvas_empty(desk: Desk) -> None:
    begin(desk)
    assert desk.current.store.document == Document()
    begin(desk)
    assert desk.current.store.document == read(WELCOME).document
