"""Blocks are saved from the drawing, used, deleted and brought back in the whole window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.spec.codec import from_json
from gui.window.command_entries import gather
from gui.window.main_window import MainWindow
from tests.gui.canvas.grouped import INSIDE, grouped


@pytest.fixture
def drawn(window: MainWindow) -> MainWindow:
    """A window with a group, which is selected."""
    window.store.open(grouped())
    window.store.select(INSIDE)
    return window


def test_a_group_is_saved_found_and_used(drawn: MainWindow) -> None:
    assert drawn.actions_table["save_block"].isEnabled()
    drawn.actions_table["save_block"].trigger()
    (block,) = drawn.blocks.all()
    assert block.path.parent == drawn.settings.folder / "blocks"
    assert "Stem" in drawn.notice.label.text()
    assert drawn.palette_panel.entries.blocks == [block]
    (entry,) = [each for each in gather(drawn) if each.key == "block.Stem.json"]
    assert "My blocks" in entry.detail
    entry.run()
    drawn.palette_panel.entries.block_chosen.emit(str(block.path))
    assert [group.name for group in drawn.store.document.groups] == ["Stem"] * 3
    drawn.store.select(())
    assert not drawn.actions_table["save_block"].isEnabled()
    drawn.block_keeping.save()
    assert len(drawn.blocks.all()) == 1


def test_it_is_renamed_deleted_and_brought_back(drawn: MainWindow, qtbot: QtBot) -> None:
    drawn.canvas.save_wanted.emit()
    entries = drawn.palette_panel.entries
    path = str(drawn.blocks.all()[0].path)
    entries.block_renamed.emit(path, "Encoder")
    qtbot.waitUntil(lambda: [block.name for block in entries.blocks] == ["Encoder"])
    entries.block_removed.emit(path)
    assert entries.blocks == [] and "Encoder" in drawn.notice.label.text()
    (button,) = drawn.notice.findChildren(type(drawn.notice._actions[0][0]))
    button.click()
    assert [block.name for block in entries.blocks] == ["Encoder"]


def test_it_is_exported_and_taken_in(
    drawn: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn.canvas.save_wanted.emit()
    goal = tmp_path / "handed on.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(goal), ""))
    drawn.palette_panel.entries.export_wanted.emit(str(drawn.blocks.all()[0].path))
    assert from_json(goal.read_text("utf-8")).groups[0].name == "Stem"
    drawn.palette_panel.block_dropped.emit(str(goal))
    assert [block.name for block in drawn.blocks.all()] == ["Stem", "Stem 2"]
    goal.write_text("no block", "utf-8")
    drawn.palette_panel.block_dropped.emit(str(goal))
    assert "not a block" in drawn.notice.label.text()
    drawn.palette_panel.block_dropped.emit(str(tmp_path / "gone.json"))
    assert "gone.json" in drawn.notice.label.text()
    assert len(drawn.blocks.all()) == 2


def test_a_folder_that_cannot_be_made_is_told(drawn: MainWindow) -> None:
    drawn.settings.folder.mkdir(parents=True, exist_ok=True)
    drawn.blocks.folder.write_text("in the way", "utf-8")
    drawn.canvas.save_wanted.emit()
    assert "blocks" in drawn.notice.label.text() and drawn.blocks.all() == []
