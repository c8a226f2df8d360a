"""The question about unsaved changes, answered by clicks: save, discard, cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from gui import words
from gui.words import LANGUAGES
from tests.gui.networks import chain
from tests.gui.other_end import change_network
from tests.gui.window.desk import Desk
from tests.gui.window.dialogs import Answers, click, name_file, press_escape


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.run.client.stop()


@pytest.mark.parametrize("way", ["new", "welcome", "open"])
def test_nothing_unsaved_means_no_question(desk: Desk, tmp_path: Path, way: str) -> None:
    path = tmp_path / "other.layerwise"
    write(path, Saved(Document()))
    answers = Answers(*([name_file(path)] if way == "open" else []))
    {"new": desk.filing.new, "welcome": desk.filing.welcome, "open": desk.filing.ask_open}[way]()
    answers.end()
    assert desk.store.document != chain()


def test_save_saves_and_goes_on(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.filing.path = path = tmp_path / "net.layerwise"
    change_network(desk.run)
    drawn = desk.store.document
    answers = Answers(click("Save"))
    with qtbot.waitSignal(desk.store.replaced):
        desk.filing.new()
    answers.end()
    assert "net" in answers.seen[0]
    assert read(path).document == drawn
    assert desk.store.document == Document()


def test_discard_goes_on_without_saving(desk: Desk, tmp_path: Path) -> None:
    desk.filing.path = path = tmp_path / "net.layerwise"
    change_network(desk.run)
    answers = Answers(click("Discard"))
    desk.filing.new()
    answers.end()
    assert not path.exists()
    assert desk.store.document == Document()
    assert not desk.filing.is_modified


@pytest.mark.parametrize("act", [click("Cancel"), press_escape])
def test_cancel_stays(desk: Desk, act: Callable[[QWidget], None]) -> None:
    change_network(desk.run)
    drawn = desk.store.document
    answers = Answers(act)
    desk.filing.new()
    answers.end()
    assert desk.store.document is drawn
    assert desk.filing.is_modified


def test_save_under_no_name_stays(desk: Desk) -> None:
    change_network(desk.run)
    drawn = desk.store.document
    answers = Answers(click("Save"), press_escape)
    desk.filing.new()
    answers.end()
    assert desk.store.document is drawn
    assert desk.filing.is_modified


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_names_the_document_and_is_no_markup(
    desk: Desk, tmp_path: Path, language: str
) -> None:
    words.set_language(language)
    desk.filing.path = tmp_path / "<b>x {0}.layerwise"
    change_network(desk.run)
    answers = Answers(click(words.tr("file.cancel")))
    desk.filing.new()
    answers.end()
    assert "<b>x {0}" in answers.seen[0]
